"""Text that people type: cleaned, refused with a reason, folded for comparison."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainreg.kernel.text import TextProblem, fold, one_line, problem_in, problem_in_name

P = TextProblem


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Бат  Болор ", "Бат Болор"),
        ("Бат\tБолор\r\n", "Бат Болор"),
        ("Бат\u00a0\u2003Болор", "Бат Болор"),
        ("и\u0306", "й"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_line_is_trimmed_and_composed(typed: str | None, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    "name",
    [
        "Өнөрөө",
        "Үүрийнтуяа",
        "Бат-Эрдэнэ",
        "O'Brien",
        "D’Arcy",
        "Ng",
        "李",
        "นภา",
        "ᠪᠠᠲᠤ",
        "ᠬᠠᠷ\u180eᠠ",
        "می\u200cخواهم",
        "क्\u200dष",
        "José\u0301",
        "X Æ A-12",
    ],
)
def test_names_of_the_world_are_names(name: str) -> None:
    assert problem_in_name(one_line(name)) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Бат\x00", P.CONTROL),
        ("Бат\x07Болор", P.CONTROL),
        ("Бат\x1b[31m", P.CONTROL),
        ("Бат\u2028Болор", P.CONTROL),
        ("Бат\ue000", P.CONTROL),
        ("Бат\uffff", P.CONTROL),
        ("Бат\u202eролоБ", P.DIRECTION),
        ("\u2066Бат\u2069", P.DIRECTION),
        ("Бат\u200f", P.DIRECTION),
        ("Бат\u200eБолор", P.DIRECTION),
        ("\u061cБат", P.DIRECTION),
        ("Бат\u200bБолор", P.INVISIBLE),
        ("\ufeffБат", P.INVISIBLE),
        ("Бат\u2060", P.INVISIBLE),
        ("Ба\u00adт", P.INVISIBLE),
        ("Бат\u200d", P.INVISIBLE),
        ("\u200cБат", P.INVISIBLE),
        ("Бат \u200d Болор", P.INVISIBLE),
        ("Бат\u180e", P.INVISIBLE),
        ("\u3164", P.INVISIBLE),
        ("Бат\u2800", P.INVISIBLE),
        ("\U000e0041", P.INVISIBLE),
        ("Бат\ud800", P.SURROGATE),
    ],
)
def test_what_cannot_be_seen_or_printed_is_refused(text: str, problem: TextProblem) -> None:
    assert problem_in(text) is problem


@pytest.mark.parametrize("name", ["", "1234", "---", ".", "😀", "\u0301"])
def test_a_name_holds_a_letter(name: str) -> None:
    assert problem_in_name(name) is P.NO_LETTER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Өнөр", "Єнєр"),
        ("Өнөр", "Ѳнѳр"),
        ("Үүр", "Їїр"),
        ("Үүр", "Vvр"),
        ("Сүхбаатар", "СVХБААТАР"),
        ("БАТ-ЭРДЭНЭ", "бат эрдэнэ"),
        ("Ｂａｔ", "Bat"),
        ("Straße", "STRASSE"),
        ("Болор.", "Болор"),
        ("می\u200cخواهم", "میخواهم"),
    ],
)
def test_the_same_name_typed_otherwise_compares_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Victor", "Үictor"), ("Бат", "Бад"), ("नाम", "नम"), ("Сара", "Сараа")])
def test_different_names_compare_unlike(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_an_accent_does_not_split_a_word() -> None:
    assert len(fold("Ба\u0301т").split()) == 1


anything = st.text(st.characters(exclude_categories=()), max_size=60)


@given(anything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


@given(anything)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(anything)
def test_an_accepted_line_holds_nothing_hidden(text: str) -> None:
    line = one_line(text)
    if problem_in(line) is None:
        assert not any(unicodedata.category(one) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} for one in line)
        assert not any(
            unicodedata.bidirectional(one) in {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI"} for one in line
        )
        line.encode("utf-8")
