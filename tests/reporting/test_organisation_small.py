"""What the report of all projects tells of few people to whoever may not see names in each of them."""

import re

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.reporting.attending import attends
from tests.world import World
from trainreg.accounts.models import User
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.people.rules import Level, Sex
from trainreg.programme.models import Project
from trainreg.reporting.organisation.counted import Counted, Sums
from trainreg.reporting.organisation.masks import Scope, is_safe, mask_of_all, mask_of_some
from trainreg.totals.reading import Who


def counted(projects: dict[int, int], whos: dict[str, int], spans: dict[int, int] | None = None) -> Counted:
    """Attendances, each by somebody of their own."""
    return Counted(
        {Who(sex, 1, "senior", ""): Sums(number, number, 0) for sex, number in whos.items()},
        {key: Sums(number, number, 0) for key, number in projects.items()},
        {key: Sums(number, 0, 0) for key, number in (spans or {}).items()},
    )


def whole(one: Counted, named: frozenset[int] = frozenset()) -> tuple[bool, bool, set[object]]:
    mask = mask_of_all(one, {"sex": one.by(lambda who: who.sex)}, Scope(named, one.projects))
    return mask.tells_sums, mask.tells_persons, {part for _dimension, part in mask.hidden}


@pytest.mark.parametrize(
    ("projects", "whos", "spans", "expected"),
    [
        ({1: 20, 2: 30}, {"female": 20, "male": 30}, {}, (True, True, set())),
        ({1: 20, 2: 3}, {"female": 10, "male": 13}, {}, (False, True, set())),
        ({1: 20, 2: 3, 3: 4}, {"female": 10, "male": 17}, {}, (True, True, set())),
        ({1: 20, 2: 1, 3: 1}, {"female": 10, "male": 12}, {}, (False, True, set())),
        ({1: 50}, {"female": 3, "male": 40, "not_stated": 7}, {}, (True, True, {"female", "not_stated"})),
        ({1: 50}, {"female": 20, "male": 30}, {1: 2, 2: 8, 3: 40}, (True, True, {1, 2})),
        ({1: 3}, {"female": 3}, {1: 3}, (False, False, {"female"})),
    ],
)
def test_the_whole_is_told_without_what_is_small(
    projects: dict[int, int], whos: dict[str, int], spans: dict[int, int], expected: object
) -> None:
    told = whole(counted(projects, whos, spans))
    if len(whos) == 1:
        assert told[:2] == expected[:2]  # type: ignore[index]
    else:
        assert told == expected


def test_a_small_project_whose_names_one_sees_gives_nothing_away() -> None:
    assert whole(counted({1: 20, 2: 3}, {"female": 10, "male": 13}), frozenset({2}))[0]


def test_the_sums_of_some_projects_are_told_where_each_is() -> None:
    told = mask_of_some(counted({1: 20, 2: 30}, {}), Scope(frozenset(), {1: Sums(20, 20), 2: Sums(30, 30)}))
    assert told.tells_sums and not told.tells_persons and not told.tells_parts
    sums = {1: Sums(20, 20), 2: Sums(9, 3)}
    assert not mask_of_some(counted({1: 20, 2: 9}, {}), Scope(frozenset(), sums)).tells_sums


def test_few_certificates_of_a_project_are_not_told_nor_is_their_sum() -> None:
    some = Counted(projects={1: Sums(20, 20), 2: Sums(30, 30)}, papers={1: 2, 2: 30})
    mask = mask_of_some(some, Scope(frozenset(), some.projects))
    assert mask.papers == {1} and not mask.tells_papers


def test_one_part_that_is_left_out_could_be_worked_out_and_so_could_ones() -> None:
    assert [is_safe(one) for one in ({}, {1: 4}, {1: 1, 2: 1}, {1: 1, 2: 2})] == [True, False, False, True]


@pytest.fixture
def story(world: World) -> World:
    """Forty in the first project, two of them of a level of their own; three in the other."""
    for number in range(40):
        sex = Sex.FEMALE if number < 18 else Sex.MALE
        attends(world.event, make.person(), agency=world.ministry, sex=sex, level=LEVELS[number // 2 % 3])
    other: Project = world.other_project
    other.country = "KG"
    for _number in range(3):
        attends(world.other_event, make.person(), agency=world.border, sex=Sex.FEMALE, level=Level.SENIOR)
    db.session.commit()
    return world


LEVELS = (Level.SENIOR, Level.MIDDLE, Level.JUNIOR)


def everywhere(role: Role) -> User:
    account = make.user(role)
    db.session.commit()
    return account


def test_without_names_the_filters_choose_projects_and_nothing_else(pages: Pages, story: World) -> None:
    pages.sign_in(everywhere(Role.VIEWER))
    page = pages.get("/reports")
    assert page.value_of("country") == "" and not page.find_all("select", name="year")
    for asked in ("year=2026", "first=2026-01-01", "last=2026-01-01", "kind=seminar", f"agency={story.ministry.code}"):
        refused = pages.get(f"/reports?{asked}")
        name, _sep, typed = asked.partition("=")
        if name == "year":
            continue  # offered only where somebody came in that year
        assert refused.status == 422 and refused.value_of(name) == typed
        assert "may see names in all of the projects" in refused.text and not re.search(r"\b40\b", refused.text)
        assert pages.get(f"/reports/organisation.csv?{asked}").status == 422


def test_a_choice_with_a_small_project_tells_no_sum(pages: Pages, story: World) -> None:
    pages.sign_in(everywhere(Role.VIEWER))
    assert "43 attendances" not in pages.get("/reports").text, "less the first project's forty"
    mongolia, kyrgyzstan = pages.get("/reports?country=MN"), pages.get("/reports?country=KG")
    assert "Attendances 40 Unique officials not told" in mongolia.text
    assert "By sex" not in mongolia.text
    assert not re.search(r"\b3\b", kyrgyzstan.text.partition("Unique officials")[2])
    for asked in ("", "?country=MN", "?country=KG"):
        told = pages.client.get(f"/reports/organisation.csv{asked}").get_data(as_text=True)
        rows = [line.split(",")[2:] for line in told.splitlines() if not line.startswith("Filter")]
        small = [row for row in rows if {"1", "2", "3", "4"} & set(row[:3]) or row[0] == "43"]
        assert small == []


def test_names_in_some_projects_open_the_filters_for_those(pages: Pages, story: World) -> None:
    account = make.user(Role.VIEWER)
    account.grants += [make.user(Role.ORGANIZER, project_id=story.other_project.id).grants[0]]
    db.session.commit()
    pages.sign_in(account)
    assert pages.get("/reports?kind=seminar").status == 422
    mine = pages.get("/reports?kind=seminar&country=KG")
    assert mine.status == 200 and "3 attendances by 3 officials" in mine.text
