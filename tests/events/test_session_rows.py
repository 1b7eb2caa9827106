"""On the form, sessions are laid out, added and taken out by buttons that work without JavaScript and write nothing."""

from typing import Any

import pytest

from tests.events.typed import event_form, row
from tests.pages import Page, Pages
from tests.world import World
from trainreg.events.models import Event
from trainreg.kernel.db import db


@pytest.fixture
def desk(pages: Pages, world: World) -> Pages:
    return pages.sign_in(world.organizer)


def press(desk: Pages, world: World, button: str, data: dict[str, Any] | None = None, **kwargs: Any) -> Page:
    path = f"/desk/projects/{world.project.code}/events/new"
    return desk.post(path, event_form() | (data or {}) | {"press": button}, **kwargs)


def typed_rows(page: Page) -> list[tuple[str | None, ...]]:
    count = len(page.find_all("fieldset", class_="session-row"))
    names = ("day", "starts", "ends", "day_share", "title_en")
    return [tuple(page.value_of(f"sessions-{number}-{name}") for name in names) for number in range(count)]


def sent_again(page: Page) -> dict[str, str]:
    """The rows of a page, as its form would send them."""
    inputs = page.find_all("input")
    return {i.get("name", ""): i.get("value", "") for i in inputs if (i.get("name") or "").startswith("sessions-")}


TWO_DAYS = [
    ("2027-03-01", "09:00", "12:30", "0.5", ""),
    ("2027-03-01", "13:30", "17:00", "0.5", ""),
    ("2027-03-02", "09:00", "12:30", "0.5", ""),
    ("2027-03-02", "13:30", "17:00", "0.5", ""),
]


def test_two_days_morning_and_afternoon(desk: Pages, world: World) -> None:
    page = press(desk, world, "layout", {"first_day": "2027-03-01"})
    assert page.status == 200
    assert typed_rows(page) == TWO_DAYS
    assert "4 sessions are laid out. Nothing is saved yet." in page.text
    assert page.value_of("title_mn") == "Хилийн семинар" and page.value_of("capacity") == "30"
    assert db.session.query(Event).count() == 2  # those of the small world


def test_htmx_gets_the_rows_alone(desk: Pages, world: World) -> None:
    page = press(desk, world, "layout", {"first_day": "2027-03-01"}, headers={"HX-Request": "true"})
    assert page.status == 200 and "<html" not in page.html
    assert typed_rows(page) == TWO_DAYS


def test_laying_out_again_moves_the_laid_rows_and_keeps_what_was_written(desk: Pages, world: World) -> None:
    rows = sent_again(press(desk, world, "layout", {"first_day": "2027-03-01"}))
    rows |= {"sessions-1-title_en": "Documents", "sessions-2-starts": "10:00"}
    again = {"first_day": "2027-04-05", "days": "1", "pattern": "whole_day"}
    page = press(desk, world, "layout", rows | again)
    assert typed_rows(page) == [
        ("2027-04-05", "09:00", "17:00", "1", ""),
        ("2027-03-01", "13:30", "17:00", "0.5", "Documents"),
        ("2027-03-02", "10:00", "12:30", "0.5", ""),
    ]


def test_laying_out_the_same_again_changes_nothing(desk: Pages, world: World) -> None:
    rows = sent_again(press(desk, world, "layout", {"first_day": "2027-03-01"}))
    assert typed_rows(press(desk, world, "layout", rows | {"first_day": "2027-03-01"})) == TWO_DAYS


def test_a_row_typed_by_hand_stays_and_is_not_doubled(desk: Pages, world: World) -> None:
    by_hand = row(0, ends="11:00", title_en="Opening")
    page = press(desk, world, "layout", by_hand | {"first_day": "2027-03-01", "days": "1"})
    assert typed_rows(page) == [("2027-03-01", "09:00", "11:00", "0.5", "Opening"), TWO_DAYS[1]]


def test_rows_are_added_and_taken_out(desk: Pages, world: World) -> None:
    page = press(desk, world, "add", row(0) | row(1, day="nonsense", title_en="Kept"))
    assert "Session 3 is added at the end" in page.text
    assert typed_rows(page)[1:] == [("nonsense", "09:00", "12:30", "0.5", "Kept"), ("", "", "", "0.5", "")]
    page = press(desk, world, "remove-0", sent_again(page))
    assert "Session 1 is taken out" in page.text
    assert [typed[0] for typed in typed_rows(page)] == ["nonsense", ""]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({}, "first_day", "Choose the first day"),
        ({"first_day": "2027-02-30"}, "first_day", "not in the calendar"),
        ({"first_day": "2027-03-01", "days": "0"}, "days", "from 1 to 30"),
        ({"first_day": "2027-03-01", "days": "31"}, "days", "from 1 to 30"),
        ({"first_day": "2027-03-01", "pattern": "forever"}, "pattern", "Choose one of these"),
    ],
)
def test_the_helper_says_what_it_needs(desk: Pages, world: World, values: Any, field: str, sentence: str) -> None:
    page = press(desk, world, "layout", row(0) | values)
    assert page.status == 422
    found = page.find_all("p", id=f"{field}-error")
    assert sentence in " ".join(found[0].itertext())
    assert [typed[0] for typed in typed_rows(page)] == ["2027-03-01"]


@pytest.mark.slow
def test_sixty_rows_are_enough(desk: Pages, world: World) -> None:
    page = press(desk, world, "layout", {"first_day": "2027-03-01", "days": "30"})
    assert len(typed_rows(page)) == 60
    page = press(desk, world, "add", sent_again(page))
    assert page.status == 422 and "at most 60 sessions" in page.text and len(typed_rows(page)) == 60


@pytest.mark.parametrize("button", ["remove-7", "remove--1", "remove-²", "remove-"])
def test_an_unknown_button_saves_like_any_other(desk: Pages, world: World, button: str) -> None:
    assert press(desk, world, button, row(0) | {"title_en": "", "title_mn": ""}).status == 422
