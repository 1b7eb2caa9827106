"""Write down what happened, in the same transaction as the thing itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, inspect

from trainreg.audit.models import AuditEntry
from trainreg.audit.sentences import FACT_WORDS, SENTENCES
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


def words_for(fact: str, words: Mapping[Any, Any]) -> None:
    """Teach the log what a fact's codes are called: code → lazy words."""
    FACT_WORDS[fact] = words


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
    if not inspect(subject).has_identity:
        db.session.flush()
    entry = AuditEntry(**_values(action, subject, facts, by=by, project_id=project_id, at=at or clock.now()))
    db.session.add(entry)
    return entry


def record_each(
    notes: Iterable[tuple[str, Row, Mapping[str, Fact]]],
    *,
    by: Actor,
    project_id: int | None = None,
    at: datetime | None = None,
) -> None:
    """Append many rows in one statement, each an action, its subject and its facts; raises as `record` does."""
    db.session.flush()
    moment = at or clock.now()
    rows = [_values(*note, by=by, project_id=project_id, at=moment) for note in notes]
    if rows:
        db.session.execute(insert(AuditEntry), rows)


def record_ids(
    action: str,
    model: type[Row],
    ids: Iterable[int],
    *,
    by: Actor,
    project_id: int | None = None,
    at: datetime | None = None,
) -> None:
    """Append one row for each of many things that were written without being loaded; raises as `record` does."""
    moment = at or clock.now()
    common = _common(action, {}, by=by, project_id=project_id, at=moment) | {"subject_type": model.__tablename__}
    rows = [common | {"subject_id": one} for one in ids]
    if rows:
        db.session.execute(insert(AuditEntry), rows)


def _values(
    action: str, subject: Row, facts: Mapping[str, Fact], *, by: Actor, project_id: int | None, at: datetime
) -> dict[str, Any]:
    about = {"subject_type": subject.__tablename__, "subject_id": subject.id}
    return _common(action, facts, by=by, project_id=project_id, at=at) | about


def _common(
    action: str, facts: Mapping[str, Fact], *, by: Actor, project_id: int | None, at: datetime
) -> dict[str, Any]:
    if action not in SENTENCES:
        raise KeyError(f"no sentence describes the action {action!r}")
    return {
        "at": at,
        "action": action,
        "project_id": project_id,
        "actor_kind": by.kind,
        "actor_label": by.label,
        "user_id": by.user_id,
        "facts": dict(facts),
    }
