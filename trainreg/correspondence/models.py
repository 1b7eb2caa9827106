"""Letters to chosen people, and news of an event that all its people must be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.correspondence.rules import AnnouncementState, News
from trainreg.events.models import Event
from trainreg.kernel.db import Row
from trainreg.kernel.types import Text, Translated, UtcDateTime, enum_column


class Letter(Row):
    """What an organizer wrote, to whom (the filter, and how many it found) and when. Never changed.

    `key` comes from the form: pressed twice, a letter goes out once.
    """

    __tablename__ = "letter"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    subject: Mapped[Text] = mapped_column(Translated)
    body: Mapped[Text] = mapped_column(Translated)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    recipients: Mapped[int]
    without_address: Mapped[int]
    writer: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()


class Announcement(Row):
    """A change of an event that its people must be told; the worker writes the mails, some at a time.

    `before` is the event as people know it. Until `due_at` further changes join in; then `after` is what they are told.
    """

    __tablename__ = "announcement"
    __table_args__ = (Index("ix_announcement_due", "state", "due_at"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    news: Mapped[News] = mapped_column(enum_column(News))
    state: Mapped[AnnouncementState] = mapped_column(enum_column(AnnouncementState))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The last registration whose mail is written: a worker that was killed goes on after it.
    written_up_to: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship()
