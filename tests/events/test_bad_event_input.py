"""What cannot be an event gets a sentence beside the field, and everything typed is kept."""

from typing import Any

import pytest

from tests.events.typed import event_form, row
from tests.pages import Page, Pages
from tests.world import World
from trainreg.events.queries import find_event


def post(pages: Pages, world: World, **values: Any) -> Page:
    pages.sign_in(world.organizer)
    page = pages.post(f"/desk/projects/{world.project.code}/events/new", event_form() | row() | values)
    assert page.status == 422, page.text
    assert "There is something to correct" in page.text
    assert find_event("border-seminar") is None
    return page


def beside(page: Page, field: str) -> str:
    """The sentence beside a field."""
    found = page.find_all("p", id=f"{field}-error")
    assert found, f"no sentence beside {field}: {page.text[:400]}"
    return " ".join(" ".join(found[0].itertext()).split())


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title_en", "x" * 201, "At most 200 characters"),
        ("title_en", "Border\u202eseminar", "turns the writing direction"),
        ("title_mn", "Хил\u0007", "cannot be printed"),
        ("place_en", "Zamyn\u200bUud", "invisible"),
        ("summary_en", "y" * 2001, "At most 2,000 characters"),
        ("timezone", "Mars/Olympus", "Choose a time zone"),
        ("timezone", "", "Choose a time zone"),
        ("timezone", "../../etc/passwd", "Choose a time zone"),
        ("kind", "party", "Choose one of these"),
        ("approval", "never", "Choose one of these"),
        ("capacity", "0", "from 1 to 100,000"),
        ("capacity", "1000000000", "from 1 to 100,000"),
        ("capacity", "-5", "whole number"),
        ("capacity", "²", "whole number"),
        ("threshold", "101", "0 to 100"),
        ("threshold", "NaN", "number in digits"),
        ("opens_at", "2027-02-30T09:00", "day and the time"),
        ("closes_at", "tomorrow", "day and the time"),
        ("outcome_ids", "999999", "not an outcome of this project"),
        ("outcome_ids", "one", "not an outcome of this project"),
    ],
)
def test_a_field_says_what_is_wrong_with_it(pages: Pages, world: World, field: str, typed: str, sentence: str) -> None:
    page = post(pages, world, **{field: typed})
    assert sentence in beside(page, field)
    if field not in {"kind", "approval", "outcome_ids"} and "\u0007" not in typed:
        assert page.value_of(field) == typed
    assert page.value_of("title_mn" if field == "title_en" else "title_en")
    assert page.value_of("sessions-0-ends") == "12:30"


def test_a_title_is_needed_in_one_language(pages: Pages, world: World) -> None:
    page = post(pages, world, title_en=" ", title_mn="")
    assert "at least one language" in beside(page, "title_en")


def test_registration_closes_after_it_opens(pages: Pages, world: World) -> None:
    page = post(pages, world, opens_at="2027-02-02T09:00", closes_at="2027-02-02T09:00")
    assert "close after it opens" in beside(page, "closes_at")


def test_listed_agencies_are_listed_and_known(pages: Pages, world: World) -> None:
    page = post(pages, world, audience="listed_agencies")
    assert "at least one agency" in beside(page, "agency_ids")
    page = post(pages, world, audience="listed_agencies", agency_ids=[str(world.ministry.id), "424242"])
    assert "not known" in beside(page, "agency_ids")
    ticked = page.find_all("input", name="agency_ids", value=str(world.ministry.id))
    assert ticked[0].get("checked") is not None


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"day": "2027-02-30"}, "day", "not in the calendar"),
        ({"day": "0001-01-01"}, "day", "not in the calendar"),
        ({"day": "9999-12-31"}, "day", "not in the calendar"),
        ({"day": ""}, "day", "Enter the day"),
        ({"starts": "25:00"}, "starts", "hours and minutes"),
        ({"ends": "09:00"}, "ends", "end after it starts"),
        ({"ends": "08:00"}, "ends", "end after it starts"),
        ({"starts": "00:00", "ends": "23:00"}, "ends", "at most 16 hours"),
        ({"day_share": "1.5"}, "day_share", "from 0 to 1"),
        ({"day_share": "half"}, "day_share", "number in digits"),
        ({"day_share": ""}, "day_share", "share of a day"),
        ({"timezone": "Mars/Olympus"}, "timezone", "Choose a time zone"),
        ({"title_en": "z" * 201}, "title_en", "At most 200"),
        ({"day": "2031-03-01"}, "day", "far outside the project"),
        ({"day": "2027-03-28", "starts": "02:30", "timezone": "Europe/Berlin"}, "starts", "skip this time"),
        ({"day": "2027-10-31", "starts": "02:30", "timezone": "Europe/Berlin"}, "starts", "show this time twice"),
    ],
)
def test_a_session_says_what_is_wrong_with_it(
    pages: Pages, world: World, values: dict[str, str], field: str, sentence: str
) -> None:
    page = post(pages, world, **row(0, **values))
    assert sentence in beside(page, f"sessions-0-{field}")
    assert "Session 1, " in page.text
    for name, typed in values.items():
        assert page.value_of(f"sessions-0-{name}") == typed


def test_sessions_lie_together_and_do_not_overlap(pages: Pages, world: World) -> None:
    rows = row(0) | row(1, starts="12:00", ends="15:00") | row(2, day="2027-06-01")
    page = post(pages, world, **rows)
    assert "in the same place at this time" in beside(page, "sessions-1-starts")
    assert "more than 60 days away" in beside(page, "sessions-2-day")


def test_an_event_has_at_most_sixty_sessions(pages: Pages, world: World) -> None:
    rows: dict[str, str] = {}
    for number in range(61):
        rows |= row(
            number, starts=f"{number % 24:02}:00", ends=f"{number % 24:02}:30", day=f"2027-03-{1 + number % 28:02}"
        )
    assert "at most 60 sessions" in post(pages, world, **rows).text


def test_a_skipped_opening_time_is_refused(pages: Pages, world: World) -> None:
    page = post(pages, world, timezone="Europe/Berlin", opens_at="2027-03-28T02:30")
    assert "skip this time" in beside(page, "opens_at")


@pytest.mark.parametrize("name", ["sessions-²-day", "sessions-99999999999999999999-day", "sessions--day", "sessions-x"])
def test_rows_that_no_page_sends_are_left_alone(pages: Pages, world: World, name: str) -> None:
    page = post(pages, world, **{name: "2027-03-01", "title_en": "", "title_mn": ""})
    assert len(page.find_all("fieldset", class_="session-row")) == 1
