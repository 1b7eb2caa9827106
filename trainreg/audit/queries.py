"""Read what happened to a thing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from trainreg.audit.models import AuditEntry
from trainreg.audit.sentences import actor, sentence
from trainreg.kernel.db import Row, db


@dataclass(frozen=True)
class HistoryLine:
    """One line of a history, ready to show."""

    at: datetime
    sentence: str
    actor_label: str
    actor_kind: str


def history_of(subject: Row, *, limit: int = 50) -> list[HistoryLine]:
    """What happened to this thing, newest first."""
    statement = (
        select(AuditEntry)
        .where(AuditEntry.subject_type == subject.__tablename__, AuditEntry.subject_id == subject.id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return [
        HistoryLine(entry.at, sentence(entry), actor(entry), entry.actor_kind.value)
        for entry in db.session.scalars(statement)
    ]
