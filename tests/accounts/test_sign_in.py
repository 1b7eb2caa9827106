"""Staff sign in and out."""

import pytest
from sqlalchemy import select

from tests.factories import PASSWORD, STAFF
from tests.pages import Pages
from tests.world import World
from trainreg.accounts.models import SignIn
from trainreg.accounts.service import set_active
from trainreg.kernel.db import db


def test_right_password_opens_the_desk(pages: Pages, world: World) -> None:
    page = pages.post("/login", {"email": world.organizer.email.upper(), "password": PASSWORD})
    assert page.status == 303
    assert pages.follow(page).status == 200


@pytest.mark.parametrize("email", ["organizer", "nobody@example.org"])
def test_wrong_password_and_unknown_account_get_the_same_answer(pages: Pages, world: World, email: str) -> None:
    email = world.organizer.email if email == "organizer" else email
    page = pages.post("/login", {"email": email, "password": "not the password"})
    assert page.status == 401
    assert "do not belong together" in page.text
    assert page.value_of("email") == email
    assert page.value_of("password") in {None, ""}


def test_signing_out_ends_the_session_even_for_a_captured_cookie(pages: Pages, world: World) -> None:
    pages.post("/login", {"email": world.organizer.email, "password": PASSWORD})
    captured = pages.client.get_cookie("trainreg")
    assert captured is not None
    assert pages.get("/desk/").status == 200
    assert pages.post("/logout").status == 303
    pages.client.set_cookie("trainreg", captured.value)
    assert pages.get("/desk/").location.startswith("/login")


def test_closing_an_account_ends_its_sign_ins(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    set_active(world.organizer, False, by=STAFF)
    db.session.commit()
    assert pages.get("/desk/").status == 303


def test_the_database_holds_no_usable_session_secret(pages: Pages, world: World) -> None:
    pages.post("/login", {"email": world.organizer.email, "password": PASSWORD})
    with pages.client.session_transaction() as cookie:
        secret = cookie["_user_id"]
    kept = db.session.scalars(select(SignIn.token_hash)).all()
    assert kept and secret not in kept


def test_too_many_tries_are_slowed_down(pages: Pages, world: World) -> None:
    data = {"email": world.organizer.email, "password": "wrong again and again"}
    statuses = [pages.post("/login", data).status for _ in range(10)]
    assert statuses[0] == 401 and statuses[-1] == 429
    assert pages.post("/login", {**data, "password": PASSWORD}).status == 429


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "https:evil"])
def test_next_never_leads_away(pages: Pages, world: World, target: str) -> None:
    page = pages.post(f"/login?next={target}", {"email": world.organizer.email, "password": PASSWORD})
    assert page.location == "/desk/"


def test_a_stale_token_keeps_what_was_typed(pages: Pages, world: World) -> None:
    page = pages.post("/login", {"email": world.organizer.email, "password": PASSWORD}, token="forged")
    assert page.status == 400
    assert "open for too long" in page.text
    assert page.value_of("email") == world.organizer.email
