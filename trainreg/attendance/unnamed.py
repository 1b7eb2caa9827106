"""Attendance without names: how many came where no list exists, by agency, sex and level; never added to names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from trainreg.agencies.models import Agency
from trainreg.attendance.models import MOST_UNNAMED, UnnamedAttendance
from trainreg.attendance.rules import is_open_for_marks
from trainreg.attendance.service import TooEarly, label_of
from trainreg.audit import service as audit
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.people.rules import Level, Sex
from trainreg.people.words import LEVEL_WORDS, SEX_WORDS

audit.words_for("counted_sex", SEX_WORDS)
audit.words_for("counted_level", LEVEL_WORDS)
audit.describes(
    {
        "event.counted_without_names": _l(
            "Session of %(session)s, counted without names, %(agency)s (sex: %(counted_sex)s, level: "
            "%(counted_level)s): %(before)s before, %(after)s now"
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """Of whom a count speaks; without an agency: of one that nobody stated."""

    agency_id: int | None
    sex: Sex
    level: Level


class CountedSince(Refused):
    """Somebody else entered counts while the page was open."""

    sentence = _l(
        "Somebody entered other counts for this session since you opened the page. They stand below; "
        "save again to put yours in their place."
    )


class NoCount(Invalid):
    """Not a number of people."""

    sentence = _l("A count is a whole number of people, at most %(most)s; leave it empty, or 0, where nobody came.")


def counts_of(session: Session) -> Sequence[UnnamedAttendance]:
    """The counts of one session, agency by agency."""
    statement = (
        select(UnnamedAttendance)
        .options(joinedload(UnnamedAttendance.agency))
        .where(UnnamedAttendance.session_id == session.id)
        .order_by(
            UnnamedAttendance.agency_id.is_not(None),  # databases disagree where nothing stands in an order
            UnnamedAttendance.agency_id,
            UnnamedAttendance.sex,
            UnnamedAttendance.level,
        )
    )
    return db.session.scalars(statement).all()


def totals_of(event: Event) -> dict[int, int]:
    """How many were counted at each session of an event; sessions without counts are left out."""
    statement = (
        select(UnnamedAttendance.session_id, func.sum(UnnamedAttendance.people))
        .join(UnnamedAttendance.session)
        .where(Session.event_id == event.id)
        .group_by(UnnamedAttendance.session_id)
    )
    return {session_id: int(people) for session_id, people in db.session.execute(statement)}


def fingerprint(counts: Sequence[UnnamedAttendance]) -> str:
    """What a page showed, in a few letters."""
    told = sorted((str(one.agency_id), one.sex.value, one.level.value, one.people) for one in counts)
    return sha256(repr(told).encode()).hexdigest()[:16]


def set_counts(event: Event, session: Session, counts: Mapping[Cell, int], *, shown: str, by: Actor) -> int:
    """Make these the counts of a session; returns how many changed. `shown`: the fingerprint of what was there."""
    lock_row(Session, session.id)
    if counts and not is_open_for_marks(now=clock.now(), starts_at=session.starts_at):
        raise TooEarly(session=label_of(session))
    if any(not 0 <= people <= MOST_UNNAMED for people in counts.values()):
        raise NoCount(most=MOST_UNNAMED)
    known_rows = counts_of(session)
    if fingerprint(known_rows) != shown:
        raise CountedSince
    known = {Cell(row.agency_id, row.sex, row.level): row for row in known_rows}
    changed = []
    for cell in {**known, **counts}:
        row, after = known.get(cell), counts.get(cell, 0)
        before = row.people if row else 0
        if before != after:
            _set(session, cell, row, after)
            changed.append((cell, before, after))
    _write_down(event, session, changed, by=by)
    flush_or_refuse(CountedSince())
    return len(changed)


def _write_down(event: Event, session: Session, changed: Sequence[tuple[Cell, int, int]], *, by: Actor) -> None:
    ids = [cell.agency_id for cell, _before, _after in changed if cell.agency_id is not None]
    codes = dict(db.session.execute(select(Agency.id, Agency.code).where(Agency.id.in_(ids))).all())
    audit.record_each(
        (
            (
                "event.counted_without_names",
                event,
                {
                    "session": label_of(session),
                    "agency": codes[cell.agency_id] if cell.agency_id is not None else "–",
                    "counted_sex": cell.sex.value,
                    "counted_level": cell.level.value,
                    "before": before,
                    "after": after,
                },
            )
            for cell, before, after in changed
        ),
        by=by,
        project_id=event.project_id,
    )


def _set(session: Session, cell: Cell, row: UnnamedAttendance | None, people: int) -> None:
    if row is None:
        values = {"agency_id": cell.agency_id, "sex": cell.sex, "level": cell.level}
        db.session.add(UnnamedAttendance(session_id=session.id, people=people, **values))
    elif people:
        row.people = people
    else:
        db.session.delete(row)
