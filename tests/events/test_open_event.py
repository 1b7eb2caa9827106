"""Registration is opened and closed; an event is called off."""

from datetime import timedelta
from itertools import product

import pytest

from tests import factories as make
from tests.events.typed import FIRST, event_details, session_details
from tests.pages import Pages
from tests.world import World
from trainreg.agencies.queries import list_agencies
from trainreg.audit.queries import history_of
from trainreg.events.models import Event
from trainreg.events.refusals import ClosingTimePassed, EventIsOver, IllegalStatus, NoAgencies, NoSessions
from trainreg.events.rules import EVENT_MOVES, EventStatus
from trainreg.events.service import create_event, open_event, set_status
from trainreg.kernel import clock
from trainreg.kernel.db import db

DRAFT, OPEN, CLOSED, CANCELLED = EventStatus
LEGAL = {
    (DRAFT, OPEN), (DRAFT, CANCELLED), (OPEN, CLOSED), (OPEN, CANCELLED), (CLOSED, OPEN), (CLOSED, CANCELLED),
}  # fmt: skip


@pytest.fixture
def event(world: World) -> Event:
    event = create_event(world.project, event_details(), [session_details()], by=make.STAFF)
    db.session.commit()
    return event


def press(pages: Pages, event: Event, button: str) -> int:
    return pages.post(f"/desk/events/{event.slug}/{button}").status


def test_only_the_moves_of_the_table_are_legal() -> None:
    assert {(before, after) for before, moves in EVENT_MOVES.items() for after in moves} == LEGAL


@pytest.mark.parametrize(("before", "after"), list(product(EventStatus, EventStatus)))
def test_the_service_holds_to_the_table(event: Event, before: EventStatus, after: EventStatus) -> None:
    event.status = before
    db.session.flush()
    if before is after or (before, after) in LEGAL:
        assert set_status(event, after, by=make.STAFF).status is after
    else:
        with pytest.raises(IllegalStatus):
            set_status(event, after, by=make.STAFF)


def test_opening_closing_and_opening_again_at_the_desk(pages: Pages, world: World, event: Event) -> None:
    pages.sign_in(world.organizer)
    for button, status in (("open", OPEN), ("close", CLOSED), ("open", OPEN), ("cancel", CANCELLED)):
        page = pages.post(f"/desk/events/{event.slug}/{button}")
        assert page.status == 303 and page.location == f"/desk/events/{event.slug}"
        assert event.status is status
    said = [line.sentence for line in history_of(event)][:-1]
    assert said == ["Event called off", "Registration opened", "Registration closed", "Registration opened"]


def test_pressing_twice_leaves_one_line_in_the_history(pages: Pages, world: World, event: Event) -> None:
    pages.sign_in(world.organizer)
    for button in ("open", "open", "close", "close", "cancel", "cancel"):
        assert press(pages, event, button) == 303
    assert len(history_of(event)) == 4


def test_a_cancelled_event_stays_cancelled(pages: Pages, world: World, event: Event) -> None:
    pages.sign_in(world.organizer)
    press(pages, event, "cancel")
    assert press(pages, event, "open") == 409
    assert press(pages, event, "close") == 409
    assert event.status is CANCELLED


def test_what_stands_in_the_way_is_said_on_the_form(pages: Pages, world: World) -> None:
    event = create_event(world.project, event_details(), [], by=make.STAFF)
    db.session.commit()
    page = pages.sign_in(world.organizer).post(f"/desk/events/{event.slug}/open")
    assert page.status == 409
    assert "needs at least one session" in page.text and page.value_of("title_en") == "Border seminar"
    assert event.status is DRAFT


def test_the_past_is_not_opened(event: Event) -> None:
    after = FIRST + timedelta(hours=3)
    with pytest.raises(EventIsOver):
        open_event(event, by=make.STAFF, at=after)
    assert open_event(event, by=make.STAFF, at=after - timedelta(seconds=1)).status is OPEN


def test_a_closing_time_in_the_past_stands_in_the_way(world: World) -> None:
    closes_at = FIRST - timedelta(days=7)
    event = create_event(world.project, event_details(closes_at=closes_at), [session_details()], by=make.STAFF)
    with pytest.raises(ClosingTimePassed):
        open_event(event, by=make.STAFF, at=closes_at)


def test_only_called_off_sessions_are_no_sessions(world: World) -> None:
    sessions = [session_details(is_cancelled=True)]
    event = create_event(world.project, event_details(), sessions, by=make.STAFF)
    with pytest.raises(NoSessions):
        open_event(event, by=make.STAFF)


def test_opening_before_the_opening_time_says_so(pages: Pages, world: World) -> None:
    details = event_details(opens_at=clock.now() + timedelta(days=2))
    event = create_event(world.project, details, [session_details()], by=make.STAFF)
    db.session.commit()
    page = pages.sign_in(world.organizer).post(f"/desk/events/{event.slug}/open")
    assert "opens at the time you set" in pages.follow(page).text


@pytest.mark.parametrize("button", ["open", "close", "cancel"])
def test_only_organizers_of_the_project_press_the_buttons(
    pages: Pages, world: World, event: Event, button: str
) -> None:
    path = f"/desk/events/{event.slug}/{button}"
    assert pages.post(path).status == 401
    assert pages.sign_in(world.other_organizer).post(path).status == 404
    assert pages.sign_in(world.trainer).post(path).status == 403
    assert pages.get(path).status == 405
    assert pages.sign_in(world.organizer).post(path, token="forged").status == 400
    assert pages.post(f"/desk/events/no-such-event/{button}").status == 404
    assert event.status is DRAFT


def test_registration_does_not_open_while_there_is_no_agency_to_choose(event: Event, world: World) -> None:
    for agency in list_agencies():
        agency.is_active = False
    db.session.flush()
    with pytest.raises(NoAgencies):
        open_event(event, by=make.STAFF)
    world.ministry.is_active = True
    assert open_event(event, by=make.STAFF).status is OPEN
