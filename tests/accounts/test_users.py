"""Administrators create accounts, grant roles, give new passwords and close accounts."""

from typing import Any

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.accounts.models import User
from trainreg.accounts.passwords import matches
from trainreg.accounts.queries import find_user_by_email
from trainreg.audit.queries import history_of
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission, Role

LIST, NEW = "/desk/users", "/desk/users/new"


@pytest.fixture
def desk(pages: Pages, world: World) -> Pages:
    """The administrator's browser."""
    return pages.sign_in(world.administrator)


def newcomer(world: World, **values: str) -> dict[str, Any]:
    usual = {
        "name": "Сарнай Батын",
        "email": "Sarnai@Example.org",
        "language": "mn",
        "role": "trainer",
        "place": f"project:{world.project.id}",
    }
    return usual | values


def shown_password(html: str) -> str:
    return html.partition('id="password">')[2].partition("<")[0]


def count_users() -> int:
    return db.session.scalar(select(func.count()).select_from(User)) or 0


def test_the_list_shows_who_may_do_what(desk: Pages, world: World) -> None:
    text = desk.get(LIST).text
    assert world.organizer.email in text and "Organizer" in text
    assert world.project.title["en"] in text and "Ministry of Labour" in text


def test_a_new_user_gets_a_password_that_is_shown_once_and_works(desk: Pages, pages: Pages, world: World) -> None:
    page = desk.post(NEW, newcomer(world))
    assert page.status == 201
    password = shown_password(page.html)
    user = find_user_by_email("sarnai@example.org")
    assert user is not None and (user.name, user.language) == ("Сарнай Батын", "mn")
    assert [(one.role, one.project_id) for one in user.grants] == [(Role.TRAINER, world.project.id)]
    assert len(password) == 19 and matches(user.password_hash, password)
    assert password not in desk.get(f"{LIST}/{user.id}").html
    assert password not in str([line.sentence for line in history_of(user)])


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter the name."),
        ("name", "1234", "at least one letter"),
        ("name", "Сар\u202eнай", "writing direction"),
        ("name", "x" * 201, "too long"),
        ("email", "", "Enter the e-mail address."),
        ("email", "nobody", "not an e-mail address"),
        ("email", "a@b@example.org", "not an e-mail address"),
        ("role", "", "Choose a role."),
        ("role", "emperor", "Choose a role from the list."),
        ("place", "", "Choose where the role holds."),
        ("place", "project:999999", "Choose a place from the list."),
        ("place", "project:1; DROP TABLE", "Choose a place from the list."),
        ("role", "focal_point", "A focal point is granted for one agency"),
        ("role", "administrator", "an administrator for everything"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    desk: Pages, world: World, field: str, value: str, sentence: str
) -> None:
    before = count_users()
    page = desk.post(NEW, newcomer(world, **{field: value}))
    assert page.status == 422
    assert page.text.count(sentence) >= 1
    kept = "name" if field == "email" else "email"
    assert page.value_of(kept) == newcomer(world)[kept]
    assert count_users() == before


def test_an_address_that_has_an_account_is_refused(desk: Pages, world: World) -> None:
    page = desk.post(NEW, newcomer(world, email=world.organizer.email.upper()))
    assert page.status == 409
    assert "already" in page.text


def test_creating_the_same_user_twice_creates_one(desk: Pages, world: World) -> None:
    assert [desk.post(NEW, newcomer(world)).status for _ in range(2)] == [201, 409]


def test_a_stale_token_keeps_what_was_typed(desk: Pages, world: World) -> None:
    page = desk.post(NEW, newcomer(world), token="forged")
    assert page.status == 400 and page.value_of("name") == "Сарнай Батын"


def test_roles_are_granted_and_taken_back(desk: Pages, world: World) -> None:
    page = desk.post(f"{LIST}/{world.trainer.id}/roles", {"role": "focal_point", "place": f"agency:{world.border.id}"})
    assert page.status == 303
    assert "Border Protection" in desk.follow(page).text
    granted = next(one for one in world.trainer.grants if one.role is Role.FOCAL_POINT)
    desk.post(f"{LIST}/{world.trainer.id}/roles/{granted.id}/remove")
    db.session.expire_all()
    assert [one.role for one in world.trainer.grants] == [Role.TRAINER]
    sentences = [line.sentence for line in history_of(world.trainer)]
    assert sentences[:2] == ["Role taken back: Focal point", "Role granted: Focal point"]


def test_a_refused_role_is_said_beside_the_list(desk: Pages, world: World) -> None:
    page = desk.post(f"{LIST}/{world.trainer.id}/roles", {"role": "viewer", "place": f"agency:{world.border.id}"})
    assert page.status == 422
    assert "A focal point is granted for one agency" in page.text
    assert page.value_of("place") == f"agency:{world.border.id}"


def test_a_role_of_another_account_is_not_found(desk: Pages, world: World) -> None:
    foreign = world.organizer.grants[0].id
    assert desk.post(f"{LIST}/{world.trainer.id}/roles/{foreign}/remove").status == 404
    assert len(world.organizer.grants) == 1


def test_the_last_administrator_stays(desk: Pages, world: World) -> None:
    own = world.administrator.grants[0].id
    page = desk.post(f"{LIST}/{world.administrator.id}/roles/{own}/remove")
    assert "last administrator" in desk.follow(page).text
    assert world.administrator.may(Permission.MANAGE_ACCOUNTS)


def test_an_administrator_whose_account_is_closed_does_not_count(desk: Pages, world: World) -> None:
    make.user(Role.ADMINISTRATOR).is_active = False
    db.session.commit()
    own = world.administrator.grants[0].id
    page = desk.post(f"{LIST}/{world.administrator.id}/roles/{own}/remove")
    assert "last administrator" in desk.follow(page).text


def test_a_new_password_ends_every_sign_in(desk: Pages, app: Any, world: World) -> None:
    other = Pages(app).sign_in(world.trainer)
    page = desk.post(f"{LIST}/{world.trainer.id}/password")
    assert page.status == 201
    assert matches(world.trainer.password_hash, shown_password(page.html))
    assert other.get("/desk/me").status == 303


def test_an_account_can_be_closed_and_opened_again(desk: Pages, app: Any, world: World) -> None:
    other = Pages(app).sign_in(world.trainer)
    assert "The account is closed." in desk.follow(desk.post(f"{LIST}/{world.trainer.id}/close")).text
    assert other.get("/desk/me").status == 303
    desk.post(f"{LIST}/{world.trainer.id}/open")
    assert world.trainer.is_active


def test_nobody_locks_themselves_out(desk: Pages, world: World) -> None:
    make.user(Role.ADMINISTRATOR)
    db.session.commit()
    for action in ("close", "password"):
        page = desk.post(f"{LIST}/{world.administrator.id}/{action}")
        assert "This is your own account." in desk.follow(page).text
    assert world.administrator.is_active


@pytest.mark.parametrize("who", ["organizer", "trainer", "me_officer", "viewer", "focal_point"])
def test_accounts_are_for_administrators(pages: Pages, world: World, who: str) -> None:
    pages.sign_in(getattr(world, who))
    one = f"{LIST}/{world.trainer.id}"
    assert [pages.get(path).status for path in (LIST, NEW, one)] == [403] * 3
    actions = (NEW, f"{one}/roles", f"{one}/roles/1/remove", f"{one}/password", f"{one}/close", f"{one}/open")
    assert [pages.post(path).status for path in actions] == [403] * 6


def test_actions_are_posts_by_somebody_signed_in(pages: Pages, world: World) -> None:
    one = f"{LIST}/{world.trainer.id}"
    assert pages.post(f"{one}/close").status == 401
    assert pages.get(LIST).location.startswith("/login")
    pages.sign_in(world.administrator)
    assert pages.get(f"{one}/close").status == 405
    assert pages.get(f"{LIST}/0").status == 404
    assert pages.get(f"{LIST}/99999999999999").status == 404
