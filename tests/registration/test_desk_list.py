"""The desk looks through an event's registrations."""

import pytest

from tests import factories as make
from tests.pages import Page, Pages
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

S = RegistrationStatus


def names(page: Page) -> list[str]:
    return [link.text or "" for cell in page.find_all("th", scope="row") for link in cell.iter("a")]


def test_it_shows_names_agencies_and_status_and_no_contacts(pages: Pages, world: World) -> None:
    make.registration(world.event, world.bolor, agency=world.ministry)
    db.session.commit()
    page = pages.sign_in(world.organizer).get(f"/desk/events/{world.event.slug}/registrations")
    assert names(page) == ["Батын Болор"]
    assert "Ministry of Labour" in page.text and "Confirmed" in page.text
    assert "1 of 2 places are taken." in page.text
    assert "bolor@example.org" not in page.html


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("status=confirmed", ["Батын Болор"]),
        ("status=waitlisted", ["Доржийн Туяа"]),
        ("status=nonsense", ["Батын Болор", "Доржийн Туяа"]),
        ("q=болор", ["Батын Болор"]),
        ("q=БОЛОР+батын", ["Батын Болор"]),
        ("q=tuya", ["Доржийн Туяа"]),
        ("q=nobody", []),
        ("q=%25", ["Батын Болор", "Доржийн Туяа"]),
        ("sort=-registered", ["Доржийн Туяа", "Батын Болор"]),
        ("sort=name", ["Батын Болор", "Доржийн Туяа"]),
        ("page=99", ["Батын Болор", "Доржийн Туяа"]),
    ],
)
def test_it_filters_and_sorts(pages: Pages, world: World, asked: str, found: list[str]) -> None:
    world.tuya.given_name_latin = "Tuya"
    make.registration(world.event, world.bolor, agency=world.ministry)
    make.registration(world.event, world.tuya, S.WAITLISTED, agency=world.border)
    db.session.commit()
    page = pages.sign_in(world.organizer).get(f"/desk/events/{world.event.slug}/registrations?{asked}")
    assert page.status == 200
    assert names(page) == found


def test_an_agency_brings_its_departments(pages: Pages, world: World) -> None:
    office = make.agency("Provincial office", parent_id=world.ministry.id)
    make.registration(world.event, world.bolor, agency=office)
    make.registration(world.event, world.tuya, agency=world.border)
    db.session.commit()
    pages.sign_in(world.organizer)
    page = pages.get(f"/desk/events/{world.event.slug}/registrations?agency={world.ministry.code}")
    assert names(page) == ["Батын Болор"]


def test_a_reference_finds_its_registration_however_it_is_typed(pages: Pages, world: World) -> None:
    make.registration(world.event, world.bolor, reference="7K3F-9Q20")
    make.registration(world.event, world.tuya)
    db.session.commit()
    pages.sign_in(world.organizer)
    assert names(pages.get(f"/desk/events/{world.event.slug}/registrations?q=7k3f+9q2o")) == ["Батын Болор"]


@pytest.mark.slow
def test_it_costs_the_same_at_ten_rows_and_at_a_thousand(pages: Pages, world: World) -> None:
    few, many = make.event(world.project), make.event(world.project)
    fill(few, 10)
    fill(many, 1000)
    pages.sign_in(world.organizer)
    asked = []
    for path, rows in [(f"/desk/events/{event.slug}/registrations", rows) for event, rows in ((few, 10), (many, 50))]:
        db.session.expunge_all()
        with counted_statements() as statements:
            page = pages.get(path)
        assert len(names(page)) == rows
        asked.append(statements)
    assert len(asked[0]) == len(asked[1]) <= 6, asked[1]
    assert "1–50 of 1,000" in page.text
    assert len(page.response.data) < 100_000


def fill(event: Event, count: int) -> None:
    agencies = [make.agency(f"Agency {number}") for number in range(5)]
    people = [make.person() for _number in range(count)]
    db.session.add_all(
        Registration(
            event_id=event.id,
            person_id=person.id,
            reference=f"{event.id % 100:02d}{number:06d}",
            status=S.REQUESTED,
            sex=person.sex,
            level="not_stated",
            language="en",
            created_at=make.NOW,
            agency_id=agencies[number % 5].id,
        )
        for number, person in enumerate(people)
    )
    db.session.commit()


def test_only_those_who_may_see_names_come_in(pages: Pages, world: World) -> None:
    path = f"/desk/events/{world.event.slug}/registrations"
    assert pages.get(path).location.startswith("/login")
    for user, status in {
        world.trainer: 200,
        world.me_officer: 200,
        world.viewer: 403,
        world.focal_point: 403,
        world.other_organizer: 404,
    }.items():
        assert Pages(pages.app).sign_in(user).get(path).status == status


def test_who_may_not_decide_sees_no_buttons_and_is_refused(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, status=S.REQUESTED)
    db.session.commit()
    pages.sign_in(world.trainer)
    path = f"/desk/events/{world.event.slug}/registrations"
    page = pages.get(path)
    assert not page.find_all("button", name="action") and not page.find_all("input", type="checkbox")
    answer = pages.post(f"{path}/decide", {"action": "confirm", "registration": registration.reference})
    assert answer.status == 403
    assert pages.post(f"{path}/{registration.reference}", {"to_status": "confirmed"}).status == 403
    assert pages.get(f"{path}/new").status == 403
    assert registration.status is S.REQUESTED


def test_an_empty_list_says_what_to_do(pages: Pages, world: World) -> None:
    page = pages.sign_in(world.organizer).get(f"/desk/events/{world.event.slug}/registrations")
    assert "No registrations yet" in page.text
    assert page.find_all("a", href=f"/e/{world.event.slug}")
