"""An organizer edits an event and its sessions."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.events.typed import FIRST, event_details, event_form, row, session_details, sessions_of
from tests.pages import Page, Pages
from tests.world import World
from trainreg.attendance.rules import AttendanceState
from trainreg.attendance.service import mark
from trainreg.audit.queries import history_of
from trainreg.events.details import SessionDetails
from trainreg.events.models import Event
from trainreg.events.refusals import EventIsCalledOff, NoSessions, SessionHasAttendance, UnknownSession
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.events.service import cancel_event, create_event, edit_event, open_event
from trainreg.kernel.db import db
from trainreg.registration.rules import RegistrationStatus


@pytest.fixture
def event(world: World) -> Event:
    return create_event(world.project, event_details(), [session_details(0), session_details(1)], by=make.STAFF)


def sentences(event: Event) -> list[str]:
    return [line.sentence for line in history_of(event)]


def test_sessions_are_added_changed_and_removed_in_one_go(event: Event) -> None:
    first, _second = sessions_of(event)
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
    edit_event(event, event_details(), sessions_of(event), by=make.STAFF)
    assert sentences(event) == ["Event created, 2 sessions"]


def test_a_session_with_attendance_is_called_off_and_not_removed(event: Event) -> None:
    db.session.commit()
    registration = make.registration(event)
    mark(registration, event.sessions[0], AttendanceState.PRESENT, by=make.STAFF, at=FIRST)
    first, second = sessions_of(event)
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
        edit_event(event, event_details(), [*sessions_of(event), stolen], by=make.STAFF)


def test_more_places_move_the_waiting_list_up(event: Event) -> None:
    edit_event(event, event_details(capacity=1), sessions_of(event), by=make.STAFF)
    make.registration(event)
    waiting = [make.registration(event, status=RegistrationStatus.WAITLISTED) for _ in range(2)]
    edit_event(event, event_details(capacity=2), sessions_of(event), by=make.STAFF)
    assert [one.status for one in waiting] == [RegistrationStatus.CONFIRMED, RegistrationStatus.WAITLISTED]
    edit_event(event, event_details(capacity=None), sessions_of(event), by=make.STAFF)
    assert waiting[1].status is RegistrationStatus.CONFIRMED
    assert "Places changed from 1 to 2" in sentences(event) and "Places changed from 2 to ∞" in sentences(event)


def test_fewer_places_throw_nobody_out(event: Event) -> None:
    taken = [make.registration(event) for _ in range(3)]
    edit_event(event, event_details(capacity=1), sessions_of(event), by=make.STAFF)
    assert {one.status for one in taken} == {RegistrationStatus.CONFIRMED}


def test_an_open_event_keeps_a_session(event: Event) -> None:
    open_event(event, by=make.STAFF)
    with pytest.raises(NoSessions):
        edit_event(event, event_details(), [], by=make.STAFF)


def test_a_cancelled_event_stays_as_it_was(event: Event) -> None:
    cancel_event(event, by=make.STAFF)
    assert event.status is EventStatus.CANCELLED
    with pytest.raises(EventIsCalledOff):
        edit_event(event, event_details(), sessions_of(event), by=make.STAFF)


def test_the_address_follows_the_title_of_a_draft_only(event: Event) -> None:
    edit_event(event, event_details(title={"en": "Seminar at the border"}), sessions_of(event), by=make.STAFF)
    assert event.slug == "seminar-at-the-border"
    open_event(event, by=make.STAFF)
    edit_event(event, event_details(title={"en": "Another name"}), sessions_of(event), by=make.STAFF)
    assert event.slug == "seminar-at-the-border"


def path_of(event: Event) -> str:
    return f"/desk/events/{event.slug}/edit"


def saved_rows(event: Event) -> dict[str, str]:
    first, second = event.sessions
    return row(0, id=str(first.id), ends="12:00") | row(1, id=str(second.id), day="2027-03-02", ends="12:00")


def save(pages: Pages, event: Event, **values: str) -> Page:
    db.session.commit()
    return pages.post(path_of(event), event_form(capacity="") | saved_rows(event) | values)


def test_the_page_shows_the_event_and_saves_what_changed(pages: Pages, world: World, event: Event) -> None:
    pages.sign_in(world.organizer)
    page = pages.get(path_of(event))
    shown = [page.value_of(f"sessions-1-{name}") for name in ("day", "starts", "ends", "day_share", "timezone")]
    assert shown == ["2027-03-02", "09:00", "12:00", "0.5", ""]
    assert page.value_of("title_en") == "Border seminar" and page.value_of("threshold") == "80"
    page = save(pages, event, title_en="Border seminar", capacity="12", **{"sessions-1-title_mn": "Бичиг баримт"})
    assert page.status == 303
    assert event.capacity == 12 and event.sessions[1].title == {"mn": "Бичиг баримт"}
    assert event.place == {"en": "Zamyn-Uud"}


def test_saving_twice_is_saving_once(pages: Pages, world: World, event: Event) -> None:
    pages.sign_in(world.organizer)
    assert save(pages, event).status == 303
    before = sentences(event)
    assert save(pages, event).status == 303
    assert sentences(event) == before


def test_removing_a_session_with_attendance_is_refused_on_the_page(pages: Pages, world: World, event: Event) -> None:
    registration = make.registration(event)
    mark(registration, event.sessions[0], AttendanceState.PRESENT, by=make.STAFF, at=FIRST)
    db.session.commit()
    second = {name.replace("-1-", "-0-"): value for name, value in saved_rows(event).items() if "-1-" in name}
    pages.sign_in(world.organizer)
    page = pages.post(path_of(event), event_form(title_en="Renamed") | second)
    assert page.status == 409
    assert "Mark it as called off" in page.text
    assert page.value_of("title_en") == "Renamed"
    assert len(event.sessions) == 2 and event.title == {"en": "Border seminar"}


def test_a_vanished_session_is_refused_and_nothing_is_half_written(pages: Pages, world: World, event: Event) -> None:
    pages.sign_in(world.organizer)
    for stale in ("999999", "no number", str(world.other_event.sessions[0].id)):
        page = save(pages, event, title_en="Renamed", **{"sessions-1-id": stale})
        assert page.status == 409 and "not there any more" in page.text
        assert event.title == {"en": "Border seminar"} and len(event.sessions) == 2


@pytest.mark.parametrize("who", ["other_organizer", "trainer", "focal_point"])
def test_others_cannot_edit_it(pages: Pages, world: World, event: Event, who: str) -> None:
    pages.sign_in(getattr(world, who))
    expected = 404 if who == "other_organizer" else 403
    assert pages.get(path_of(event)).status == expected
    assert save(pages, event).status == expected


def test_nobody_edits_without_signing_in(pages: Pages, event: Event) -> None:
    assert pages.get(path_of(event)).location.startswith("/login")
    assert save(pages, event).status == 401
    assert pages.client.delete(path_of(event)).status_code == 405


def test_a_cancelled_event_has_no_form(pages: Pages, world: World, event: Event) -> None:
    cancel_event(event, by=make.STAFF)
    db.session.commit()
    pages.sign_in(world.organizer)
    page = pages.get(path_of(event))
    assert page.status == 409 and "was called off" in page.text
    assert save(pages, event).status == 409
