"""Sheets as they were printed, and the scans that came back."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.events.models import Event, Session
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column
from trainreg.paper.rules import MOST_BLANK_ROWS
from trainreg.questions.uploads import FileKind


class SignInSheet(Row):
    """A sheet as it was printed: for which sessions, and the registrations in the order of its rows.

    The order is kept, because people are confirmed after the printing too, and what is entered follows the paper.
    """

    __tablename__ = "sign_in_sheet"
    __table_args__ = (CheckConstraint(f"blank_rows >= 0 AND blank_rows <= {MOST_BLANK_ROWS}", name="blank_rows"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    key: Mapped[str] = mapped_column(String(12), unique=True)
    session_ids: Mapped[list[int]] = mapped_column(JSON)
    people: Mapped[list[int]] = mapped_column(JSON)
    blank_rows: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    event: Mapped[Event] = relationship()


class SheetScan(Row):
    """A signed sheet as it came back: evidence of a session. Its content is read only to be handed out."""

    __tablename__ = "sheet_scan"
    __table_args__ = (
        UniqueConstraint("session_id", "sha256"),
        CheckConstraint("page IS NULL OR page > 0", name="page_from_one"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("sign_in_sheet.id"), index=True)
    page: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[FileKind] = mapped_column(enum_column(FileKind))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    session: Mapped[Session] = relationship()
    sheet: Mapped[SignInSheet | None] = relationship()
