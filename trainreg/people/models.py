"""Officials: each once, with names in two scripts, dated postings and what they agreed to."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.agencies.models import Agency
from trainreg.kernel.db import Base, Row
from trainreg.kernel.types import Text, Translated, UtcDateTime, enum_column
from trainreg.people.erased import ERASED
from trainreg.people.rules import (
    LONGEST_MATCH_KEY,
    LONGEST_NAME,
    LONGEST_POSITION,
    AgeBand,
    ConsentPurpose,
    Level,
    PairStatus,
    Sex,
)


class Person(Row):
    """An official. `family_name` is the patronymic where that is the custom; a mononym leaves it empty."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_match_key", "match_key"),)

    given_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    family_name: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    clan_name: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    given_name_latin: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    family_name_latin: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    clan_name_latin: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    # As it stands on paper, by language; empty: made from the names above.
    certificate_name: Mapped[Text] = mapped_column(Translated, default=dict)
    # What the person has seen and found right, to the letter; a name that reads otherwise now is not confirmed.
    confirmed_names: Mapped[Text] = mapped_column(Translated, default=dict, server_default=text("'{}'"))
    names_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The account that heard it from the person; empty: the person did it on their own page.
    names_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    sex: Mapped[Sex] = mapped_column(enum_column(Sex), default=Sex.NOT_STATED)
    age_band: Mapped[AgeBand] = mapped_column(
        enum_column(AgeBand), default=AgeBand.NOT_STATED, server_default=AgeBand.NOT_STATED.value
    )
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8), default="en")
    match_key: Mapped[str] = mapped_column(String(LONGEST_MATCH_KEY))
    is_invented: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When the others were last searched for the same person; empty: still to be done.
    compared_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    # The person this one turned out to be; the row stays, so that what leads here leads there.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # When the person asked to be forgotten: the row stays for what reports count, and says no more who it was.
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    postings: Mapped[list["Posting"]] = relationship(back_populates="person", order_by="Posting.id")

    @property
    def name(self) -> str:
        """Family name or patronymic, then given name, in the original script."""
        if self.erased_at is not None:
            return str(ERASED)
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def latin_name(self) -> str:
        """The same in Latin letters, or as it stands where no Latin spelling is known."""
        return f"{self.family_name_latin} {self.given_name_latin}".strip() or self.name


class Posting(Row):
    """Where a person served, from when until when."""

    __tablename__ = "posting"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    position: Mapped[str] = mapped_column(String(LONGEST_POSITION), default="")
    level: Mapped[Level] = mapped_column(enum_column(Level), default=Level.NOT_STATED)
    province: Mapped[str | None] = mapped_column(String(10))
    from_date: Mapped[date | None]
    until_date: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="postings")
    agency: Mapped[Agency] = relationship()


class Consent(Row):
    """One answer to one purpose, in the words of one version; a later answer is a later row."""

    __tablename__ = "consent"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[ConsentPurpose] = mapped_column(enum_column(ConsentPurpose))
    version: Mapped[str] = mapped_column(String(20))
    is_given: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    language: Mapped[str] = mapped_column(String(8))
    channel: Mapped[str] = mapped_column(String(40))


class PersonKey(Base):
    """A key that a person is found by; see `people.keys`. Kept by `people.keeping` whenever a person is written."""

    __tablename__ = "person_key"
    __table_args__ = (Index("ix_person_key_key", "key", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class LikelyPair(Row):
    """Two persons who may be one, the older record first, and what somebody decided; asked once for each pair."""

    __tablename__ = "likely_pair"
    __table_args__ = (
        UniqueConstraint("person_a_id", "person_b_id"),
        CheckConstraint("person_a_id < person_b_id", name="in_order"),
        Index("ix_likely_pair_status", "status", "score"),
    )

    person_a_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_b_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    score: Mapped[int]
    evidence: Mapped[list[str]] = mapped_column(JSON)
    status: Mapped[PairStatus] = mapped_column(enum_column(PairStatus), default=PairStatus.OPEN)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    person_a: Mapped[Person] = relationship(foreign_keys=person_a_id)
    person_b: Mapped[Person] = relationship(foreign_keys=person_b_id)
