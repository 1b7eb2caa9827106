"""Imports: the file that was sent, what its columns are, and what each of its rows comes to."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.events.models import Event
from trainreg.imports.rules import ROWS_AT_ONCE, ImportKind, RowOutcome, RunStatus
from trainreg.kernel.actor import ActorKind
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column
from trainreg.programme.models import Project


class ImportRun(Row):
    """One file on its way in. Deleted with its content and rows when it is thirty days old: they hold names."""

    __tablename__ = "import_run"
    __table_args__ = (Index("ix_import_run_waiting", "status", "claimed_at"),)

    kind: Mapped[ImportKind] = mapped_column(enum_column(ImportKind))
    status: Mapped[RunStatus] = mapped_column(enum_column(RunStatus), default=RunStatus.MAPPING)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    # Headings as they stand in the file, in order, and the field that each column is ("" for none).
    headings: Mapped[list[str]] = mapped_column(JSON)
    mapping: Mapped[list[str]] = mapped_column(JSON)
    # The standing that new registrations get, and whether people are written to.
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # What the desk answered to open questions: row number → "new", "person:7", "row:5".
    choices: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    # Why it was not applied, in the language of whoever sent it.
    refusal: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8))
    actor_kind: Mapped[ActorKind] = mapped_column(enum_column(ActorKind))
    actor_label: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    project: Mapped[Project | None] = relationship()
    event: Mapped[Event | None] = relationship()

    @property
    def is_short(self) -> bool:
        """Whether it is done while the page waits."""
        return self.rows_total <= ROWS_AT_ONCE


class ImportRow(Row):
    """What one row comes to: who it is, why, and for an ambiguous one between whom the desk is asked to choose."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("run_id", "number"),
        Index("ix_import_row_outcome", "run_id", "outcome", "number"),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"))
    number: Mapped[int]
    outcome: Mapped[RowOutcome] = mapped_column(enum_column(RowOutcome))
    shown: Mapped[str] = mapped_column(String(500))
    reason: Mapped[str] = mapped_column(Text, default="")
    # [[key, words], ...]
    candidates: Mapped[list[list[str]]] = mapped_column(JSON, default=list)


class HeadingMemory(Row):
    """What somebody last said a heading means in files of a kind; folded heading → field."""

    __tablename__ = "import_heading"
    __table_args__ = (UniqueConstraint("kind", "user_id"),)

    kind: Mapped[ImportKind] = mapped_column(enum_column(ImportKind))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
