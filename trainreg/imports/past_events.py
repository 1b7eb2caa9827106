"""What a row says of the event it is about, and the events that a project has already."""

import re
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState
from trainreg.events.checks import ensure_event, ensure_sessions
from trainreg.events.details import EventDetails, SessionDetails
from trainreg.events.models import Event
from trainreg.events.rules import EventKind, Pattern, lay_out
from trainreg.imports import cells
from trainreg.imports.cell_words import LETTERS
from trainreg.imports.people_rows import Reading
from trainreg.imports.plan import FileRow
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.kernel.text import fold
from trainreg.programme.models import Project
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

LONGEST_TITLE = 200
MOST_DAYS = 30
NOT_PAST = _l("the event is not over. Create it at the desk, and import its registrations.")
ENDS_BEFORE = _l("the last day is before the first.")
TOO_MANY_DAYS = _l("an event of more than %(most)d days is laid out at the desk.")
OTHER_DAYS = _l("row %(first)d gives this event another last day, kind or place.")
LETTERS_DIFFER = _l("“%(text)s” has %(found)d letters, and the event has %(sessions)d sessions.")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
EventKey = tuple[str, date]
Marks = tuple[AttendanceState | None, ...]


@dataclass(frozen=True)
class ToldEvent:
    """An event as a row tells it, and the marks of that row by session."""

    title: str
    first_day: date
    details: EventDetails
    sessions: tuple[SessionDetails, ...]
    marks: Marks = ()

    @property
    def key(self) -> EventKey:
        return fold(self.title), self.first_day


class PastEvents:
    """The events of a project by title and first day, and who was there."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.told: dict[EventKey, tuple[FileRow, ToldEvent]] = {}
        self._events: dict[EventKey, Event] = {}
        self._states: dict[int, dict[int, tuple[RegistrationStatus, list[AttendanceState | None]]]] = {}
        found = select(Event).where(Event.project_id == project.id).options(selectinload(Event.sessions))
        for event in db.session.scalars(found.order_by(Event.id)):
            for title in {fold(text) for text in event.title.values()}:
                if event.starts_at is not None:
                    self._events.setdefault((title, clock.local(event.starts_at, event.timezone).date()), event)

    def find(self, key: EventKey) -> Event | None:
        return self._events.get(key)

    def states_of(
        self, event: Event, person_id: int | None
    ) -> tuple[RegistrationStatus, list[AttendanceState | None]] | None:
        """Where a person stands at an event and what is known of each session; None for somebody not on its list."""
        if event.id not in self._states:
            self._states[event.id] = self._load(event)
        return self._states[event.id].get(person_id or 0)

    @staticmethod
    def statuses(event: Event) -> dict[int, RegistrationStatus]:
        """Who is on an event's list."""
        rows = select(Registration.person_id, Registration.status).where(Registration.event_id == event.id)
        return dict(db.session.execute(rows).all())

    @staticmethod
    def registration_ids(event: Event) -> dict[int, int]:
        """The registration of everybody on an event's list, by person."""
        rows = select(Registration.person_id, Registration.id).where(Registration.event_id == event.id)
        return dict(db.session.execute(rows).all())

    @staticmethod
    def _load(event: Event) -> dict[int, tuple[RegistrationStatus, list[AttendanceState | None]]]:
        sessions = {session.id: place for place, session in enumerate(event.planned_sessions)}
        statuses = PastEvents.statuses(event)
        found: dict[int, tuple[RegistrationStatus, list[AttendanceState | None]]] = {
            person_id: (status, [None] * len(sessions)) for person_id, status in statuses.items()
        }
        marks = select(Registration.person_id, Attendance.session_id, Attendance.state)
        marks = marks.join(Registration, Registration.id == Attendance.registration_id)
        for person_id, session_id, state in db.session.execute(marks.where(Registration.event_id == event.id)):
            if session_id in sessions:
                found[person_id][1][sessions[session_id]] = state
        return found


def event_in(reading: Reading, known: PastEvents) -> ToldEvent | None:
    """The event of a row: as an earlier row or the records have it, else checked as a new one."""
    row = reading.row
    title = reading.get(lambda: cells.text_in(row, "title", longest=LONGEST_TITLE, is_needed=True), "")
    first_day = reading.get(lambda: cells.day_in(row, "first_day", is_needed=True), None)
    last_day = reading.get(lambda: cells.day_in(row, "last_day"), None) or first_day
    kind = reading.get(lambda: cells.kind_in(row), EventKind.SEMINAR)
    venue = reading.get(lambda: cells.text_in(row, "place", longest=LONGEST_TITLE), "")
    if reading.problems or not title or first_day is None or last_day is None:
        return None
    told = _told(known.project, title, first_day, last_day, kind, venue)
    problem = _problem(row, told, first_day, last_day, known)
    if problem is not None:
        reading.problems.append(problem)
        return None
    nothing: Marks = ()
    marks = reading.get(lambda: _marks(row, _count_sessions(told, known)), nothing)
    return ToldEvent(told.title, told.first_day, told.details, told.sessions, marks)


def _problem(
    row: FileRow, told: ToldEvent, first_day: date, last_day: date, known: PastEvents
) -> cells.CellProblem | None:
    if last_day < first_day:
        return cells.problem(row, "last_day", ENDS_BEFORE)
    if (last_day - first_day).days >= MOST_DAYS:
        return cells.problem(row, "last_day", TOO_MANY_DAYS, most=MOST_DAYS)
    first_row, earlier = known.told.setdefault(told.key, (row, told))
    if (earlier.details, earlier.sessions) != (told.details, told.sessions):
        return cells.problem(
            row, "last_day" if "last_day" in row.letters else "title", OTHER_DAYS, first=first_row.number
        )
    event = known.find(told.key)
    if event is not None and event.ends_at is not None and event.ends_at > clock.now():
        return cells.problem(row, "first_day", NOT_PAST)
    if event is None and earlier is told:
        if max(session.ends_at for session in told.sessions) > clock.now():
            return cells.problem(row, "first_day", NOT_PAST)
        try:
            ensure_event(known.project, told.details)
            ensure_sessions(known.project, told.sessions)
        except Refused as refusal:
            return cells.problem(row, "first_day", str(refusal))
    return None


def _told(project: Project, title: str, first_day: date, last_day: date, kind: EventKind, venue: str) -> ToldEvent:
    days = min(max((last_day - first_day).days + 1, 1), MOST_DAYS)
    plans = lay_out(first_day, days, Pattern.MORNING_AND_AFTERNOON, project.timezone)
    sessions = tuple(
        SessionDetails(starts_at=plan.starts_at, ends_at=plan.ends_at, timezone=plan.timezone, day_share=plan.day_share)
        for plan in plans
    )
    details = EventDetails(
        title={_language(title): title},
        kind=kind,
        timezone=project.timezone,
        place={_language(venue): venue} if venue else {},
        has_waiting_list=False,
    )
    return ToldEvent(title, first_day, details, sessions)


def _count_sessions(told: ToldEvent, known: PastEvents) -> int:
    event = known.find(told.key)
    return len(told.sessions) if event is None else len(event.planned_sessions)


def _marks(row: FileRow, sessions: int) -> Marks:
    """One word for every session, or a letter for each: P, L, E, A, and a full stop for nothing known."""
    text = row.get("attendance").replace(" ", "").upper()
    if len(text) > 1 and set(text) <= LETTERS.keys():
        if len(text) != sessions:
            raise cells.problem(row, "attendance", LETTERS_DIFFER, text=text[:60], found=len(text), sessions=sessions)
        return tuple(LETTERS[letter] for letter in text)
    return (cells.mark_in(row, "attendance"),) * sessions


def _language(text: str) -> str:
    return "mn" if _CYRILLIC.search(text) else "en"
