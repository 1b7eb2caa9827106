"""Write down what happened, in the same transaction as the thing itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainreg.audit.models import AuditEntry
from trainreg.audit.sentences import SENTENCES
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import Row, db


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
    **facts: str | int | bool | None,
) -> AuditEntry:
    """Append one row about `subject`; raises KeyError for an action that no sentence describes."""
    if action not in SENTENCES:
        raise KeyError(f"no sentence describes the action {action!r}")
    db.session.flush()
    entry = AuditEntry(
        at=at or clock.now(),
        action=action,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        project_id=project_id,
        actor_kind=by.kind,
        actor_label=by.label,
        user_id=by.user_id,
        facts=facts,
    )
    db.session.add(entry)
    return entry
