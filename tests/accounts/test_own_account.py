"""One's own account: password, language, sign-ins."""

from typing import Any

import pytest

from tests.factories import PASSWORD
from tests.pages import Pages
from tests.world import World
from trainreg.accounts.passwords import matches
from trainreg.audit.queries import history_of

ME = "/desk/me"
NEW_PASSWORD = "four white horses by the river"


@pytest.fixture
def own(pages: Pages, world: World) -> Pages:
    return pages.sign_in(world.viewer)


def test_the_page_says_who_one_is_and_what_one_may_do(own: Pages, world: World) -> None:
    text = own.get(ME).text
    assert world.viewer.email in text and "Viewer" in text and "This browser" in text


def test_name_and_language_can_be_changed(own: Pages, world: World) -> None:
    page = own.post(ME, {"name": "Дулмаа", "language": "mn"})
    assert page.status == 303
    assert (world.viewer.name, world.viewer.language) == ("Дулмаа", "mn")
    assert own.follow(page).html.count('lang="mn"') >= 1
    assert history_of(world.viewer)[0].sentence


@pytest.mark.parametrize("data", [{"name": "", "language": "en"}, {"name": "X", "language": "tlh"}, {"name": "\u200b"}])
def test_a_wrong_name_or_language_is_refused(own: Pages, world: World, data: dict[str, str]) -> None:
    before = world.viewer.name
    assert own.post(ME, data).status == 422
    assert world.viewer.name == before


def test_a_new_password_needs_the_old_one_and_ends_the_other_sign_ins(own: Pages, app: Any, world: World) -> None:
    elsewhere = Pages(app).sign_in(world.viewer)
    page = own.post(f"{ME}/password", {"old_password": PASSWORD, "password": NEW_PASSWORD})
    assert page.status == 303
    assert own.follow(page).status == 200, "signed in here with a fresh session"
    assert elsewhere.get(ME).status == 303
    assert matches(world.viewer.password_hash, NEW_PASSWORD)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("not the password", NEW_PASSWORD, "not your present password"),
        (PASSWORD, "short", "at least 12 characters"),
        (PASSWORD, "aaaaaaaaaaaaaaaa", "at least 12 characters"),
        (PASSWORD, "", "Enter a new password."),
        ("", NEW_PASSWORD, "Enter your present password."),
        (PASSWORD, "x" * 300, "too long"),
    ],
)
def test_a_refused_password_changes_nothing(own: Pages, world: World, old: str, new: str, sentence: str) -> None:
    page = own.post(f"{ME}/password", {"old_password": old, "password": new})
    assert page.status == 422
    assert sentence in page.text
    assert not page.value_of("password") and not page.value_of("old_password"), "passwords are never sent back"
    assert matches(world.viewer.password_hash, PASSWORD)


def test_guessing_the_old_password_is_slowed_down(own: Pages) -> None:
    data = {"old_password": "guess after guess", "password": NEW_PASSWORD}
    assert [own.post(f"{ME}/password", data).status for _ in range(10)][-1] == 429


def test_other_sign_ins_can_be_ended(own: Pages, app: Any, world: World) -> None:
    elsewhere = Pages(app).sign_in(world.viewer)
    assert "Sign out everywhere else" in own.get(ME).text
    own.post(f"{ME}/sign-ins/end")
    assert elsewhere.get(ME).status == 303
    page = own.get(ME)
    assert page.status == 200 and "Sign out everywhere else" not in page.text


def test_only_who_is_signed_in_has_a_page(pages: Pages, world: World) -> None:
    assert pages.get(ME).location.startswith("/login")
    for path in (ME, f"{ME}/password", f"{ME}/sign-ins/end"):
        assert pages.post(path).status == 401
    pages.sign_in(world.focal_point)
    assert pages.get(f"{ME}/password").status == 405


def test_a_stale_token_keeps_what_was_typed(own: Pages) -> None:
    page = own.post(ME, {"name": "Дулмаа", "language": "mn"}, token="forged")
    assert page.status == 400 and page.value_of("name") == "Дулмаа"
