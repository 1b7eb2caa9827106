"""Import past events: each row is one person at one event, with what is known of their attendance."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from flask_babel import gettext as _

from trainreg.attendance import service as attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.events import service as events
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.imports.columns import AGENCY, ATTENDANCE, EVENT, GROUP, PERSON, POSTING, ROLE
from trainreg.imports.of_registrations import entry_of
from trainreg.imports.past_events import EventKey, PastEvents, ToldEvent, event_in
from trainreg.imports.people_rows import Told, people_in
from trainreg.imports.plan import Choices, Column, FileRow, Finding, Importer, Place
from trainreg.imports.rules import ImportKind, RowOutcome
from trainreg.imports.writing import Written, told_in
from trainreg.kernel.actor import Actor
from trainreg.programme.models import Project
from trainreg.registration.many import enter_many
from trainreg.registration.rules import Channel, RegistrationStatus
from trainreg.registration.service import lock_event


def columns(_place: Place) -> Sequence[Column]:
    return (*EVENT, *PERSON, replace(AGENCY, is_needed=True), *POSTING, ROLE, GROUP, ATTENDANCE)


def examine(rows: Sequence[FileRow], place: Place, choices: Choices) -> Iterator[Finding]:
    """Which events are new, and who is new at each of them."""
    known = PastEvents(cast(Project, place.project))
    seen: dict[tuple[EventKey, str], int] = {}
    for finding in people_in(rows, place, choices, needs_agency=True, more=lambda reading: event_in(reading, known)):
        told = finding.told
        if not isinstance(told, Told) or told.person is None:
            yield finding
            continue
        of_event = cast(ToldEvent, told.more)
        shown = f"{told.shown} · {of_event.title}, {of_event.first_day.isoformat()}"[:500]
        first = seen.setdefault((of_event.key, told.person.key), finding.number)
        if first != finding.number:
            words = _("The same person stands in row %(row)d.", row=first)
            yield Finding(finding.number, RowOutcome.UNCHANGED, shown, words)
            continue
        yield _finding(replace(finding, shown=shown), told, of_event, known)


def _finding(finding: Finding, told: Told, of_event: ToldEvent, known: PastEvents) -> Finding:
    event = known.find(of_event.key)
    if event is None:
        words = _("The event is new.")
        return replace(finding, reason=f"{finding.reason} {words}")
    person_id = told.person.id if told.person else None
    standing = known.states_of(event, person_id)
    if standing is None:
        words = _("The event is known already.")
        return replace(finding, reason=f"{finding.reason} {words}")
    status, states = standing
    new = [
        state for state, before in zip(of_event.marks, states, strict=False) if state is not None and state != before
    ]
    if not new or status is not RegistrationStatus.CONFIRMED:
        words = _("On the list of the event already.")
        return replace(finding, outcome=RowOutcome.UNCHANGED, reason=f"{finding.reason} {words}", told=None)
    words = _("On the list of the event already; %(new)d marks of attendance are new.", new=len(new))
    return replace(finding, outcome=RowOutcome.MATCHED, reason=f"{finding.reason} {words}")


def write(findings: Iterable[Finding], place: Place, by: Actor) -> None:
    """Events first, then people, then who was there, and what is known of their attendance; nobody is written to."""
    findings = list(findings)
    written = Written(findings, by=by)
    known = PastEvents(cast(Project, place.project))
    written.post(told_in(findings))
    by_event: dict[EventKey, list[Told]] = defaultdict(list)
    for told in told_in(findings):
        by_event[cast(ToldEvent, told.more).key].append(told)
    for key, of_one in by_event.items():
        event = known.find(key) or _create(cast(Project, place.project), cast(ToldEvent, of_one[0].more), by=by)
        _write_event(lock_event(event), of_one, written, by=by)


def _create(project: Project, told: ToldEvent, *, by: Actor) -> Event:
    """The event as it was: created, opened and closed on its first day, so that it stands among the past ones."""
    at = min(session.starts_at for session in told.sessions)
    event = events.create_event(project, told.details, told.sessions, by=by, at=at)
    event = events.set_status(event, EventStatus.OPEN, by=by, at=at)
    return events.set_status(event, EventStatus.CLOSED, by=by, at=at)


def _write_event(event: Event, of_one: Sequence[Told], written: Written, *, by: Actor) -> None:
    starts_at, ends_at = event.starts_at, event.ends_at
    ids = PastEvents.registration_ids(event)
    newcomers = [told for told in of_one if written.person_of(told).id not in ids]
    entries = [entry_of(told, written) for told in newcomers]
    entered = enter_many(
        event, entries, RegistrationStatus.CONFIRMED, by=by, channel=Channel.IMPORT, at=starts_at, quiet=True
    )
    ids |= entered
    cells: dict[tuple[int, int], AttendanceState | None] = {}
    for told in of_one:
        registration_id = ids[written.person_of(told).id]
        for session, state in zip(event.planned_sessions, cast(ToldEvent, told.more).marks, strict=False):
            if state is not None:
                cells[registration_id, session.id] = state
    attendance.mark_many(event, cells, by=by, source=Source.IMPORT, at=ends_at)


IMPORTER = Importer(ImportKind.PAST_EVENTS, columns, examine, write, one_of=("given_name", "full_name"))
