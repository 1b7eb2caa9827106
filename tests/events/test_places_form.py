"""Places of agencies and groups on the event's form: rows that come and go without JavaScript."""

from typing import Any

import pytest

from tests import factories as make
from tests.events.typed import event_details, event_form, row, session_details, sessions_of
from tests.pages import Pages
from tests.world import World
from trainreg.agencies.models import Agency
from trainreg.audit.queries import history_of
from trainreg.events.details import EventDetails, GroupDetails, QuotaDetails
from trainreg.events.models import Event
from trainreg.events.queries import get_event
from trainreg.events.service import copy_event, create_event, edit_event, open_event
from trainreg.kernel.db import db
from trainreg.registration.rules import RegistrationStatus

S = RegistrationStatus


def quota(agency: Agency, places: Any, number: int = 0) -> dict[str, str]:
    return {f"quotas-{number}-agency": str(agency.id), f"quotas-{number}-places": str(places)}


def group(number: int = 0, **values: str) -> dict[str, str]:
    return {f"groups-{number}-{name}": value for name, value in ({"name_en": "Drafting committee"} | values).items()}


def test_it_is_saved_and_shown_again(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    typed = event_form(offer_hours="24", holds_quotas="y", **row(), **quota(world.ministry, 3))
    page = pages.post(
        f"/desk/projects/{world.project.code}/events/new", typed | group(places="15", is_open="y") | {"press": "save"}
    )
    assert page.status == 303
    event = get_event("border-seminar")
    assert [(one.agency_id, one.places) for one in event.quotas] == [(world.ministry.id, 3)]
    assert [(one.code, one.name, one.places, one.is_open) for one in event.groups] == [
        ("drafting-committee", {"en": "Drafting committee"}, 15, True)
    ]
    assert event.holds_quotas and event.offer_hours == 24
    form = pages.get("/desk/events/border-seminar/edit")
    assert form.value_of("quotas-0-places") == "3" and form.value_of("groups-0-name_en") == "Drafting committee"


def test_rows_are_added_and_taken_out_and_nothing_typed_is_lost(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    path = f"/desk/projects/{world.project.code}/events/new"
    typed = event_form(**quota(world.ministry, 3), **group(name_mn="Хороо"))
    added = pages.post(path, typed | {"press": "add-quota"})
    assert added.status == 200 and "Nothing is saved yet." in added.text
    assert added.value_of("quotas-0-places") == "3" and added.value_of("quotas-1-places") == ""
    assert added.value_of("groups-0-name_mn") == "Хороо" and added.value_of("title_en") == "Border seminar"
    gone = pages.post(path, typed | {"press": "remove-group-0"})
    assert gone.status == 200 and "groups-0-name_mn" not in gone.html
    assert pages.post(path, typed | {"press": "remove-quota-7"}).status in {303, 422}, "no such row: as any other press"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"quotas-0-agency": "", "quotas-0-places": "3"}, "Choose the agency."),
        ({"quotas-0-agency": "99999", "quotas-0-places": "3"}, "Choose the agency."),
        ({"quotas-0-places": "0"}, "Enter the number of places, 1 or more."),
        ({"quotas-0-places": "100001"}, "Enter a number of places from 1 to 100,000."),
        ({"quotas-0-places": "31", "holds_quotas": "y"}, "More places are kept for agencies than there are"),
        ({"groups-0-places": "5"}, "Give the group a name"),
        ({"groups-0-name_en": "A", "groups-1-name_en": "a"}, "Two groups have the same name."),
        ({"groups-0-id": "77", "groups-0-name_en": "A"}, "One of these groups is not there any more."),
        ({"offer_hours": "0"}, "Enter a number of hours from 1 to 1440"),
    ],
)
def test_what_cannot_be_is_told_beside_it(pages: Pages, world: World, wrong: dict[str, str], sentence: str) -> None:
    pages.sign_in(world.organizer)
    typed = event_form(**row(), **quota(world.ministry, 3)) | wrong | {"press": "save"}
    page = pages.post(f"/desk/projects/{world.project.code}/events/new", typed)
    assert page.status in {409, 422} and sentence in page.text


def test_the_same_agency_twice_is_told(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    typed = event_form(**row(), **quota(world.ministry, 3), **quota(world.ministry, 2, 1)) | {"press": "save"}
    page = pages.post(f"/desk/projects/{world.project.code}/events/new", typed)
    assert page.status == 422 and "One agency stands twice" in page.text


@pytest.fixture
def event(world: World) -> Event:
    made = create_event(world.project, details(world), [session_details()], by=make.STAFF)
    open_event(made, by=make.STAFF)
    db.session.commit()
    return made


def details(
    world: World, *, places: int | None = 1, drafting: int | None = 1, event: Event | None = None
) -> EventDetails:
    known = {one.code: one.id for one in event.groups} if event else {}
    return event_details(
        capacity=10,
        offer_hours=5,
        quotas=() if places is None else (QuotaDetails(agency_id=world.ministry.id, places=places),),
        groups=(GroupDetails(id=known.get("drafting"), name={"en": "Drafting"}, places=drafting),),
    )


@pytest.mark.parametrize(("places", "moved"), [(1, 0), (2, 1), (3, 2), (None, 2)])
def test_more_places_of_an_agency_move_the_waiting_list_up(
    world: World, event: Event, places: int | None, moved: int
) -> None:
    make.registration(event, agency=world.ministry)
    waiting = [make.registration(event, status=S.WAITLISTED, agency=world.ministry) for _number in range(2)]
    edit_event(event, details(world, places=places, event=event), sessions_of(event), by=make.STAFF)
    assert [one.status for one in waiting] == [S.CONFIRMED] * moved + [S.WAITLISTED] * (2 - moved)


def test_more_places_of_a_group_move_the_waiting_list_up(world: World, event: Event) -> None:
    make.registration(event, group="drafting")
    waiting = make.registration(event, status=S.WAITLISTED, group="drafting")
    edit_event(event, details(world, drafting=2, event=event), sessions_of(event), by=make.STAFF)
    assert waiting.status is S.CONFIRMED
    assert "Places of the group drafting changed from 1 to 2" in [line.sentence for line in history_of(event)]


def test_fewer_places_than_are_taken_throw_nobody_out(world: World, event: Event) -> None:
    edit_event(event, details(world, places=3, event=event), sessions_of(event), by=make.STAFF)
    there = [make.registration(event, agency=world.ministry) for _number in range(3)]
    edit_event(event, details(world, places=1, event=event), sessions_of(event), by=make.STAFF)
    assert {one.status for one in there} == {S.CONFIRMED}
    changed = f"Places of the agency {world.ministry.code} changed from 3 to 1"
    assert changed in [line.sentence for line in history_of(event)]


def test_a_copy_has_the_same_places(world: World, event: Event) -> None:
    copy = copy_event(event, by=make.STAFF)
    assert [(one.agency_id, one.places) for one in copy.quotas] == [(world.ministry.id, 1)]
    assert [(one.code, one.places) for one in copy.groups] == [("drafting", 1)]
    assert (copy.holds_quotas, copy.offer_hours) == (event.holds_quotas, 5)


def test_saving_unchanged_leaves_no_trace(world: World, event: Event) -> None:
    before = len(list(history_of(event)))
    edit_event(event, details(world, event=event), sessions_of(event), by=make.STAFF)
    assert len(list(history_of(event))) == before
