"""The front page, the desk and an event's overview."""

import pytest
from sqlalchemy.orm import Session

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.events.rules import EventStatus
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.registration.rules import RegistrationStatus


def test_the_front_page_lists_what_is_open(pages: Pages, world: World) -> None:
    page = pages.get("/")
    assert world.event.title["en"] in page.text
    world.event.status = EventStatus.DRAFT
    db.session.commit()
    assert world.event.title["en"] not in pages.get("/").text


def test_every_page_speaks_both_languages(pages: Pages, world: World) -> None:
    page = pages.get("/?lang=mn")
    assert page.find_all("html", lang="mn")
    assert world.event.title["mn"] in page.text
    assert pages.get("/").find_all("html", lang="mn"), "the choice is remembered"


def test_the_health_check_asks_the_database(pages: Pages) -> None:
    assert pages.get("/healthz").response.get_json() == {"status": "ok"}


def test_the_desk_tells_what_waits_for_a_decision(pages: Pages, world: World) -> None:
    make.registration(world.event, world.bolor, RegistrationStatus.REQUESTED)
    db.session.commit()
    page = pages.sign_in(world.organizer).get("/desk/")
    assert "1 registration waits for a decision" in page.text


def test_what_waits_is_told_to_those_who_decide(pages: Pages, world: World) -> None:
    make.registration(world.event, world.bolor, RegistrationStatus.REQUESTED)
    db.session.commit()
    page = pages.sign_in(world.trainer).get("/desk/")
    assert world.event.title["en"] in page.text
    assert "waits for a decision" not in page.text


def test_an_empty_installation_says_what_comes_first(pages: Pages, session: Session) -> None:
    administrator = make.user(Role.ADMINISTRATOR)
    page = pages.sign_in(administrator).get("/desk/")
    steps = [step.get("class") for step in page.find_all("li") if "step" in (step.get("class") or "").split()]
    assert "Add the agencies" in page.text and "Create a project" in page.text
    assert steps == ["step step-current", "step step-todo", "step step-todo"]
    make.agency()
    db.session.commit()
    steps = [step.get("class") for step in pages.get("/desk/").find_all("li") if step.get("class")]
    assert steps[:2] == ["step step-done", "step step-current"]


def test_the_desk_shows_nothing_of_other_projects(pages: Pages, world: World) -> None:
    page = pages.sign_in(world.organizer).get("/desk/")
    assert world.event.title["en"] in page.text
    assert world.other_event.title["en"] not in page.text


@pytest.mark.parametrize(
    ("role", "leads_to"), [("focal_point", "/agency/"), ("viewer", "/desk/projects"), ("nobody", None)]
)
def test_each_role_lands_where_its_work_is(pages: Pages, world: World, role: str, leads_to: str | None) -> None:
    user = make.user(None) if role == "nobody" else getattr(world, role)
    page = pages.sign_in(user).get("/desk/")
    if leads_to is None:
        assert "no role yet" in page.text
    else:
        assert page.location == leads_to


def test_the_overview_counts_and_says_what_is_next(pages: Pages, world: World) -> None:
    make.registration(world.event, world.bolor, RegistrationStatus.REQUESTED)
    make.registration(world.event, world.tuya, RegistrationStatus.CONFIRMED)
    db.session.commit()
    page = pages.sign_in(world.organizer).get(f"/desk/events/{world.event.slug}")
    assert "1 / 2" in page.text
    assert "1 to decide, 1 confirmed, 0 waiting" in page.text
    assert f"/desk/events/{world.event.slug}/registrations?status=requested" in page.html
    assert f"http://localhost/e/{world.event.slug}" in page.text, "the address to share, whole"


def test_the_overview_is_not_for_other_projects(pages: Pages, world: World) -> None:
    assert pages.sign_in(world.other_organizer).get(f"/desk/events/{world.event.slug}").status == 404
    assert pages.sign_in(world.viewer).get(f"/desk/events/{world.event.slug}").status == 403


def test_a_trainer_sees_the_event_and_no_buttons_to_change_it(pages: Pages, world: World) -> None:
    page = pages.sign_in(world.trainer).get(f"/desk/events/{world.event.slug}")
    assert page.status == 200
    assert f"/desk/events/{world.event.slug}/edit" not in page.html
