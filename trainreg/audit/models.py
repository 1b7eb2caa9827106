"""What happened: one row for every write, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from trainreg.kernel.actor import ActorKind
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column


class AuditEntry(Row):
    """Who did what to which thing, when. `facts` holds no names or contacts, so that it need never be erased."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_type", "subject_id", "id"),)

    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[str] = mapped_column(String(64))
    subject_type: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[int]
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    actor_kind: Mapped[ActorKind] = mapped_column(enum_column(ActorKind))
    actor_label: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class HistoryIsKept(RuntimeError):
    """Something tried to change or delete a row of the history: a defect, never a user's mistake."""


def _refuse(_mapper: Any, _connection: Any, entry: AuditEntry) -> None:
    raise HistoryIsKept(f"audit row {entry.id} ({entry.action}) cannot be changed")


event.listen(AuditEntry, "before_update", _refuse)
event.listen(AuditEntry, "before_delete", _refuse)
