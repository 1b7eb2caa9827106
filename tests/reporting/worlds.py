"""Small projects made of chance, in the database and as plain lists side by side."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests import factories as make
from tests.reporting.counting import Visit
from trainreg.agencies.models import Agency
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.people.rules import Sex
from trainreg.programme.models import Outcome, Project
from trainreg.registration.rules import RegistrationRole, RegistrationStatus

STATES = [AttendanceState.PRESENT, AttendanceState.PRESENT, *AttendanceState, None]
ROLES = [RegistrationRole.PARTICIPANT] * 3 + [RegistrationRole.TRAINER]
STATUSES = [RegistrationStatus.CONFIRMED] * 3 + [RegistrationStatus.CANCELLED, RegistrationStatus.DECLINED]
EVENT_STATUSES = [EventStatus.CLOSED] * 3 + [EventStatus.OPEN, EventStatus.CANCELLED]
SESSIONS = [(Decimal("0.5"), True), (Decimal("1"), True), (Decimal("0.333"), True), (Decimal("0.5"), False)]
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

registrations = st.fixed_dictionaries(
    {
        "person": st.integers(0, 4),
        "role": st.sampled_from(ROLES),
        "status": st.sampled_from(STATUSES),
        "sex": st.sampled_from(list(Sex)),
        "agency": st.integers(0, 2),
        "marks": st.lists(st.sampled_from(STATES), min_size=3, max_size=3),
    }
)
events = st.fixed_dictionaries(
    {
        "day": st.integers(0, 3),
        "status": st.sampled_from(EVENT_STATUSES),
        "outcomes": st.sets(st.integers(1, 3)),
        "sessions": st.lists(st.sampled_from(SESSIONS), min_size=0, max_size=3),
        "registrations": st.lists(registrations, max_size=5, unique_by=lambda told: told["person"]),
    }
)
worlds = st.lists(events, max_size=4)


@dataclass
class Story:
    """One project in the database, and its visits as a plain list."""

    project: Project
    visits: list[Visit] = field(default_factory=list)

    @classmethod
    def of(cls, told: list[dict[str, object]]) -> "Story":
        story = cls(make.project())
        outcomes = {number: make.outcome(story.project, number) for number in (1, 2, 3)}
        people = [make.person() for _ in range(5)]
        agencies = [make.agency() for _ in range(3)]
        for entry in told:
            story._tell(entry, outcomes, people, agencies)
        db.session.flush()
        db.session.expire(story.project)
        return story

    def _tell(
        self, entry: dict[str, Any], outcomes: dict[int, Outcome], people: list[Person], agencies: list[Agency]
    ) -> None:
        event = make.event(self.project, days=0, status=entry["status"])
        event.outcomes.extend(outcomes[number] for number in sorted(entry["outcomes"]))
        sessions = []
        for number, (share, planned) in enumerate(entry["sessions"]):
            starts = START + timedelta(days=entry["day"], hours=4 * number)
            status = SessionStatus.PLANNED if planned else SessionStatus.CANCELLED
            sessions.append((make.session(event, starts, day_share=share, status=status), share, planned, starts))
        for told in entry["registrations"]:
            registration = make.registration(
                event,
                people[told["person"]],
                told["status"],
                role=told["role"],
                sex=told["sex"],
                agency=agencies[told["agency"]],
            )
            marks = []
            for (session, share, planned, starts), state in zip(sessions, told["marks"], strict=False):
                if state is not None:
                    mark(registration.id, session.id, state)
                marks.append((state.value if state else None, planned, Fraction(share), starts))
            self.visits.append(
                Visit(
                    number=registration.id,
                    person=told["person"],
                    event=event.id,
                    event_is_cancelled=event.status is EventStatus.CANCELLED,
                    outcomes=frozenset(entry["outcomes"]),
                    role=told["role"].value,
                    status=told["status"].value,
                    sex=told["sex"].value,
                    agency=agencies[told["agency"]].code,
                    marks=tuple(marks),
                )
            )


def mark(registration_id: int, session_id: int, state: AttendanceState = AttendanceState.PRESENT) -> None:
    """Write one mark, whatever the service would say to it."""
    db.session.add(
        Attendance(
            registration_id=registration_id, session_id=session_id, state=state, source=Source.SHEET, marked_at=make.NOW
        )
    )
