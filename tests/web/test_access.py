"""Who comes in: one rule for each route, permissions by project and by agency."""

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.kernel.permissions import ROLE_PERMISSIONS, Permission, Role
from trainreg.web.access import needs, public, signed_in

P = Permission


def test_a_view_has_one_rule() -> None:
    def view() -> None:
        """Nobody calls this."""

    public(view)
    for other in (public, signed_in, needs(P.VIEW_EVENTS)):
        with pytest.raises(ValueError, match="two access rules"):
            other(view)


def test_a_stranger_is_asked_to_sign_in_and_comes_back(pages: Pages, world: World) -> None:
    page = pages.get("/desk/me?lang=en")
    assert page.status == 303
    assert page.location == "/login?next=/desk/me?lang%3Den"


def test_a_form_sent_after_the_session_ended_is_not_lost_in_a_redirect(pages: Pages, world: World) -> None:
    page = pages.post("/desk/me", {"name": "X", "language": "en"})
    assert page.status == 401
    assert "Sign in" in page.text


def test_a_role_that_lacks_the_permission_everywhere_is_told_so(pages: Pages, world: World) -> None:
    page = pages.sign_in(world.viewer).get("/desk/users")
    assert page.status == 403 and "role does not allow" in page.text


def test_a_thing_of_another_project_and_a_thing_that_is_not_there_are_answered_alike(
    pages: Pages, world: World
) -> None:
    pages.sign_in(world.organizer)
    foreign = pages.get(f"/desk/events/{world.other_event.slug}/attendance")
    missing = pages.get("/desk/events/never-was/attendance")
    assert foreign.status == missing.status == 404
    assert foreign.text == missing.text


@pytest.mark.parametrize("role", list(Role))
def test_a_scoped_role_holds_in_its_place_only(world: World, role: Role) -> None:
    if role in {Role.ADMINISTRATOR, Role.FOCAL_POINT}:
        return
    user = make.user(role, project_id=world.project.id)
    for permission in Permission:
        held = permission in ROLE_PERMISSIONS[role]
        assert user.may(permission) is held
        assert user.may(permission, project_id=world.project.id) is held
        assert not user.may(permission, project_id=world.other_project.id)
        assert not user.may(permission, agency_id=world.ministry.id)
        assert user.project_ids(permission) == (frozenset({world.project.id}) if held else frozenset())


def test_an_administrator_holds_everything_everywhere_but_no_agency_s_view(world: World) -> None:
    for permission in set(Permission) - {P.VIEW_OWN_AGENCY, P.NOMINATE}:
        assert world.administrator.may(permission, project_id=world.other_project.id)
        assert world.administrator.project_ids(permission) is None
    assert not world.administrator.may(P.VIEW_OWN_AGENCY) and not world.administrator.may(P.NOMINATE)


def test_a_focal_point_sees_one_agency(world: World) -> None:
    user = world.focal_point
    assert user.may(P.VIEW_OWN_AGENCY, agency_id=world.ministry.id)
    assert not user.may(P.VIEW_OWN_AGENCY, agency_id=world.border.id)
    assert user.agency_ids(P.VIEW_OWN_AGENCY) == {world.ministry.id}
    assert not user.may(P.VIEW_NAMES)


def test_roles_add_up(world: World) -> None:
    user = make.user(Role.VIEWER, project_id=world.project.id)
    user.grants += make.user(Role.TRAINER, project_id=world.other_project.id).grants
    assert user.may(P.TAKE_ATTENDANCE, project_id=world.other_project.id)
    assert not user.may(P.TAKE_ATTENDANCE, project_id=world.project.id)
    assert user.may(P.VIEW_RESULTS, project_id=world.project.id)


def test_an_account_without_a_role_sees_nothing(pages: Pages, world: World) -> None:
    pages.sign_in(make.user(None))
    assert pages.get("/desk/me").status == 200
    assert pages.get(f"/desk/events/{world.event.slug}/attendance").status == 403


def test_names_are_seen_by_those_who_need_them_contacts_by_fewer() -> None:
    sees_names = {role for role in Role if P.VIEW_NAMES in ROLE_PERMISSIONS[role]}
    sees_contacts = {role for role in Role if P.VIEW_CONTACTS in ROLE_PERMISSIONS[role]}
    assert sees_names == {Role.ADMINISTRATOR, Role.ORGANIZER, Role.TRAINER, Role.ME_OFFICER}
    assert sees_contacts == {Role.ADMINISTRATOR, Role.ORGANIZER}
