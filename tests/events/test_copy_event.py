"""Copying an earlier event is one button."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests import factories as make
from tests.events.typed import event_details, session_details
from tests.pages import Pages
from tests.world import World
from trainreg.audit.queries import history_of
from trainreg.events.models import Event
from trainreg.events.queries import find_event, get_event
from trainreg.events.rules import EventStatus, SessionStatus, copied_title, days_until_again
from trainreg.events.service import copy_event, create_event, open_event
from trainreg.kernel import clock
from trainreg.kernel.db import db


@pytest.fixture
def event(world: World) -> Event:
    details = event_details(
        title={"en": "Border seminar", "mn": "Хилийн семинар"}, capacity=25, outcome_ids=frozenset({world.outcome.id})
    )
    sessions = [session_details(0, title={"en": "Opening"}), session_details(1), session_details(2, is_cancelled=True)]
    event = create_event(world.project, details, sessions, by=make.STAFF)
    make.registration(event)
    open_event(event, by=make.STAFF)
    db.session.commit()
    return event


def test_the_copy_is_a_draft_with_the_same_days_and_hours_later(event: Event) -> None:
    with time_machine.travel(datetime(2027, 6, 1, 4, tzinfo=make.NOW.tzinfo), tick=False):
        copy = copy_event(event, by=make.STAFF)
    assert copy.status is EventStatus.DRAFT and copy.opens_at is None
    assert copy.title == {"en": "Border seminar (copy)", "mn": "Хилийн семинар (хуулбар)"}
    assert copy.slug == "border-seminar-copy"
    assert copy.capacity == 25 and copy.outcomes == event.outcomes and copy.kind is event.kind
    first, second = copy.sessions
    starts = clock.local(first.starts_at, make.TIMEZONE)
    assert starts.date() == date(2027, 6, 21) and starts.hour == 9  # a Monday, as before
    assert second.starts_at - first.starts_at == timedelta(days=1)
    assert first.title == {"en": "Opening"} and first.status is SessionStatus.PLANNED
    assert [line.sentence for line in history_of(copy)] == ["Event created as a copy of border-seminar, 2 sessions"]


def test_the_button_lands_on_the_form_of_the_copy(pages: Pages, world: World, event: Event) -> None:
    pages.sign_in(world.organizer)
    page = pages.post(f"/desk/events/{event.slug}/copy")
    assert page.status == 303 and page.location == "/desk/events/border-seminar-copy/edit"
    form = pages.follow(page)
    assert "This is the copy" in form.text
    assert form.value_of("title_en") == "Border seminar (copy)"


def test_twice_makes_two_copies_with_addresses_of_their_own(pages: Pages, world: World, event: Event) -> None:
    pages.sign_in(world.organizer)
    places = [pages.post(f"/desk/events/{event.slug}/copy").location for _ in range(2)]
    assert places == ["/desk/events/border-seminar-copy/edit", "/desk/events/border-seminar-copy-2/edit"]


def test_an_event_without_sessions_is_copied_too(world: World) -> None:
    event = create_event(world.project, event_details(), [], by=make.STAFF)
    assert copy_event(event, by=make.STAFF).sessions == []


def test_others_cannot_copy(pages: Pages, world: World, event: Event) -> None:
    assert pages.post(f"/desk/events/{event.slug}/copy").status == 401
    assert pages.sign_in(world.other_organizer).post(f"/desk/events/{event.slug}/copy").status == 404
    assert pages.sign_in(world.trainer).post(f"/desk/events/{event.slug}/copy").status == 403
    assert pages.get(f"/desk/events/{event.slug}/copy").status == 405
    assert find_event("border-seminar-copy") is None


def test_a_copy_of_a_cancelled_event_can_be_opened(pages: Pages, world: World, event: Event) -> None:
    pages.sign_in(world.organizer)
    assert pages.post(f"/desk/events/{event.slug}/cancel").status == 303
    assert pages.post(f"/desk/events/{event.slug}/copy").status == 303
    assert pages.post("/desk/events/border-seminar-copy/open").status == 303
    assert get_event("border-seminar-copy").status is EventStatus.OPEN


def test_a_long_title_stays_within_its_bounds() -> None:
    copied = copied_title({"en": "x" * 200, "mn": "Хил"})
    assert len(copied["en"]) == 200 and copied["en"].endswith("x (copy)")


@pytest.mark.parametrize(
    ("first_day", "today", "lands_on"),
    [
        (date(2027, 3, 1), date(2027, 6, 1), date(2027, 6, 21)),
        (date(2027, 3, 1), date(2027, 3, 1), date(2027, 3, 15)),
        (date(2027, 3, 2), date(2027, 3, 1), date(2027, 3, 16)),
        (date(2030, 1, 6), date(2027, 3, 1), date(2027, 3, 21)),
    ],
)
def test_copies_keep_the_weekday_two_weeks_ahead(first_day: date, today: date, lands_on: date) -> None:
    assert first_day + timedelta(days=days_until_again(first_day, today)) == lands_on
