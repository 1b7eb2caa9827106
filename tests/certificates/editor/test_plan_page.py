"""An event's page on which it chooses how its certificates look."""

from flask import Flask

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.certificates.editor.queries import Plan, plan_of
from trainreg.certificates.editor.rules import Mailing
from trainreg.kernel.db import db

CHOSEN = {"design": "", "first": "mn", "second": "en", "mail": "attachment", "valid_months": "24", "person": ""}


def _page(world: World) -> str:
    return f"/desk/events/{world.event.slug}/certificates/design"


def test_an_event_plans_its_certificates(app: Flask, world: World) -> None:
    pages = Pages(app).sign_in(world.organizer)
    page = pages.get(_page(world))
    assert page.value_of("first") == "en"
    (picture,) = page.find_all("img", data_plan_picture="")
    assert pages.get(str(picture.get("src"))).response.data.startswith(b"\x89PNG")
    page = pages.follow(pages.post(_page(world), CHOSEN | {"vertical": "y"}))
    assert "The certificates of this event are planned." in page.text
    db.session.expire_all()
    assert plan_of(world.event) == Plan(languages=("mn", "en"), vertical=True, valid_months=24, mail=Mailing.ATTACHMENT)


def test_what_does_not_fit_together_is_said(app: Flask, world: World) -> None:
    pages = Pages(app).sign_in(world.organizer)
    for change in ({"second": "mn"}, {"valid_months": "0"}, {"valid_months": "x"}, {"design": "0" * 64}, {"mail": "x"}):
        assert pages.post(_page(world), CHOSEN | change).status == 422
    assert plan_of(world.event) == Plan()


def test_the_picture_is_drawn_for_somebody_of_the_list(app: Flask, world: World) -> None:
    reference = make.registration(world.event, world.bolor).reference
    db.session.commit()
    pages = Pages(app).sign_in(world.organizer)
    pictures = [
        pages.get(f"{_page(world)}.png", query_string=CHOSEN | {"person": one}).response.data for one in ("", reference)
    ]
    assert all(one.startswith(b"\x89PNG") for one in pictures)
    assert pictures[0] != pictures[1]
    assert pages.get(f"{_page(world)}.png", query_string=CHOSEN | {"design": "0" * 64}).status == 404


def test_only_those_who_issue_come_in(app: Flask, world: World) -> None:
    for user, status in ((world.other_organizer, 404), (world.trainer, 403), (world.viewer, 403)):
        pages = Pages(app).sign_in(user)
        assert pages.get(_page(world)).status == status
        assert pages.get(f"{_page(world)}.png").status == status
        assert pages.post(_page(world), CHOSEN).status == status
