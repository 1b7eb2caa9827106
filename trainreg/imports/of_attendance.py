"""Import attendance: one row for each registration of an event, one column for each session."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.attendance import service
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source, may_mark
from trainreg.attendance.service import NotConfirmed, TooEarly, label_of
from trainreg.events.models import Event
from trainreg.imports import cells
from trainreg.imports.columns import NAMES, PERSON, REFERENCE
from trainreg.imports.people_rows import Reading
from trainreg.imports.plan import Candidate, Choices, Column, FileRow, Finding, Importer, Place
from trainreg.imports.rules import ImportKind, RowOutcome
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.text import fold
from trainreg.kernel.tokens import grouped, normalised
from trainreg.people.models import Person
from trainreg.people.service import PersonDetails
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

NOBODY = _l("nobody on this event's list is meant by this row.")
NO_CELL = _l("this column must say who is meant: a reference, an e-mail address or a name.")
Marks = dict[tuple[int, int], AttendanceState]


@dataclass(frozen=True)
class OnList:
    """A registration as an import needs it."""

    id: int
    reference: str
    name: str
    match_key: str
    email: str
    status: RegistrationStatus


def columns(place: Place) -> Sequence[Column]:
    """Who, and each planned session by its day and hour."""
    event = cast(Event, place.event)
    email = next(column for column in PERSON if column.field == "email")
    sessions = []
    for number, session in enumerate(event.planned_sessions, 1):
        day, names = label_of(session), [str(number), f"session {number}", f"хуралдаан {number}"]
        if sum(label_of(other)[:10] == day[:10] for other in event.planned_sessions) == 1:
            names.append(day[:10])
        sessions.append(Column(field_of(session.id), day, "present", tuple(fold(name) for name in names)))
    return (REFERENCE, *NAMES, email, *sessions)


def field_of(session_id: int) -> str:
    return f"session_{session_id}"


class EventList:
    """Everybody on an event's list, found by reference, address or name."""

    def __init__(self, event: Event) -> None:
        columns = (Person.given_name, Person.family_name, Person.match_key, Person.email)
        own = (Registration.id, Registration.reference, Registration.status, Registration.email.label("own_email"))
        rows = db.session.execute(
            select(*own, *columns).join(Registration.person).where(Registration.event_id == event.id)
        )
        self.by_reference: dict[str, OnList] = {}
        self.by_email: dict[str, list[OnList]] = defaultdict(list)
        self.by_key: dict[str, list[OnList]] = defaultdict(list)
        for row in rows:
            name, email = f"{row.family_name} {row.given_name}".strip(), (row.email or row.own_email or "").casefold()
            one = OnList(row.id, row.reference, name, row.match_key, email, row.status)
            self.by_reference[one.reference] = one
            self.by_key[one.match_key].append(one)
            if email:
                self.by_email[email].append(one)
        marks = select(Attendance.registration_id, Attendance.session_id, Attendance.state)
        marks = marks.join(Registration, Registration.id == Attendance.registration_id)
        self.marks = {
            (registration_id, session_id): state
            for registration_id, session_id, state in db.session.execute(marks.where(Registration.event_id == event.id))
        }

    def find(self, reading: Reading) -> list[OnList]:
        """Whom a row can mean; the reference decides, else the address, else the name."""
        row = reading.row
        if reference := row.get("reference"):
            found = self.by_reference.get(reference) or self.by_reference.get(grouped(normalised(reference)))
            return [found] if found else []
        email = reading.get(lambda: cells.email_in(row), None)
        by_email = self.by_email.get(email, []) if email else []
        key = PersonDetails(row.get("given_name"), row.get("family_name") or row.get("full_name")).match_key
        by_name = self.by_key.get(key, []) if key else []
        both = [one for one in by_email if one in by_name]
        return both or by_email or by_name


def examine(rows: Sequence[FileRow], place: Place, choices: Choices) -> Iterator[Finding]:
    """Which marks each row brings, and which of them stand already."""
    event = cast(Event, place.event)
    on_list = EventList(event)
    seen: dict[int, int] = {}
    for row in rows:
        reading = Reading(row)
        found = on_list.find(reading)
        answer = choices.get(row.number, "")
        if len(found) > 1:
            chosen = [one for one in found if f"registration:{one.id}" == answer]
            if not chosen:
                yield _question(row, found)
                continue
            found = chosen
        marks = _marks(reading, event, found[0]) if found else {}
        if found:
            first = seen.setdefault(found[0].id, row.number)
            if first != row.number:
                words = _("The same person stands in row %(row)d.", row=first)
                reading.problems.append(cells.problem(row, _who(row), words))
        elif not reading.problems:
            reading.problems.append(cells.problem(row, _who(row), NOBODY if _shown(row) else NO_CELL))
        if reading.problems:
            reason = "\n".join(map(str, reading.problems))
            yield Finding(row.number, RowOutcome.ERROR, _shown(row) or "?", reason)
        else:
            yield _finding(row, found[0], marks, on_list)


def _finding(row: FileRow, one: OnList, marks: Marks, on_list: EventList) -> Finding:
    new = {cell: state for cell, state in marks.items() if on_list.marks.get(cell) is not state}
    shown = f"{one.name} · {one.reference}"
    if not new:
        return Finding(row.number, RowOutcome.UNCHANGED, shown, _("Nothing that is not known already."))
    changed = sum(cell in on_list.marks for cell in new)
    words = _("%(new)d new marks, %(changed)d changed.", new=len(new) - changed, changed=changed)
    return Finding(row.number, RowOutcome.MATCHED if changed else RowOutcome.NEW, shown, words, told=new)


def _question(row: FileRow, found: Sequence[OnList]) -> Finding:
    why = _("Several people on the list are called so.")
    candidates = tuple(Candidate(f"registration:{one.id}", f"{one.name} · {one.reference}") for one in found)
    return Finding(row.number, RowOutcome.AMBIGUOUS, _shown(row), why, candidates)


def _marks(reading: Reading, event: Event, one: OnList) -> Marks:
    marks: Marks = {}
    for session in event.planned_sessions:
        field = field_of(session.id)
        state = reading.get(partial(cells.mark_in, reading.row, field), None)
        if state is None:
            continue
        if not may_mark(state, now=clock.now(), starts_at=session.starts_at):
            early = str(TooEarly(session=label_of(session)))
            reading.problems.append(cells.problem(reading.row, field, early))
        marks[one.id, session.id] = state
    if marks and one.status is not RegistrationStatus.CONFIRMED:
        reading.problems.append(cells.problem(reading.row, _who(reading.row), str(NotConfirmed(name=one.name))))
    return marks


def _who(row: FileRow) -> str:
    """The field that says who is meant."""
    fields = ("reference", "email", "given_name", "full_name", "family_name")
    return next((name for name in fields if row.get(name)), next((name for name in fields if name in row.letters), ""))


def _shown(row: FileRow) -> str:
    names = (row.get(name) for name in ("family_name", "given_name", "full_name", "reference", "email"))
    return " ".join(filter(None, names))[:500]


def write(findings: Iterable[Finding], place: Place, by: Actor) -> None:
    """The marks, all in one action, so that one press on *Undo* takes the whole spreadsheet back."""
    told: list[dict[Any, AttendanceState]] = [finding.told for finding in findings if finding.told]
    marks = {cell: state for of_one in told for cell, state in of_one.items()}
    service.mark_many(cast(Event, place.event), marks, by=by, source=Source.IMPORT)


IMPORTER = Importer(
    ImportKind.ATTENDANCE, columns, examine, write, one_of=("reference", "email", "given_name", "full_name")
)
