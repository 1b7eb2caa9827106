"""Messages that must be sent: written with the thing they tell of, sent later by the worker."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column


class MessageStatus(StrEnum):
    """Waiting to be sent, sent, or given up after many tries."""

    WAITING = "waiting"
    SENT = "sent"
    GAVE_UP = "gave_up"


class Failure(StrEnum):
    """Why the last try failed, for whoever has to do something about it; `last_error` holds the server's own words."""

    NO_MAIL = "no_mail"
    NO_SUCH_RECIPIENT = "no_such_recipient"
    RECIPIENT_BUSY = "recipient_busy"
    REFUSED = "refused"
    PUT_OFF = "put_off"
    SENDER_REFUSED = "sender_refused"
    TOO_SLOW = "too_slow"
    CUT_OFF = "cut_off"
    SERVER_AWAY = "server_away"
    NOT_LET_IN = "not_let_in"


class Message(Row):
    """One mail, rendered when it was written. `key` is unique: the same news is told once."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_due", "status", "next_try_at"),)

    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(254))
    recipient_name: Mapped[str] = mapped_column(String(220))
    language: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    # The one thing whose personal link may be signed in this message; see `web.links`.
    link: Mapped[str | None] = mapped_column(String(80))
    # A calendar file (RFC 5545) that goes along; its METHOD line says what the reader's calendar does with it.
    calendar: Mapped[str | None] = mapped_column(Text)
    reply_to: Mapped[str | None] = mapped_column(String(254))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    status: Mapped[MessageStatus] = mapped_column(enum_column(MessageStatus), default=MessageStatus.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[Failure | None] = mapped_column(enum_column(Failure))
    last_error: Mapped[str] = mapped_column(String(500), default="")
