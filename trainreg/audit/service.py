"""Write down what happened, in the same transaction as the thing itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from trainreg.audit.models import AuditEntry
from trainreg.audit.sentences import FACT_WORDS, SENTENCES
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import Row, db, is_new, table_of

Fact = str | int | bool | None

_INSERT = insert(table_of(AuditEntry))
_WAITING = "what is to be written about rows that have no number yet"


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
) -> None:
    """Append one row about `subject`; raises KeyError for an action that no sentence describes.

    About something new it is written right behind it, by the flush that gives it its number.
    """
    values = _common(action, subject, facts, by=by, project_id=project_id, at=at or clock.now())
    if is_new(subject):
        _wait_for(subject, values)
    else:
        db.session.add(AuditEntry(**values, subject_id=subject.id))


def record_each(
    notes: Iterable[tuple[str, Row, Mapping[str, Fact]]],
    *,
    by: Actor,
    project_id: int | None = None,
    at: datetime | None = None,
) -> None:
    """Append many rows in one statement, each an action, its subject and its facts; raises as `record` does."""
    moment, rows = at or clock.now(), []
    for action, subject, facts in notes:
        values = _common(action, subject, facts, by=by, project_id=project_id, at=moment)
        if is_new(subject):
            _wait_for(subject, values)
        else:
            rows.append(values | {"subject_id": subject.id})
    if rows:
        db.session.execute(_INSERT, rows)


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
    common = _common(action, model, {}, by=by, project_id=project_id, at=moment)
    rows = [common | {"subject_id": one} for one in ids]
    if rows:
        db.session.execute(_INSERT, rows)


def _wait_for(subject: Row, values: dict[str, Any]) -> None:
    db.session.add(subject)
    db.session().info.setdefault(_WAITING, []).append((subject, values))


@event.listens_for(Session, "after_flush")
def _write_behind(session: Session, _context: Any) -> None:
    waiting: list[tuple[Row, dict[str, Any]]] = session.info.pop(_WAITING, [])
    if waiting:
        session.execute(_INSERT, [values | {"subject_id": subject.id} for subject, values in waiting])


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _transaction: Any) -> None:
    session.info.pop(_WAITING, None)


def _common(
    action: str,
    subject: Row | type[Row],
    facts: Mapping[str, Fact],
    *,
    by: Actor,
    project_id: int | None,
    at: datetime,
) -> dict[str, Any]:
    if action not in SENTENCES:
        raise KeyError(f"no sentence describes the action {action!r}")
    return {
        "at": at,
        "action": action,
        "subject_type": subject.__tablename__,
        "project_id": project_id,
        "actor_kind": by.kind,
        "actor_label": by.label,
        "user_id": by.user_id,
        "facts": dict(facts),
    }
