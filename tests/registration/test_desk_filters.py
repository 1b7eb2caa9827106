"""The desk narrows an event's list by several things at once, and sees what it narrowed by."""

import pytest

from tests import factories as make
from tests.pages import Page, Pages
from tests.registration.test_desk_list import names
from tests.world import World
from trainreg.events.models import EventGroup
from trainreg.kernel.db import db
from trainreg.people.rules import Level, Sex
from trainreg.registration.rules import RegistrationRole, RegistrationStatus

S = RegistrationStatus


@pytest.fixture
def path(world: World) -> str:
    """Bolor, a confirmed trainer of the ministry; Tuya of the border, who waits; Anand of the ministry's office."""
    office = make.agency("Provincial office", parent_id=world.ministry.id)
    world.event.groups.append(EventGroup(code="drafting", name={"en": "Drafting committee"}, places=None))
    anand = make.person("Ананд", "Сүхийн", sex=Sex.MALE, email="anand@example.org")
    make.registration(
        world.event, world.bolor, agency=world.ministry, role=RegistrationRole.TRAINER, level=Level.SENIOR
    )
    make.registration(world.event, world.tuya, S.WAITLISTED, agency=world.border, email="tuya@example.org")
    make.registration(world.event, anand, S.REQUESTED, agency=office, level=Level.JUNIOR, group="drafting")
    db.session.commit()
    return f"/desk/events/{world.event.slug}/registrations"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("sex=male", ["Ананд"]),
        ("sex=female&role=trainer", ["Болор"]),
        ("level=senior", ["Болор"]),
        ("level=senior&sex=male", []),
        ("group=drafting", ["Ананд"]),
        ("group=nonsense", []),
        ("agency=Ministry+of+Labour", ["Болор", "Ананд"]),
        ("agency=ministry", ["Болор", "Ананд"]),
        ("agency=ЦЭРЭГ", []),
        ("agency=ministry&sex=male&status=requested", ["Ананд"]),
        ("sex=nonsense&role=&level=%00x", None),
        ("q=ANAND@example", ["Ананд"]),
        ("q=tuya@example.org", ["Туяа"]),
        ("q=@", ["Болор", "Ананд", "Туяа"]),
        ("sort=agency", ["Туяа", "Болор", "Ананд"]),
        ("sort=-agency", ["Ананд", "Болор", "Туяа"]),
        ("sort=status", ["Ананд", "Туяа", "Болор"]),
        ("sort=name", ["Болор", "Туяа", "Ананд"]),
    ],
)
def test_the_list_narrows(pages: Pages, world: World, path: str, asked: str, found: list[str] | None) -> None:
    page = pages.sign_in(world.organizer).get(f"{path}?{asked}")
    if found is None:
        assert page.status == 400
        return
    shown = [name.split()[-1] for name in names(page)]
    assert (shown if "sort" in asked else sorted(shown)) == (found if "sort" in asked else sorted(found))


def test_an_address_finds_nobody_for_those_who_may_not_see_contacts(pages: Pages, world: World, path: str) -> None:
    assert names(pages.sign_in(world.trainer).get(f"{path}?q=anand@example.org")) == []


def chips(page: Page) -> dict[str, str]:
    return {"".join(one.itertext()).strip(): one.get("href", "") for one in page.find_all("a", class_="chip")}


def test_what_is_asked_for_can_be_taken_back_one_by_one(pages: Pages, world: World, path: str) -> None:
    pages.sign_in(world.organizer)
    page = pages.get(f"{path}?agency={world.ministry.code}&sex=male&status=requested&sort=name")
    found = chips(page)
    assert list(found) == ["Remove the filter Agency: Ministry of Labour", "Remove the filter Sex: Man"]
    assert found["Remove the filter Sex: Man"] == f"{path}?status=requested&agency={world.ministry.code}&sort=name"
    (asked,) = page.find_all("input", id="agency")
    assert asked.get("value") == "Ministry of Labour" and page.value_of("sex") == "male"
    assert "Show all" in page.text


def test_tabs_count_what_everything_else_lets_through(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(f"{path}?agency=ministry")
    (status,) = page.find_all("nav", aria_label="Status")
    assert ["".join(tab.itertext()) for tab in status.iter("a")] == ["All 2", "Waiting for approval 1", "Confirmed 1"]


def test_only_answers_that_occur_are_offered(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(path)
    offered = {
        select.get("name"): [option.get("value") for option in select.iter("option")]
        for select in page.find_all("select")
    }
    assert offered == {
        "role": ["", "participant", "trainer"],
        "sex": ["", "female", "male"],
        "level": ["", "senior", "junior", "not_stated"],
        "group": ["", "drafting"],
    }
    assert "Drafting committee" in page.text


@pytest.mark.slow
def test_many_agencies_do_not_weigh(pages: Pages, world: World, path: str) -> None:
    for number in range(120):
        make.registration(world.event, agency=make.agency(f"Agency {number}"))
    db.session.commit()
    page = pages.sign_in(world.organizer).get(path)
    (suggested,) = page.find_all("datalist")
    assert len(list(suggested)) == 50
    assert len(page.response.data) < 60_000
