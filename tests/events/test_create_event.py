"""An organizer creates an event on one page."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests import factories as make
from tests.events.typed import event_details, event_form, row, session_details
from tests.pages import Page, Pages
from tests.world import World
from trainreg.audit.queries import history_of
from trainreg.events.models import Event
from trainreg.events.queries import find_event, get_event
from trainreg.events.refusals import SameEvent
from trainreg.events.rules import Approval, Audience, EventKind, EventStatus
from trainreg.events.service import create_event
from trainreg.kernel.db import db


def new_path(world: World) -> str:
    return f"/desk/projects/{world.project.code}/events/new"


def create(pages: Pages, world: World, **values: object) -> Page:
    return pages.post(new_path(world), event_form() | row() | values)


def test_the_page_creates_a_draft_with_everything_on_it(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    chosen = {
        "audience": "listed_agencies",
        "agency_ids": [str(world.ministry.id), str(world.border.id)],
        "outcome_ids": [str(world.outcome.id)],
        "opens_at": "2027-02-01T08:00",
        "closes_at": "2027-02-20 18:00",
        "approval": "automatic",
        "threshold": "66,5",
    }
    page = pages.post(new_path(world), event_form(**chosen) | row() | row(1, day="2027-03-02", timezone="asia/tokyo"))
    assert page.status == 303
    event = get_event("border-seminar")
    assert page.location == "/desk/events/border-seminar"
    assert event.project_id == world.project.id and event.status is EventStatus.DRAFT
    assert event.title == {"en": "Border seminar", "mn": "Хилийн семинар"}
    assert event.kind is EventKind.SEMINAR and event.place == {"en": "Zamyn-Uud"}
    assert event.capacity == 30 and event.has_waiting_list and event.approval is Approval.AUTOMATIC
    assert event.audience is Audience.LISTED_AGENCIES
    assert {listed.agency_id for listed in event.agencies} == {world.ministry.id, world.border.id}
    assert event.outcomes == [world.outcome]
    assert event.opens_at == datetime(2027, 2, 1, 0, 0, tzinfo=UTC)
    assert event.closes_at == datetime(2027, 2, 20, 10, 0, tzinfo=UTC)
    assert event.threshold == Decimal("0.665")
    first, second = event.sessions
    assert first.starts_at == datetime(2027, 3, 1, 1, 0, tzinfo=UTC)
    assert first.timezone == make.TIMEZONE and first.day_share == Decimal("0.5")
    assert second.starts_at == datetime(2027, 3, 2, 0, 0, tzinfo=UTC) and second.timezone == "Asia/Tokyo"
    assert [line.sentence for line in history_of(event)] == ["Event created, 2 sessions"]


def test_one_button_creates_and_opens_registration(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    page = create(pages, world, press="open")
    assert page.status == 303
    assert get_event("border-seminar").status is EventStatus.OPEN
    assert "Registration is open" in pages.follow(page).text


def test_opening_without_sessions_creates_nothing_and_keeps_what_was_typed(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    page = pages.post(new_path(world), event_form(press="open"))
    assert page.status == 409
    assert "needs at least one session" in page.text
    assert page.value_of("title_mn") == "Хилийн семинар"
    assert find_event("border-seminar") is None


def test_a_new_event_begins_in_the_time_zone_of_its_project(pages: Pages, world: World) -> None:
    page = pages.sign_in(world.organizer).get(new_path(world))
    assert page.status == 200
    assert page.value_of("timezone") == world.project.timezone
    assert "1. Improved policy framework" in page.text


def test_the_address_is_made_from_the_title_and_is_unique(world: World) -> None:
    first = create_event(world.project, event_details(), [], by=make.STAFF)
    second = create_event(world.project, event_details(), [], by=make.STAFF)
    mongolian = create_event(world.project, event_details(title={"mn": "Хил, гаалийн сургалт"}), [], by=make.STAFF)
    odd = create_event(world.project, event_details(title={"en": "培训"}), [], by=make.STAFF)
    slugs = [event.slug for event in (first, second, mongolian, odd)]
    assert slugs == ["border-seminar", "border-seminar-2", "khil-gaaliin-surgalt", "event"]


def test_pressing_twice_creates_one_event(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    assert create(pages, world).status == 303
    page = create(pages, world)
    assert page.status == 409
    assert "already has an event with this title" in page.text
    assert page.value_of("sessions-0-starts") == "09:00"
    assert db.session.query(Event).filter_by(project_id=world.project.id).count() == 2


def test_the_same_seminar_in_two_places_is_two_events(world: World) -> None:
    create_event(world.project, event_details(place={"en": "Darkhan"}), [session_details()], by=make.STAFF)
    create_event(world.project, event_details(place={"en": "Erdenet"}), [session_details()], by=make.STAFF)
    with pytest.raises(SameEvent):
        create_event(world.project, event_details(place={"en": "Erdenet"}), [session_details()], by=make.STAFF)


def test_a_row_left_empty_is_no_session(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    create(pages, world, **row(1, day="", starts="", ends=""))
    assert len(get_event("border-seminar").sessions) == 1


@pytest.mark.parametrize("who", ["other_organizer", "trainer", "viewer", "me_officer", "focal_point"])
def test_others_cannot_create_events_in_this_project(pages: Pages, world: World, who: str) -> None:
    pages.sign_in(getattr(world, who))
    expected = 404 if who == "other_organizer" else 403
    assert pages.get(new_path(world)).status == expected
    assert create(pages, world).status == expected
    assert find_event("border-seminar") is None


def test_nobody_creates_events_without_signing_in(pages: Pages, world: World) -> None:
    assert pages.get(new_path(world)).location.startswith("/login")
    assert create(pages, world).status == 401


def test_wrong_method_unknown_project_and_stale_token(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    assert pages.client.put(new_path(world)).status_code == 405
    assert pages.get("/desk/projects/NO-SUCH/events/new").status == 404
    page = pages.post(new_path(world), event_form() | row(), token="forged")
    assert page.status == 400
    assert page.value_of("title_en") == "Border seminar" and page.value_of("sessions-0-day") == "2027-03-01"
    assert find_event("border-seminar") is None
    page = pages.post(new_path(world), {"title_en": ""}, token="forged")
    assert page.status == 400 and "open for too long" in page.text
