"""Administrators keep the tree of agencies."""

from typing import Any

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.agencies.models import Agency
from trainreg.agencies.queries import find_agency_by_code, ids_with_children, in_tree_order, list_agencies
from trainreg.audit.queries import history_of
from trainreg.kernel.db import db

LIST, NEW = "/desk/agencies", "/desk/agencies/new"


@pytest.fixture
def desk(pages: Pages, world: World) -> Pages:
    """The administrator's browser."""
    return pages.sign_in(world.administrator)


def customs(**values: str) -> dict[str, Any]:
    return {"name_en": "Customs Office", "name_mn": "Гаалийн газар", "code": "customs", "parent_id": ""} | values


def edited(agency: Agency, **values: str) -> dict[str, Any]:
    """What the form of an agency sends when nothing but `values` is changed; `is_active=""` unticks the box."""
    usual = {"name_en": agency.name["en"], "name_mn": agency.name["mn"], "code": agency.code, "is_active": "y"}
    data = usual | {"parent_id": str(agency.parent_id or "")} | values
    return {name: value for name, value in data.items() if (name, value) != ("is_active", "")}


def test_the_tree_shows_departments_below_their_agency(desk: Pages, world: World) -> None:
    make.agency("Dornod office", code="dornod", parent_id=world.ministry.id)
    db.session.commit()
    page = desk.get(LIST)
    text = page.text
    assert text.index("Border Protection") < text.index("Ministry of Labour") < text.index("Dornod office")
    assert len(page.find_all("li", class_="tree-1")) == 1


def test_a_new_agency_is_offered_at_once(desk: Pages, world: World) -> None:
    page = desk.post(NEW, customs(parent_id=str(world.ministry.id)))
    assert page.status == 303 and "Customs Office" in desk.follow(page).text
    agency = find_agency_by_code("customs")
    assert agency is not None and agency.parent_id == world.ministry.id
    assert agency.name == {"en": "Customs Office", "mn": "Гаалийн газар"}
    assert agency in list_agencies()
    assert [line.sentence for line in history_of(agency)] == ["Agency created"]


@pytest.mark.parametrize(
    ("field", "value", "status", "sentence"),
    [
        ("name_en", "", 422, "Enter the name in English."),
        ("name_en", "x" * 201, 422, "too long"),
        ("name_mn", "Гааль\u200b", 422, "invisible"),
        ("code", "", 422, "Enter a short code."),
        ("code", "Customs Office", 422, "Small letters"),
        ("code", "-customs", 422, "Small letters"),
        ("code", "c" * 41, 422, "too long"),
        ("parent_id", "999999", 422, "Choose an agency from the list."),
        ("parent_id", "x", 422, "Choose an agency from the list."),
        ("code", "taken", 409, "Another agency has this code."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    desk: Pages, world: World, field: str, value: str, status: int, sentence: str
) -> None:
    make.agency("Somebody", code="taken")
    db.session.commit()
    page = desk.post(NEW, customs(**{field: value}))
    assert page.status == status
    assert sentence in page.text
    kept = "code" if field.startswith("name") else "name_en"
    assert page.value_of(kept) == customs()[kept]
    assert find_agency_by_code("customs") is None


def test_creating_the_same_agency_twice_creates_one(desk: Pages) -> None:
    assert [desk.post(NEW, customs()).status for _ in range(2)] == [303, 409]


def test_an_agency_can_be_renamed_and_moved(desk: Pages, world: World) -> None:
    data = edited(world.border, name_en="Border Authority", parent_id=str(world.ministry.id))
    assert desk.post(f"{LIST}/{world.border.id}", data).status == 303
    assert (world.border.name["en"], world.border.parent_id) == ("Border Authority", world.ministry.id)
    assert [line.sentence for line in history_of(world.border)] == ["Agency edited"]
    desk.post(f"{LIST}/{world.border.id}", edited(world.border))
    assert len(history_of(world.border)) == 1, "saving without a change is no event"


def test_an_agency_that_is_no_more_is_not_offered_and_keeps_its_place(desk: Pages, world: World) -> None:
    desk.post(f"{LIST}/{world.border.id}", edited(world.border, is_active=""))
    assert world.border not in list_agencies()
    assert "No longer offered" in desk.get(LIST).text
    desk.post(f"{LIST}/{world.border.id}", edited(world.border))
    assert world.border in list_agencies()
    assert [line.sentence for line in history_of(world.border)] == ["Agency offered again", "Agency no longer offered"]


def test_no_agency_stands_below_itself(desk: Pages, world: World) -> None:
    child = make.agency("Office", parent_id=world.ministry.id)
    db.session.commit()
    page = desk.get(f"{LIST}/{world.ministry.id}")
    offered = {option.get("value") for option in page.find_all("option")}
    assert str(child.id) not in offered and str(world.ministry.id) not in offered
    for parent in (child, world.ministry):
        page = desk.post(f"{LIST}/{world.ministry.id}", edited(world.ministry, parent_id=str(parent.id)))
        assert page.status == 422 and "below itself" in page.text
    db.session.refresh(world.ministry)
    assert world.ministry.parent_id is None


def test_children_of_children_belong_to_an_agency(world: World) -> None:
    office = make.agency("Office", parent_id=world.ministry.id)
    desk = make.agency("Desk", parent_id=office.id)
    assert ids_with_children([world.ministry.id]) == {world.ministry.id, office.id, desk.id}
    assert ids_with_children([]) == frozenset()
    assert (desk, 2) in in_tree_order(list_agencies(), "en")
    assert (desk, 0) in in_tree_order([desk], "mn"), "a child stands at the root where its parent is not listed"


@pytest.mark.parametrize("who", ["organizer", "trainer", "me_officer", "viewer", "focal_point"])
def test_agencies_are_for_administrators(pages: Pages, world: World, who: str) -> None:
    pages.sign_in(getattr(world, who))
    one = f"{LIST}/{world.border.id}"
    assert [pages.get(path).status for path in (LIST, NEW, one)] == [403] * 3
    assert [pages.post(path, customs()).status for path in (NEW, one)] == [403] * 2


def test_somebody_has_to_sign_in_and_to_post(pages: Pages, world: World) -> None:
    assert pages.get(LIST).location.startswith("/login")
    assert pages.post(NEW, customs()).status == 401
    pages.sign_in(world.administrator)
    assert pages.client.delete(NEW).status_code == 405
    assert pages.get(f"{LIST}/999999").status == 404


def test_a_stale_token_keeps_what_was_typed(desk: Pages) -> None:
    page = desk.post(NEW, customs(), token="forged")
    assert page.status == 400 and page.value_of("code") == "customs"
