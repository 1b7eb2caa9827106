"""An organizer edits an event and its sessions."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from trainreg.attendance.rules import AttendanceState
from trainreg.attendance.service import mark
from trainreg.audit.queries import history_of
from trainreg.events.details import EventDetails, SessionDetails
from trainreg.events.models import Event
from trainreg.events.refusals import EventIsCalledOff, NoSessions, SessionHasAttendance, UnknownSession
from trainreg.events.rules import EventKind, EventStatus, SessionStatus
from trainreg.events.service import cancel_event, create_event, edit_event, open_event
from trainreg.kernel.db import db
from trainreg.registration.rules import RegistrationStatus

from tests import factories as make
from tests.world import World

FIRST = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)  # nine o'clock in Ulaanbaatar


def session_details(day: int = 0, **values: object) -> SessionDetails:
    starts = FIRST + timedelta(days=day)
    details = SessionDetails(
        starts_at=starts, ends_at=starts + timedelta(hours=3), timezone=make.TIMEZONE, day_share=Decimal("0.5")
    )
    return SessionDetails(**vars(details) | values)


def event_details(**values: object) -> EventDetails:
    details = EventDetails(title={"en": "Border seminar"}, kind=EventKind.SEMINAR, timezone=make.TIMEZONE)
    return EventDetails(**vars(details) | values)


def of(event: Event) -> list[SessionDetails]:
    return [
        SessionDetails(id=s.id, starts_at=s.starts_at, ends_at=s.ends_at, timezone=s.timezone, day_share=s.day_share)
        for s in event.sessions
    ]


@pytest.fixture
def event(world: World) -> Event:
    return create_event(world.project, event_details(), [session_details(0), session_details(1)], by=make.STAFF)


def sentences(event: Event) -> list[str]:
    return [line.sentence for line in history_of(event)]


def test_sessions_are_added_changed_and_removed_in_one_go(event: Event) -> None:
    first, _second = of(event)
    moved = SessionDetails(**vars(first) | {"ends_at": first.ends_at + timedelta(hours=1)})
    edit_event(event, event_details(), [session_details(2), moved], by=make.STAFF)
    assert [session.starts_at for session in event.sessions] == [FIRST, FIRST + timedelta(days=2)]
    assert event.sessions[0].id == first.id and event.sessions[0].ends_at == moved.ends_at
    assert sentences(event) == [
        "Session of 2027-03-01 changed",
        "Session added on 2027-03-03",
        "Session of 2027-03-02 removed",
        "Event created, 2 sessions",
    ]


def test_an_edit_that_changes_nothing_leaves_no_trace(event: Event) -> None:
    edit_event(event, event_details(), of(event), by=make.STAFF)
    assert sentences(event) == ["Event created, 2 sessions"]


def test_a_session_with_attendance_is_called_off_and_not_removed(event: Event) -> None:
    db.session.commit()
    registration = make.registration(event)
    mark(registration, event.sessions[0], AttendanceState.PRESENT, by=make.STAFF, at=FIRST)
    first, second = of(event)
    db.session.commit()
    with pytest.raises(SessionHasAttendance):
        edit_event(event, event_details(), [second], by=make.STAFF)
    off = SessionDetails(**vars(first) | {"is_cancelled": True})
    edit_event(event, event_details(), [off, second], by=make.STAFF)
    assert [session.status for session in event.sessions] == [SessionStatus.CANCELLED, SessionStatus.PLANNED]
    assert sentences(event)[0] == "Session of 2027-03-01 called off"


def test_a_session_of_another_event_is_not_taken_over(event: Event, world: World) -> None:
    stolen = SessionDetails(**vars(session_details(3)) | {"id": world.event.sessions[0].id})
    with pytest.raises(UnknownSession):
        edit_event(event, event_details(), [*of(event), stolen], by=make.STAFF)


def test_more_places_move_the_waiting_list_up(event: Event) -> None:
    edit_event(event, event_details(capacity=1), of(event), by=make.STAFF)
    make.registration(event)
    waiting = [make.registration(event, status=RegistrationStatus.WAITLISTED) for _ in range(2)]
    edit_event(event, event_details(capacity=2), of(event), by=make.STAFF)
    assert [one.status for one in waiting] == [RegistrationStatus.CONFIRMED, RegistrationStatus.WAITLISTED]
    edit_event(event, event_details(capacity=None), of(event), by=make.STAFF)
    assert waiting[1].status is RegistrationStatus.CONFIRMED
    assert "Places changed from 1 to 2" in sentences(event) and "Places changed from 2 to ∞" in sentences(event)


def test_fewer_places_throw_nobody_out(event: Event) -> None:
    taken = [make.registration(event) for _ in range(3)]
    edit_event(event, event_details(capacity=1), of(event), by=make.STAFF)
    assert {one.status for one in taken} == {RegistrationStatus.CONFIRMED}


def test_an_open_event_keeps_a_session(event: Event) -> None:
    open_event(event, by=make.STAFF)
    with pytest.raises(NoSessions):
        edit_event(event, event_details(), [], by=make.STAFF)


def test_a_cancelled_event_stays_as_it_was(event: Event) -> None:
    cancel_event(event, by=make.STAFF)
    assert event.status is EventStatus.CANCELLED
    with pytest.raises(EventIsCalledOff):
        edit_event(event, event_details(), of(event), by=make.STAFF)


def test_the_address_follows_the_title_of_a_draft_only(event: Event) -> None:
    edit_event(event, event_details(title={"en": "Seminar at the border"}), of(event), by=make.STAFF)
    assert event.slug == "seminar-at-the-border"
    open_event(event, by=make.STAFF)
    edit_event(event, event_details(title={"en": "Another name"}), of(event), by=make.STAFF)
    assert event.slug == "seminar-at-the-border"
