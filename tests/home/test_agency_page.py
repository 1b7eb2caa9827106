"""A focal point sees their agency's registrations, and nobody else's."""

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.events.rules import EventStatus
from trainreg.kernel.db import db
from trainreg.registration.rules import RegistrationStatus


def test_it_shows_the_agency_and_its_departments_by_event(pages: Pages, world: World) -> None:
    office = make.agency("Provincial office", parent_id=world.ministry.id)
    make.registration(world.event, world.bolor, RegistrationStatus.WAITLISTED, agency=world.ministry)
    make.registration(world.other_event, make.person("Номин"), agency=office)
    make.registration(world.event, world.tuya, agency=world.border)
    db.session.commit()
    page = pages.sign_in(world.focal_point).get("/agency/")
    assert page.status == 200
    assert [heading.text for heading in page.find_all("h2") for heading in heading.iter("a")] == [
        world.other_event.title["en"],
        world.event.title["en"],
    ]
    assert "Батын Болор" in page.text and "Waiting list" in page.text
    assert "Номин" in page.text and "Provincial office" in page.text
    assert "Туяа" not in page.text and "Border" not in page.text


def test_it_is_for_reading_and_holds_no_contacts(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor, agency=world.ministry)
    db.session.commit()
    pages.sign_in(world.focal_point)
    page = pages.get("/agency/")
    assert "bolor@example.org" not in page.html
    assert [form.get("action") for form in page.find_all("form", method="post")] == ["/logout"]
    assert pages.get(f"/desk/events/{world.event.slug}/registrations/{registration.reference}").status == 403


def test_drafts_do_not_show(pages: Pages, world: World) -> None:
    world.event.status = EventStatus.DRAFT
    make.registration(world.event, world.bolor, agency=world.ministry)
    db.session.commit()
    assert "Nobody of your agency is registered yet" in pages.sign_in(world.focal_point).get("/agency/").text


def test_it_is_closed_to_others(pages: Pages, world: World) -> None:
    assert pages.get("/agency/").location.startswith("/login")
    for user in (world.organizer, world.administrator, world.viewer):
        assert Pages(pages.app).sign_in(user).get("/agency/").status == 403


def test_a_long_list_comes_in_pages(pages: Pages, world: World) -> None:
    for _number in range(51):
        make.registration(world.event, agency=world.ministry)
    db.session.commit()
    pages.sign_in(world.focal_point)
    assert "1–50 of 51" in pages.get("/agency/").text
    assert "51–51 of 51" in pages.get("/agency/?page=2").text
