"""Handbooks, manuals and reports of a project: when they were printed, to whom copies went, and the evidence of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.kernel.db import Row
from trainreg.kernel.types import Text, Translated, UtcDateTime, enum_column
from trainreg.programme.models import Outcome, Project
from trainreg.publications.rules import LONGEST_ADDRESS, Copies, PublicationKind, added, left_over
from trainreg.questions.uploads import FileKind


class Publication(Row):
    """One publication. `translated_into` is a language code when the project's part was the translation."""

    __tablename__ = "publication"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"), index=True)
    kind: Mapped[PublicationKind] = mapped_column(enum_column(PublicationKind))
    title: Mapped[Text] = mapped_column(Translated)
    translated_into: Mapped[str | None] = mapped_column(String(8))
    published_on: Mapped[date | None]
    has_illustrative_date: Mapped[bool] = mapped_column(default=False)
    # Where everybody can read it; files that are published about the project name it.
    web_address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), default="", server_default="")

    project: Mapped[Project] = relationship()
    outcome: Mapped[Outcome | None] = relationship()
    print_runs: Mapped[list[PrintRun]] = relationship(
        back_populates="publication", order_by="PrintRun.printed_on, PrintRun.id", cascade="all, delete-orphan"
    )
    handouts: Mapped[list[Handout]] = relationship(
        back_populates="publication", order_by="Handout.handed_on, Handout.id", cascade="all, delete-orphan"
    )
    files: Mapped[list[PublicationFile]] = relationship(
        back_populates="publication", order_by="PublicationFile.id", cascade="all, delete-orphan"
    )

    @property
    def languages(self) -> list[str]:
        """What it can be read in: the language of a translation, else those it was printed in."""
        if self.translated_into:
            return [self.translated_into]
        return list(dict.fromkeys(one.language for one in self.print_runs))

    @property
    def copies_printed(self) -> Copies:
        return added((one.copies, one.is_minimum) for one in self.print_runs)

    @property
    def copies_handed(self) -> Copies:
        return added((one.copies, one.is_minimum) for one in self.handouts)

    @property
    def stock(self) -> int | None:
        """How many copies are left; None where that is not known."""
        return left_over(self.copies_printed, self.copies_handed)


class PrintRun(Row):
    """Copies printed at one time, in one language."""

    __tablename__ = "print_run"
    __table_args__ = (CheckConstraint("copies > 0", name="copies_positive"),)

    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    printed_on: Mapped[date | None]
    has_illustrative_date: Mapped[bool] = mapped_column(default=False)
    copies: Mapped[int]
    is_minimum: Mapped[bool] = mapped_column(default=False)

    publication: Mapped[Publication] = relationship(back_populates="print_runs")


class Handout(Row):
    """Copies that went to an agency, to an event or to whom `recipient` says. Without a number, nobody counted."""

    __tablename__ = "handout"
    __table_args__ = (
        CheckConstraint("copies IS NULL OR copies > 0", name="copies_positive"),
        CheckConstraint("agency_id IS NULL OR event_id IS NULL", name="one_recipient"),
    )

    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    recipient: Mapped[Text] = mapped_column(Translated, default=dict, server_default=text("'{}'"))
    handed_on: Mapped[date | None]
    has_illustrative_date: Mapped[bool] = mapped_column(default=False)
    copies: Mapped[int | None]
    is_minimum: Mapped[bool] = mapped_column(default=False)

    publication: Mapped[Publication] = relationship(back_populates="handouts")
    agency: Mapped[Agency | None] = relationship()
    event: Mapped[Event | None] = relationship()

    @property
    def named(self) -> Text:
        """What the agency or the event is called; nothing where the recipient stands in words alone."""
        return self.agency.name if self.agency else self.event.title if self.event else {}


class PublicationFile(Row):
    """Evidence: the publication itself, an invoice, a signed list. Its content is read only to be handed out."""

    __tablename__ = "publication_file"
    __table_args__ = (UniqueConstraint("publication_id", "sha256"),)

    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[FileKind] = mapped_column(enum_column(FileKind))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    publication: Mapped[Publication] = relationship(back_populates="files")
