"""Take scans in: each once, judged by what is known then, and the marks made anew from all scans of a person."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from trainreg.attendance.arrivals import Arrival, record_arrivals
from trainreg.attendance.ledger import Cell
from trainreg.attendance.models import Attendance
from trainreg.attendance.queries import list_marks
from trainreg.attendance.rules import FROM_SCANS, Source, counts_as_attended
from trainreg.checkin.batches import Batch, Sent
from trainreg.checkin.models import Scan
from trainreg.checkin.queries import list_blocks, list_cleared, list_entries, list_known, lock_registrations
from trainreg.checkin.recognising import Named, find_walk_in, named_by, recognise, register_walk_in
from trainreg.checkin.rules import (
    ADMITTED,
    Block,
    Entry,
    Outcome,
    Recognised,
    ScanKind,
    corrected,
    first_entry,
    judge,
    mark_at,
    session_at,
    session_for_let_in,
)
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, insert_unless_known
from trainreg.kernel.refusals import Refused
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus
from trainreg.registration.service import lock_event

WALKED_IN = "walk-in"  # why somebody is in whom the desk has yet to confirm; pages say it in their language
SOURCES = {ScanKind.KIOSK: Source.KIOSK}


@dataclass(frozen=True)
class Judged:
    """What one scan came to, with what its answer tells."""

    key: str
    outcome: Outcome
    at: datetime
    registration: Registration | None = None
    session: Block | None = None
    first: Entry | None = None
    first_by: str = ""
    by_hand: Attendance | None = None
    reason: str = ""


@dataclass
class Door:
    """What is known of an event while a batch is taken in."""

    event: Event
    blocks: list[Block]
    registrations: dict[str, Registration]
    marks: dict[Cell, Attendance]
    entries: dict[Cell, list[Entry]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def is_in(self, cell: Cell) -> bool:
        mark = self.marks.get(cell)
        return bool(self.entries.get(cell)) or (mark is not None and counts_as_attended(mark.state))

    def block(self, session_id: int | None) -> Block | None:
        return next((block for block in self.blocks if block.id == session_id), None)


def take_in(event: Event, batch: Batch, *, by: Actor, may_confirm: bool = False) -> list[Judged]:
    """Take a batch in: what was taken in before is answered again and changes nothing. In the order of the batch.

    A key that another event has gets no answer: of whom it was there, nobody learns here.
    """
    now = clock.now()
    if any(sent.walk_in is not None for sent in batch.scans):
        lock_event(event)
    named = _named(event, batch)
    registrations = lock_registrations(event.id, {one.reference for one in named.values() if one.reference})
    received_at = clock.now()  # under the locks, as the ledger's own times are
    known = list_known([sent.key for sent in batch.scans])
    ours = {key: row for key, row in known.items() if row.event_id == event.id}
    fresh = [sent for sent in batch.scans if sent.key not in known]
    walked_in = _register_walk_ins(event, fresh, batch.language, registrations, named, by=by, may_confirm=may_confirm)
    found = recognise(event, named, registrations)
    door = _door(event, dict(registrations), ours.values())
    moments = {sent.key: corrected(sent.device_at, device_now=batch.device_now, server_now=now) for sent in batch.scans}
    judged: dict[str, Judged] = {}
    rows = []
    for sent in sorted(fresh, key=lambda one: moments[one.key]):
        is_new, moment = sent.key in walked_in, moments[sent.key]
        one = _judge(door, sent, named.get(sent.key), found.get(sent.key), moment, is_new=is_new, by=by)
        judged[sent.key] = one
        rows.append(_row(event, batch, sent, named.get(sent.key), one, now=received_at, by=by))
    _insert(rows)
    _settle(door, judged.values(), by=by, now=received_at)
    judged |= {key: _again(door, row) for key, row in ours.items()}
    return [judged[sent.key] for sent in batch.scans if sent.key in judged]


def _named(event: Event, batch: Batch) -> dict[str, Named]:
    """Whom each scan names, by its key; a guest only when on the list already, to be locked there as all others."""
    named = {}
    for sent in batch.scans:
        if sent.walk_in is None:
            named[sent.key] = named_by(sent)
            continue
        reference = find_walk_in(event, sent.walk_in, language=batch.language)
        if reference:
            named[sent.key] = Named(reference, False, reference)
    return named


def _register_walk_ins(
    event: Event,
    fresh: Iterable[Sent],
    language: str,
    registrations: dict[str, Registration],
    named: dict[str, Named],
    *,
    by: Actor,
    may_confirm: bool,
) -> set[str]:
    """Put those who walked in on the list; returns the scans of those who are new there.

    Whoever cannot be put on it gets an answer that says so, and holds up nobody else.
    """
    new = set()
    for sent in fresh:
        if sent.walk_in is None or sent.key in named:
            continue
        try:
            with db.session.begin_nested():
                registration, is_new = register_walk_in(
                    event, sent.walk_in, language=language, by=by, may_confirm=may_confirm
                )
        except Refused:
            continue
        if registration is not None:
            registrations[registration.reference] = registration
            named[sent.key] = Named(registration.reference, False, registration.reference)
            new |= {sent.key} if is_new else set()
    return new


def _door(event: Event, registrations: dict[str, Registration], known: Iterable[Any]) -> Door:
    present = {one.id for one in registrations.values()}
    for row in known:
        if row.registration_id is not None and row.registration_id not in present:
            one = db.session.get_one(Registration, row.registration_id)
            registrations[one.reference] = one
    ids = [one.id for one in registrations.values()]
    door = Door(event, list_blocks(event.id), registrations, list_marks(ids) if ids else {})
    cleared = list_cleared(ids)
    for one, session_id, at, key, kind, by_id, name, received_at in list_entries(ids):
        if received_at < cleared.get((one, session_id), received_at):
            continue  # the mark it made was taken back since
        entry = Entry(at, key, SOURCES.get(kind, Source.QR), by_id)
        door.entries.setdefault((one, session_id), []).append(entry)
        door.names[key] = name
    return door


def _judge(
    door: Door,
    sent: Sent,
    named: Named | None,
    found: Recognised | None,
    moment: datetime,
    *,
    is_new: bool,
    by: Actor,
) -> Judged:
    """What one scan comes to. `is_new`: a guest put on the list now, who may wait for the desk inside an open door."""
    is_off = door.event.status is EventStatus.CANCELLED
    if named is None or found is None:
        return Judged(sent.key, Outcome.EVENT_OFF if is_off else Outcome.INCOMPLETE, moment)
    registration = door.registrations.get(named.reference)
    session = session_at(door.blocks, moment, wished=sent.wished)
    cell = _cell(registration, session)
    status = registration.status if registration is not None else None
    may_wait_inside = is_new and status is not RegistrationStatus.CONFIRMED and session is not None
    reason = sent.reason or (WALKED_IN if may_wait_inside else "")
    outcome = judge(
        found,
        status,
        sessions=door.blocks,
        moment=moment,
        session=session,
        is_in=cell is not None and door.is_in(cell),
        is_off=is_off,
        is_let_in=bool(reason),
    )
    if session is None and outcome is Outcome.LET_IN:
        session = session_for_let_in(door.blocks, moment, wished=sent.wished)
        cell = _cell(registration, session)
    given = reason if outcome is Outcome.LET_IN else ""
    judged = _told(door, Judged(sent.key, outcome, moment, registration, session, reason=given), cell)
    if cell is not None and outcome in ADMITTED:
        entry = Entry(moment, sent.key, SOURCES.get(sent.kind, Source.QR), by.user_id)
        door.entries.setdefault(cell, []).append(entry)
        door.names[sent.key] = by.label
    return judged


def _cell(registration: Registration | None, session: Block | None) -> Cell | None:
    return None if registration is None or session is None else (registration.id, session.id)


def _told(door: Door, judged: Judged, cell: Cell | None) -> Judged:
    """The same with what was known before: the earliest scan, and what somebody marked by hand."""
    if cell is None:
        return judged
    first, mark = first_entry(door.entries.get(cell, ())), door.marks.get(cell)
    return replace(
        judged,
        first=first,
        first_by=door.names.get(first.key, "") if first is not None else "",
        by_hand=mark if mark is not None and mark.source not in FROM_SCANS else None,
    )


def _again(door: Door, row: Any) -> Judged:
    """What a scan that was taken in before came to then."""
    registration = next((one for one in door.registrations.values() if one.id == row.registration_id), None)
    judged = Judged(row.key, row.outcome, row.at, registration, door.block(row.session_id))
    has_cell = registration is not None and row.session_id is not None
    return _told(door, judged, (row.registration_id, row.session_id) if has_cell else None)


def _row(
    event: Event,
    batch: Batch,
    sent: Sent,
    named: Named | None,
    judged: Judged,
    *,
    now: datetime,
    by: Actor,
) -> dict[str, Any]:
    is_let_in = judged.outcome is Outcome.LET_IN
    of_nobody = named.said if named is not None else ""
    return {
        "key": sent.key,
        "device": batch.device,
        "event_id": event.id,
        "session_id": judged.session.id if judged.session is not None else None,
        "registration_id": judged.registration.id if judged.registration is not None else None,
        "kind": sent.kind,
        "outcome": judged.outcome,
        "said": judged.registration.reference if judged.registration is not None else of_nobody,
        "at": judged.at,
        "device_at": sent.device_at,
        "device_now": batch.device_now,
        "received_at": now,
        "scanned_by_id": by.user_id,
        "scanned_by": by.label,
        "let_in_by_id": by.user_id if is_let_in else None,
        "reason": judged.reason,
    }


def _insert(rows: list[dict[str, Any]]) -> None:
    """Write the scans; of one that another request wrote at this moment the first stays."""
    if rows:
        db.session.flush()
        insert_unless_known(Scan, rows, unique="key")


def _settle(door: Door, judged: Iterable[Judged], *, by: Actor, now: datetime) -> None:
    """Bring the marks of everybody let in up to the earliest of their scans."""
    arrivals: dict[Cell, Arrival] = {}
    for one in judged:
        if one.outcome not in ADMITTED or one.registration is None or one.session is None:
            continue
        cell = (one.registration.id, one.session.id)
        first = first_entry(door.entries[cell])
        if first is not None:
            mark = mark_at(one.session, first.at)
            arrivals[cell] = Arrival(one.registration, mark, first.source, first.at, first.by_id, one.session.label)
    if arrivals:
        event = door.event
        record_arrivals(event.id, arrivals, door.marks, by=by, project_id=event.project_id, at=now)
