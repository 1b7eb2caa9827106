"""Projects are created on one page."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.pages import Pages
from tests.programme.project_pages import typed
from tests.world import World
from trainreg.kernel.db import db
from trainreg.programme.models import Project
from trainreg.programme.queries import find_project, get_project

NEW = "/desk/projects/new"


def test_an_administrator_creates_a_project_on_one_page(pages: Pages, world: World) -> None:
    pages.sign_in(world.administrator)
    assert pages.get(NEW).status == 200
    page = pages.post(NEW, typed(partner_ids=[str(world.border.id), str(world.ministry.id)]))
    assert (page.status, page.location) == (303, "/desk/projects/MN-2030")
    project = get_project("MN-2030")
    assert (project.starts_on, project.ends_on) == (date(2030, 1, 1), date(2031, 12, 31))
    assert (project.budget_amount, project.budget_currency) == (Decimal("100000.50"), "USD")
    assert [outcome.number for outcome in project.outcomes] == [1, 2]
    assert {partner.agency_id for partner in project.partners} == {world.border.id, world.ministry.id}
    assert [one.name for one in project.signatories] == [{"en": "B. Director"}]
    assert "The project is created." in pages.follow(page).text


def test_the_list_shows_what_the_account_may_see(pages: Pages, world: World) -> None:
    page = pages.sign_in(world.organizer).get("/desk/projects")
    assert world.project.title["en"] in page.text and world.other_project.title["en"] not in page.text
    page = pages.sign_in(world.trainer).get("/desk/projects")
    assert world.project.title["en"] in page.text and "/desk/projects/" not in page.html
    page = pages.sign_in(world.administrator).get("/desk/projects")
    assert world.other_project.title["en"] in page.text
    assert pages.sign_in(world.focal_point).get("/desk/projects").status == 403


def test_only_those_who_may_create_projects_create_one(pages: Pages, world: World) -> None:
    assert pages.get(NEW).location.startswith("/login")
    assert pages.post(NEW, typed()).status == 401
    pages.sign_in(world.organizer)
    assert pages.get(NEW).status == 403
    assert pages.post(NEW, typed()).status == 403
    assert find_project("MN-2030") is None


def test_the_same_form_twice_makes_one_project(pages: Pages, world: World) -> None:
    pages.sign_in(world.administrator)
    pages.post(NEW, typed())
    page = pages.post(NEW, typed(code="mn-2030"))
    assert page.status == 409
    assert "Another project has this code." in page.text
    assert page.value_of("title_mn") == "Аюулгүй шилжилт"
    assert db.session.scalar(select(func.count()).where(func.lower(Project.code) == "mn-2030")) == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("code", "", "Give the project a code."),
        ("code", "MN 2030", "Use Latin letters and digits"),
        ("code", "new", "Use Latin letters and digits"),
        ("code", "M" * 41, "At most 40 characters."),
        ("title_en", "T" * 301, "At most 300 characters."),
        ("title_en", "Safe\u202emigration", "hidden character"),
        ("summary_en", "S" * 3001, "At most 3,000 characters."),
        ("organisation_en", "", "Name the organisation"),
        ("country", "XX", "Choose one of these."),
        ("timezone", "Asia/Nowhere", "Choose a time zone from the list"),
        ("timezone", "", "Choose a time zone."),
        ("starts_on", "", "Say when the project starts."),
        ("starts_on", "2030-02-30", "not in the calendar"),
        ("starts_on", "0203-01-01", "not in the calendar"),
        ("starts_on", "soon", "not in the calendar"),
        ("ends_on", "2029-12-31", "cannot end before it starts"),
        ("ends_on", "2031-02-30", "not in the calendar"),
        ("budget_amount", "-5", "cannot be less than nothing"),
        ("budget_amount", "a lot", "Write an amount in digits"),
        ("budget_amount", "NaN", "Write an amount in digits"),
        ("budget_amount", "9" * 13, "Write an amount in digits"),
        ("budget_currency", "", "Say in which currency"),
        ("budget_currency", "XXY", "code of three letters"),
        ("outcomes-1-number", "1", "Two outcomes have the number 1."),
        ("outcomes-1-number", "0", "Number the outcomes from 1 to 999."),
        ("outcomes-1-number", "two", "Write a whole number in digits."),
        ("outcomes-1-number", "9" * 18, "Number the outcomes from 1 to 999."),
        ("outcomes-0-title_en", "T" * 301, "At most 300 characters."),
        ("signatories-0-name_en", "!!!", "A name needs at least one letter."),
        ("signatories-0-name_en", "", "Write the name of the person"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_everything_typed_is_kept(
    pages: Pages, world: World, field: str, value: str, words: str
) -> None:
    content = typed(**{field: value})
    page = pages.sign_in(world.administrator).post(NEW, content)
    assert page.status == 422
    assert page.text.count(words) >= 1
    assert any(element.get("id") == "error-summary" for element in page.find_all("div"))
    for name, was_typed in content.items():
        if name not in {"summary_en", "country"}:  # a list shows no choice that it does not have
            assert page.value_of(name) == was_typed, name
    assert find_project(content["code"]) is None


def test_an_empty_form_says_all_that_is_missing_at_once(pages: Pages, world: World) -> None:
    page = pages.sign_in(world.administrator).post(NEW, {})
    assert page.status == 422
    for words in ("Give the project a code.", "Name the organisation", "title", "Say when the project starts."):
        assert words in page.text


def test_an_unknown_agency_is_refused(pages: Pages, world: World) -> None:
    for unknown in ("999999", "ministry", "9" * 30):
        page = pages.sign_in(world.administrator).post(NEW, typed(partner_ids=[unknown]))
        assert page.status == 422
        assert "no longer on the list" in page.text


def test_a_title_in_one_language_is_enough_and_none_is_not(pages: Pages, world: World) -> None:
    pages.sign_in(world.administrator)
    assert pages.post(NEW, typed(title_en="", title_mn="")).status == 422
    assert pages.post(NEW, typed(title_en="")).status == 303


def test_a_stale_token_keeps_what_was_typed(pages: Pages, world: World) -> None:
    page = pages.sign_in(world.administrator).post(NEW, typed(), token="forged")
    assert page.status == 400
    assert page.value_of("outcomes-1-title_en") == "Improved legal framework"
    assert find_project("MN-2030") is None


def test_an_outcome_row_is_added_and_taken_out_without_writing(pages: Pages, world: World) -> None:
    pages.sign_in(world.administrator)
    page = pages.post(NEW, typed(action="add-outcome"))
    assert page.status == 200
    assert page.value_of("outcomes-2-number") == "3"
    assert page.value_of("outcomes-0-title_en") == "Improved policy framework"
    assert page.value_of("title_mn") == "Аюулгүй шилжилт"
    page = pages.post(NEW, typed(action="remove-outcome-0"))
    assert page.status == 200
    assert page.value_of("outcomes-0-title_en") == "Improved legal framework"
    assert page.value_of("outcomes-1-title_en") is None
    assert find_project("MN-2030") is None


@pytest.mark.parametrize("action", ["remove-outcome-9", "remove-outcome--1", "dance"])
def test_a_button_that_is_not_on_the_page_saves(pages: Pages, world: World, action: str) -> None:
    assert pages.sign_in(world.administrator).post(NEW, typed(action=action)).status == 303


def test_an_empty_new_row_is_not_an_outcome(pages: Pages, world: World) -> None:
    pages.sign_in(world.administrator).post(NEW, typed(**{"outcomes-2-number": "3", "outcomes-2-title_en": " "}))
    assert len(get_project("MN-2030").outcomes) == 2


def test_there_are_at_most_thirty_outcomes(pages: Pages, world: World) -> None:
    rows = {}
    for number in range(30):
        rows |= {f"outcomes-{number}-number": str(number + 1), f"outcomes-{number}-title_en": "Outcome"}
    page = pages.sign_in(world.administrator).post(NEW, typed(**rows, action="add-outcome"))
    assert page.status == 422
    assert "at most 30 outcomes" in page.text
