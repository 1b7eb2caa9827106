"""Write down what happened, in the same transaction as the thing itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from trainreg.audit.models import AuditEntry
from trainreg.audit.sentences import SENTENCES
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import Row, db

Fact = str | int | bool | None


def describes(sentences: Mapping[str, Any]) -> None:
    """Teach the log how to say a domain's actions: action → lazy sentence with %(fact)s placeholders."""
    doubled = SENTENCES.keys() & sentences.keys()
    if doubled:
        raise ValueError(f"these actions are described twice: {sorted(doubled)}")
    SENTENCES.update(sentences)


def record(
    action: str,
    subject: Row,
    *,
    by: Actor,
    project_id: int | None = None,
    at: datetime | None = None,
    **facts: Fact,
) -> AuditEntry:
    """Append one row about `subject`; raises KeyError for an action that no sentence describes."""
    return record_each([(action, subject, facts)], by=by, project_id=project_id, at=at)[0]


def record_each(
    notes: Iterable[tuple[str, Row, Mapping[str, Fact]]],
    *,
    by: Actor,
    project_id: int | None = None,
    at: datetime | None = None,
) -> list[AuditEntry]:
    """Append many rows, each an action, its subject and its facts; raises KeyError as `record` does."""
    db.session.flush()
    moment = at or clock.now()
    entries = []
    for action, subject, facts in notes:
        if action not in SENTENCES:
            raise KeyError(f"no sentence describes the action {action!r}")
        entries.append(
            AuditEntry(
                at=moment,
                action=action,
                subject_type=subject.__tablename__,
                subject_id=subject.id,
                project_id=project_id,
                actor_kind=by.kind,
                actor_label=by.label,
                user_id=by.user_id,
                facts=dict(facts),
            )
        )
    db.session.add_all(entries)
    return entries
