"""The desk's page of certificates: who earned one and why not, and one button to issue them."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.certificates.attending import attend, past_event
from tests.pages import Pages
from tests.world import World
from trainreg.certificates.models import Certificate
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.registration.rules import RegistrationRole


@pytest.fixture
def event(world: World) -> Event:
    """Two days in March, four sessions of three hours."""
    return past_event(world.project)


def test_the_page_says_who_has_earned_one_and_why_not(world: World, event: Event, pages: Pages) -> None:
    attend(make.registration(event, world.bolor), 4)
    attend(make.registration(event, world.tuya, role=RegistrationRole.OBSERVER), 1)

    text = pages.sign_in(world.organizer).get(f"/desk/events/{event.slug}/certificates").text

    assert "Attended 12 of 12 planned hours; 80% are needed." in text
    assert "Attended 3 of 12 planned hours; 80% are needed." in text
    assert "only participants earn a certificate" in text


def test_the_page_names_what_cannot_be_printed_before_anybody_issues(world: World, event: Event, pages: Pages) -> None:
    world.bolor.certificate_name = {"en": "Bolor 王"}
    attend(make.registration(event, world.bolor), 4)
    pages.sign_in(world.organizer)

    before = pages.get(f"/desk/events/{event.slug}/certificates")
    after = pages.follow(pages.post(f"/desk/events/{event.slug}/certificates"))

    assert "王 (U+738B)" in before.text
    assert "1 certificate could not be issued" in after.text
    assert "王 (U+738B)" in after.text


@pytest.mark.parametrize(
    ("show", "seen", "hidden"), [("ready", "Болор", "Туяа"), ("not-eligible", "Туяа", "Болор"), ("issued", "", "Болор")]
)
def test_the_table_can_be_narrowed(world: World, event: Event, pages: Pages, show: str, seen: str, hidden: str) -> None:
    attend(make.registration(event, world.bolor), 4)
    make.registration(event, world.tuya)
    db.session.commit()

    text = pages.sign_in(world.organizer).get(f"/desk/events/{event.slug}/certificates?show={show}").text

    assert seen in text
    assert hidden not in text


def test_a_trainer_sees_the_verdicts_without_a_button(world: World, event: Event, pages: Pages) -> None:
    attend(make.registration(event, world.bolor), 4)

    page = pages.sign_in(world.trainer).get(f"/desk/events/{event.slug}/certificates")

    assert page.status == 200
    assert "Issue 1 certificate" not in page.text


def test_the_organizer_issues_with_one_button(world: World, event: Event, pages: Pages) -> None:
    attend(make.registration(event, world.bolor), 4)
    pages.sign_in(world.organizer)
    address = f"/desk/events/{event.slug}/certificates"
    assert "Issue 1 certificate" in pages.get(address).text

    answer = pages.post(address)

    page = pages.follow(answer)
    assert answer.status == 303
    assert "1 certificate issued." in page.text
    assert f"{world.project.code}/0001" in page.text


@pytest.mark.parametrize("who", ["other_organizer", "focal_point", "viewer"])
def test_nobody_else_sees_who_earned_one(world: World, event: Event, pages: Pages, who: str) -> None:
    pages.sign_in(getattr(world, who))

    assert pages.get(f"/desk/events/{event.slug}/certificates").status in {403, 404}


@pytest.mark.parametrize("who", ["other_organizer", "trainer", "me_officer", "viewer", "focal_point"])
def test_nobody_else_issues(world: World, event: Event, pages: Pages, who: str) -> None:
    attend(make.registration(event, world.bolor), 4)
    pages.sign_in(getattr(world, who))

    assert pages.post(f"/desk/events/{event.slug}/certificates").status in {403, 404}
    assert db.session.scalars(select(Certificate)).all() == []


def test_a_stranger_is_asked_to_sign_in(event: Event, pages: Pages) -> None:
    assert "/login" in pages.get(f"/desk/events/{event.slug}/certificates").location
    assert pages.post(f"/desk/events/{event.slug}/certificates").status == 401
