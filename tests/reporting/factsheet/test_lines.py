"""Text as lines: what holds together, what is broken, what no typeface has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainreg.reporting.factsheet.lines import Style, balanced, broken, fitting, printable, width_of

BODY = Style()


@given(st.text(st.sampled_from("abc Өү-\u00a0\u202f:;ñé«"), max_size=120), st.floats(15, 150))
@settings(max_examples=150)
def test_no_line_is_longer_than_its_room_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = broken(text, BODY, width)
    assert all(width_of(line, BODY.face, BODY.size) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == printable(text, BODY.face).replace(" ", "")


def test_a_no_break_space_holds() -> None:
    least = width_of("Provenance\u00a0:", BODY.face, BODY.size)
    for more in range(30):
        lines = broken("Provenance\u202f: Ministère du travail", BODY, least + more)
        assert lines[0].startswith("Provenance\u00a0:")


def test_a_line_may_end_after_a_hyphen_but_not_within_a_number_range() -> None:
    assert broken("counter-trafficking", BODY, 20) == ["counter-", "trafficking"]
    assert broken("4-5", BODY, 20) == ["4-5"]


@pytest.mark.parametrize("text", ["宋体", "a\u0301\u0327", "\U0001f600 smile", "tab\there", "\ufe0f", "क्ष x"])
def test_what_no_typeface_has_is_shown_as_such(text: str) -> None:
    shown = printable(text, "sans")
    assert broken(text, BODY, 100) and not set("宋体\U0001f600\t") & set(shown)


def test_a_title_is_set_smaller_before_it_takes_more_lines() -> None:
    title = Style("display-bold", 20, 8.6)
    lines, style = fitting("Safe migration " * 8, title, 174, most=2, smallest=13)
    assert len(lines) <= 2 and style.size < 20
    many, smallest = fitting("Safe migration " * 60, title, 174, most=2, smallest=13)
    assert len(many) > 2 and smallest.size == 13


def test_lines_of_a_title_are_of_much_the_same_length() -> None:
    text = "Strengthening the Management of Labour Migration in Mongolia"
    lines = balanced(text, BODY, 75)
    lengths = [width_of(line, BODY.face, BODY.size) for line in lines]
    assert len(lines) == len(broken(text, BODY, 75)) and min(lengths) > max(lengths) * 0.6
