"""Two people who mark written answers at once, and marks that are too high: nothing that was typed is lost."""

import pytest
from sqlalchemy import select

from tests.assessment.test_paper import asked, give_marks, marking, people, row, save
from tests.pages import Page, Pages
from tests.world import World
from trainreg.assessment.models import TestAnswer, TestQuestion
from trainreg.kernel.db import db
from trainreg.registration.models import Registration

__all__ = ["asked", "people"]


@pytest.fixture
def written(pages: Pages, world: World, people: list[Registration], asked: list[TestQuestion]) -> list[TestAnswer]:
    pages.sign_in(world.trainer)
    save(pages, world, row(people[0], asked, "a", "1", "Mine") | row(people[1], asked, "a", "1", "Theirs"))
    return list(db.session.scalars(select(TestAnswer).where(TestAnswer.points.is_(None)).order_by(TestAnswer.id)))


def fields(page: Page) -> dict[str, str]:
    """What a browser would send of the page."""
    found = {one.get("name", ""): one.get("value", "") for one in page.find_all("input")}
    return {name: value for name, value in found.items() if name.startswith(("was-", "points-"))}


def points(written: list[TestAnswer]) -> list[str]:
    db.session.expire_all()
    return [str(one.points) for one in written]


def test_a_mark_nobody_touched_sets_no_newer_mark_back(pages: Pages, world: World, written: list[TestAnswer]) -> None:
    mine, theirs = (f"points-{one.id}" for one in written)
    give_marks(pages, world, {mine: "1", theirs: "1"})
    early = fields(pages.get(f"{marking(world)}?show=all"))
    give_marks(pages, world, {mine: "4"})
    saved = pages.post(f"{marking(world)}?show=all", early | {theirs: "2.5"})
    assert saved.status == 303 and saved.location.endswith("?show=all"), "the tab stays"
    assert points(written) == ["4.00", "2.50"]


@pytest.mark.parametrize("tab", ["", "?show=all"])
def test_an_answer_marked_meanwhile_is_told_and_what_was_typed_stays(
    pages: Pages, world: World, written: list[TestAnswer], tab: str
) -> None:
    mine, theirs = (f"points-{one.id}" for one in written)
    early = fields(pages.get(f"{marking(world)}{tab}"))
    give_marks(pages, world, {mine: "4"})
    page = pages.post(f"{marking(world)}{tab}", early | {mine: "1", theirs: "2"})
    assert page.status == 409 and "marked or changed this answer meanwhile" in page.text and "Kept now: 4" in page.text
    assert (page.value_of(mine), page.value_of(theirs)) == ("1", "2") and points(written) == ["4.00", "None"]
    again = fields(page)
    for _twice in range(2):
        assert pages.post(f"{marking(world)}{tab}", again).status == 303
        assert points(written) == ["1.00", "2.00"]


def test_a_mark_for_words_that_changed_since_is_refused(
    pages: Pages, world: World, written: list[TestAnswer], people: list[Registration], asked: list[TestQuestion]
) -> None:
    early = fields(pages.get(marking(world)))
    save(pages, world, row(people[0], asked, "a", "1", "Other words"))
    page = pages.post(marking(world), early | {f"points-{written[0].id}": "3"})
    assert page.status == 409 and "Other words" in page.text and points(written) == ["None", "None"]
    save(pages, world, row(people[0], asked, "", "", ""))
    gone = pages.post(marking(world), early | {f"points-{written[0].id}": "3", f"points-{written[1].id}": "2"})
    assert gone.status == 409 and gone.value_of(f"points-{written[1].id}") == "2"


@pytest.mark.parametrize("bad", ["5", "many", "-1"])
def test_a_mark_that_is_too_high_loses_nothing(pages: Pages, world: World, written: list[TestAnswer], bad: str) -> None:
    mine, theirs = (f"points-{one.id}" for one in written)
    early = fields(pages.get(f"{marking(world)}?show=all"))
    page = pages.post(f"{marking(world)}?show=all", early | {mine: bad, theirs: "3"})
    assert page.status == 422 and (page.value_of(mine), page.value_of(theirs)) == (bad, "3")
    [field] = page.find_all("input", name=mine)
    assert field.get("aria-describedby") == f"{mine}-error" and page.find_all("p", id=f"{mine}-error")
    [form] = [one for one in page.find_all("form") if (one.get("action") or "").startswith(marking(world))]
    assert (form.get("action") or "").endswith("?show=all"), "the tab stays"
    assert points(written) == ["None", "None"]
