"""A link opens a visit once; the visit ends when it is left, forgotten, or its person is erased."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from tests import factories as make
from tests.me.visiting import enter, link_for
from tests.pages import Pages
from tests.world import World
from trainreg.kernel.db import db
from trainreg.me.models import OwnPageLink, Visit
from trainreg.me.service import forget_old
from trainreg.me.visits import keep_visit

BOLOR = "bolor@example.org"


def cookie_of(pages: Pages) -> str:
    cookie = pages.client.get_cookie("me")
    return cookie.value if cookie is not None else ""


def test_a_link_shows_a_button_and_looking_uses_nothing_up(pages: Pages, world: World) -> None:
    link = link_for(pages, BOLOR)
    for _scanner in range(3):
        page = pages.get(link)
        assert page.status == 200 and "Батын" not in page.text
        assert page.find_all("button", type="submit")
    assert pages.get("/me").status == 200 and cookie_of(pages) == ""
    assert pages.post(link).status == 303
    assert "Батын Болор" in pages.get("/me").text


def test_the_cookie_is_for_this_site_and_no_script(pages: Pages, world: World) -> None:
    answer = pages.post(link_for(pages, BOLOR))
    [cookie] = [one for one in answer.response.headers.getlist("Set-Cookie") if one.startswith("me=")]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Domain" not in cookie
    visit = db.session.scalars(select(Visit)).one()
    assert visit.token_hash not in cookie


def test_where_the_site_is_https_the_cookie_is_bound_to_it(app: Flask, session: object) -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    try:
        with app.test_request_context("/me"):
            cookie = keep_visit(app.response_class(), "secret").headers["Set-Cookie"]
    finally:
        app.config["SESSION_COOKIE_SECURE"] = False
    assert cookie.startswith("__Host-me=") and "Secure" in cookie and "Path=/" in cookie


def test_a_used_link_opens_no_second_browser(app: Flask, pages: Pages, world: World) -> None:
    link = link_for(pages, BOLOR)
    assert pages.post(link).status == 303
    other = Pages(app)
    again = other.post(link)
    assert again.status == 410 and "used or is too old" in again.text
    assert other.get(link).status == 410
    assert "Батын" not in other.get("/me").text


def test_pressing_twice_in_the_same_browser_is_one_visit(pages: Pages, world: World) -> None:
    link = link_for(pages, BOLOR)
    token = pages.token()
    assert [pages.post(link, token=token).status for _press in range(2)] == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 1
    assert "Батын Болор" in pages.get("/me").text


def test_a_link_is_over_after_an_hour(pages: Pages, world: World) -> None:
    with time_machine.travel("2026-11-25 08:00Z", tick=False) as clock:
        link = link_for(pages, BOLOR)
        clock.shift(3601)
        assert pages.get(link).status == pages.post(link).status == 410


@pytest.mark.parametrize("change", ["swap", "other", "unsigned", "short"])
def test_a_forged_link_is_no_page(pages: Pages, world: World, change: str) -> None:
    link = link_for(pages, BOLOR)
    head, signature = link.rsplit("/", 1)
    forged = {
        "swap": f"{head}/{signature[::-1]}",
        "other": f"/me/l/AAAAAAAAAA/{signature}",
        "unsigned": f"{head}/unsigned",
        "short": f"{head}/{signature[:-1]}",
    }[change]
    assert pages.get(forged).status == pages.post(forged).status == 404
    assert pages.post(link).status == 303, "the true one still opens"


def test_two_idle_hours_end_a_visit_and_reading_keeps_it(pages: Pages, world: World) -> None:
    with time_machine.travel("2026-11-25 08:00Z", tick=False) as clock:
        enter(pages, world.bolor)
        for _look in range(3):
            clock.shift(timedelta(hours=1, minutes=50))
            assert pages.get("/me/data").status == 200
        clock.shift(timedelta(hours=2, minutes=2))
        page = pages.get("/me/data")
        assert page.status == 401 and "visit has ended" in page.text and "Батын" not in page.text


def test_a_visit_ends_for_good_after_twelve_hours(pages: Pages, world: World) -> None:
    with time_machine.travel("2026-11-25 08:00Z", tick=False) as clock:
        enter(pages, world.bolor)
        statuses = []
        for _look in range(8):
            clock.shift(timedelta(hours=1, minutes=45))
            statuses.append(pages.get("/me/data").status)
        assert statuses == [200] * 6 + [401] * 2


def test_leaving_ends_it_for_a_copied_cookie_too(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    copied = cookie_of(pages)
    assert pages.post("/me/leave").status == 303
    assert cookie_of(pages) == ""
    pages.client.set_cookie("me", copied)
    assert pages.get("/me/data").status == 401


@pytest.mark.parametrize("cookie", ["", "a.b.c", "secret.29400000.seal", "é.1.x", "x" * 4000, "a.9999999999999.b"])
def test_a_made_up_cookie_opens_nothing(pages: Pages, world: World, cookie: str) -> None:
    pages.client.set_cookie("me", cookie)
    assert pages.get("/me/data").status == 401


def test_a_planted_cookie_is_worth_nothing_after_entering(pages: Pages, world: World) -> None:
    world.tuya.email = "tuya@example.org"
    db.session.commit()
    enter(pages, world.tuya)
    planted = cookie_of(pages)
    enter(pages, world.bolor)
    assert cookie_of(pages) != planted
    pages.client.set_cookie("me", planted)
    assert pages.get("/me/data").status == 401, "the visit before was ended"


def test_the_staff_sign_in_stays_as_it_is(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    enter(pages, world.bolor)
    assert pages.get("/desk/me").status == 200
    pages.post("/me/leave")
    assert pages.get("/desk/me").status == 200


def test_nothing_of_the_own_page_opens_or_changes_without_a_visit(pages: Pages, world: World) -> None:
    for path in ("/me/data", "/me/consents", "/me/erase", "/me/certificates/1.pdf"):
        assert pages.get(path).status == 401, path
    for path in ("/me/data", "/me/data/email", "/me/data/export", "/me/consents", "/me/erase"):
        assert pages.post(path, {"understood": "y", "given_name": "X"}).status == 401, path
    assert world.bolor.given_name == "Болор" and world.bolor.erased_at is None


def test_old_links_and_visits_are_dropped(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    assert forget_old() == 0
    for row in (*db.session.scalars(select(OwnPageLink)), *db.session.scalars(select(Visit))):
        moment = make.NOW - timedelta(days=30)
        setattr(row, "expires_at" if isinstance(row, OwnPageLink) else "ends_at", moment)
    assert forget_old() == 2
