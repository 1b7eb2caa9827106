"""When people are reminded and thanked, and placeholders in letters."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainreg.correspondence.rules import (
    PLACEHOLDERS,
    days_from,
    days_until,
    filled,
    is_daytime,
    pieces,
    reminder_due,
    thanks_due,
    unknown_placeholders,
)

ZONE = "Asia/Ulaanbaatar"  # eight hours ahead of UTC
START = datetime(2026, 12, 16, 1, 0, tzinfo=UTC)  # nine in the morning of the 16th there
VALUES = {name: f"<{name}>" for name in PLACEHOLDERS}


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 12, 9, 0, 59, tzinfo=UTC), None),
        (datetime(2026, 12, 9, 1, 0, tzinfo=UTC), 7),
        (datetime(2026, 12, 15, 0, 59, tzinfo=UTC), 7),
        (datetime(2026, 12, 15, 1, 0, tzinfo=UTC), 1),
        (datetime(2026, 12, 16, 0, 59, tzinfo=UTC), 1),
        (START, None),
    ],
)
def test_the_last_reminder_whose_morning_has_come_is_due_until_the_start(now: datetime, due: int | None) -> None:
    assert reminder_due(START, ZONE, [7, 1], now) == due


def test_without_days_nobody_is_reminded() -> None:
    assert reminder_due(START, ZONE, [], START - timedelta(hours=1)) is None


def test_days_are_those_of_the_calendar_at_the_place() -> None:
    late_evening = datetime(2026, 12, 14, 15, 30, tzinfo=UTC)  # half past eleven at night of the 14th
    assert days_until(START, ZONE, late_evening) == 2
    assert days_until(START, ZONE, late_evening + timedelta(hours=1)) == 1


def test_thanks_go_out_from_the_next_morning_for_a_week() -> None:
    end = datetime(2026, 12, 17, 9, 0, tzinfo=UTC)
    assert not thanks_due(end, ZONE, datetime(2026, 12, 18, 1, 59, tzinfo=UTC))
    assert thanks_due(end, ZONE, datetime(2026, 12, 18, 2, 0, tzinfo=UTC))
    assert thanks_due(end, ZONE, datetime(2026, 12, 25, 1, 59, tzinfo=UTC))
    assert not thanks_due(end, ZONE, datetime(2026, 12, 25, 2, 0, tzinfo=UTC))


def test_nothing_is_written_at_night() -> None:
    assert not is_daytime(datetime(2026, 12, 15, 23, 59, tzinfo=UTC), ZONE)
    assert is_daytime(datetime(2026, 12, 16, 0, 0, tzinfo=UTC), ZONE)
    assert not is_daytime(datetime(2026, 12, 16, 12, 0, tzinfo=UTC), ZONE)


@pytest.mark.parametrize(
    ("typed", "days"),
    [("7, 1", [7, 1]), ("1 7 7", [7, 1]), ("", []), (" 14;3 ", [14, 3]), ("0", None), ("61", None), ("x", None)],
)
def test_days_are_read_as_people_type_them(typed: str, days: list[int] | None) -> None:
    assert days_from(typed) == days


def test_more_reminders_than_anybody_reads_are_refused() -> None:
    assert days_from("1 2 3 4 5 6") is None


def test_known_placeholders_are_filled_and_unknown_ones_named() -> None:
    assert filled("Dear {name}, {event} at {place}.", VALUES) == "Dear <name>, <event> at <place>."
    assert unknown_placeholders("{nmae} and {name} and {nmae} {дата}") == ["nmae", "дата"]


@pytest.mark.parametrize("typed", ["Ann {", "}", "{}", "{ name }", "{{}}", "{0}", "100 % {", "%(name)s", "{name"])
def test_braces_that_hold_no_word_stay_as_typed(typed: str) -> None:
    assert unknown_placeholders(typed) == []
    assert filled(typed, VALUES) == typed


def test_what_a_value_holds_is_not_filled_again() -> None:
    assert filled("{name}", {"name": "{link}", "link": "secret"}) == "{link}"


@given(st.text(), st.text())
def test_no_text_breaks_a_letter(typed: str, name: str) -> None:
    values = VALUES | {"name": name}
    assert "".join(piece for _from, piece in pieces(typed, values)) == filled(typed, values)
    if "{" not in typed:
        assert filled(typed, values) == typed
