"""Wishes for a link, the links that were sent, and the visits they opened."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime
from trainreg.people.models import Person


class LinkRequest(Row):
    """Somebody typed an address and asks for a link; kept until the worker has looked whether it is known."""

    __tablename__ = "own_page_request"

    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class OwnPageLink(Row):
    """A link that opens a person's own page, once. `key` is its name; the secret is made from it, and kept nowhere.

    With `new_email` it opens nothing: it proves that the person reads this address.
    """

    __tablename__ = "own_page_link"

    key: Mapped[str] = mapped_column(String(16), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    new_email: Mapped[str | None] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Which browser used it, hashed: the same one pressing twice is answered twice.
    used_by: Mapped[str | None] = mapped_column(String(64))

    person: Mapped[Person] = relationship()


class Visit(Row):
    """An official at their own page. The cookie holds the secret, this row its hash: ending the row ends the visit."""

    __tablename__ = "own_page_visit"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(lazy="joined")
