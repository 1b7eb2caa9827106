"""Who is asked what, and which answers can be taken."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from trainreg.questions.rules import (
    Asked,
    Choice,
    Condition,
    Kind,
    Problem,
    asked_of,
    is_phone,
    kept,
    number_from,
    order_problem,
    plain_number,
    problem_of,
)

LABEL = {"en": "?"}
RED, GREEN, OLD = Choice("c1", LABEL), Choice("c2", LABEL), Choice("c3", LABEL, is_offered=False)
STAY = Asked(1, Kind.YES_NO, LABEL)
ROOM = Asked(2, Kind.ONE_CHOICE, LABEL, choices=(RED, GREEN), condition=Condition(1, frozenset({"yes"})))
FLOOR = Asked(3, Kind.NUMBER, LABEL, condition=Condition(2, frozenset({"c1", "c2"})))
FORM = (STAY, ROOM, FLOOR)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, {1}),
        ({1: "no"}, {1}),
        ({1: "yes"}, {1, 2}),
        ({1: "yes", 2: "c1"}, {1, 2, 3}),
        ({1: "yes", 2: "c9"}, {1, 2}),
        ({1: "no", 2: "c1"}, {1}),  # an answer to what was not asked decides nothing
        ({2: "c1", 3: Decimal(4)}, {1}),
        ({1: ("yes", "no")}, {1, 2}),
    ],
)
def test_conditions(answers: dict[int, Any], asked: set[int]) -> None:
    assert {question.id for question in asked_of(FORM, answers)} == asked
    assert kept(FORM, answers).keys() == {one for one in asked if one in answers}


def test_a_question_after_several_choices_is_asked_for_any_of_them() -> None:
    several = Asked(1, Kind.SEVERAL_CHOICES, LABEL, choices=(RED, GREEN))
    after = replace(FLOOR, condition=Condition(1, frozenset({"c2"})))
    assert len(asked_of([several, after], {1: ("c1", "c2")})) == 2
    assert len(asked_of([several, after], {1: ("c1",)})) == 1


@pytest.mark.parametrize(
    ("kind", "least", "most", "answer", "problem"),
    [
        (Kind.SHORT_TEXT, None, None, "x" * 200, None),
        (Kind.SHORT_TEXT, None, None, "x" * 201, Problem.TOO_LONG),
        (Kind.LONG_TEXT, None, None, "x" * 2001, Problem.TOO_LONG),
        (Kind.LONG_TEXT, "5", "7", "four", Problem.TOO_SHORT),
        (Kind.LONG_TEXT, "5", "7", "seven77", None),
        (Kind.LONG_TEXT, "5", "7", "eight888", Problem.TOO_LONG),
        (Kind.NUMBER, "-1.5", "2", Decimal("-1.6"), Problem.TOO_SMALL),
        (Kind.NUMBER, "-1.5", "2", Decimal("-1.5"), None),
        (Kind.NUMBER, None, "2", Decimal("2.0001"), Problem.TOO_LARGE),
        (Kind.NUMBER, None, None, Decimal(10**12 - 1), None),
        (Kind.DATE, "2026-03-05", None, date(2026, 3, 4), Problem.TOO_EARLY),
        (Kind.DATE, "2026-03-05", "2026-03-05", date(2026, 3, 5), None),
        (Kind.DATE, None, "2026-03-05", date(2026, 3, 6), Problem.TOO_LATE),
        (Kind.SEVERAL_CHOICES, "2", None, ("c1",), Problem.TOO_FEW),
        (Kind.SEVERAL_CHOICES, None, "1", ("c1", "c2"), Problem.TOO_MANY),
        (Kind.SEVERAL_CHOICES, "1", "2", ("c1", "c2"), None),
        (Kind.SEVERAL_CHOICES, None, None, ("c1", "c3"), Problem.NOT_OFFERED),
        (Kind.ONE_CHOICE, None, None, "c2", None),
        (Kind.ONE_CHOICE, None, None, "c3", Problem.NOT_OFFERED),
        (Kind.ONE_CHOICE, None, None, "yes", Problem.NOT_OFFERED),
        (Kind.YES_NO, None, None, "yes", None),
        (Kind.YES_NO, None, None, "c1", Problem.NOT_OFFERED),
    ],
)
def test_bounds(kind: Kind, least: str | None, most: str | None, answer: Any, problem: Problem | None) -> None:
    question = Asked(1, kind, LABEL, choices=(RED, GREEN, OLD), least=least, most=most)
    assert problem_of(question, answer) is problem


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("nothing", [None, "", ()])
def test_nothing_is_a_problem_only_where_an_answer_is_required(kind: Kind, nothing: Any) -> None:
    question = Asked(1, kind, LABEL, choices=(RED, GREEN))
    assert problem_of(question, nothing) is None
    assert problem_of(replace(question, is_required=True), nothing) is Problem.MISSING


def test_nought_is_an_answer() -> None:
    question = Asked(1, Kind.NUMBER, LABEL, is_required=True)
    assert problem_of(question, Decimal(0)) is None
    assert kept([question], {1: Decimal(0)}) == {1: Decimal(0)}


@pytest.mark.parametrize(
    ("text", "value"), [("12", "12"), ("-3", "-3"), ("0,50", "0.5"), ("1 000", "1000"), ("−2", "-2"), ("-0", "0")]
)
def test_numbers_as_people_type_them(text: str, value: str) -> None:
    assert plain_number(number_from(text)) == value


@pytest.mark.parametrize(
    "text", ["", "x", "1e9", "9" * 13, "1.23456", "NaN", "Infinity", "--1", "1.", "٣", "0x10", "1,000,000"]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        number_from(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("99112233", True),
        ("+976 9911-2233", True),
        ("(011) 32.77.20", True),
        ("12345", False),
        ("1" * 16, False),
        ("call me", False),
        ("+97+6991122", False),
    ],
)
def test_telephone_numbers(text: str, is_one: bool) -> None:
    assert is_phone(text) is is_one


def test_a_question_stands_after_the_one_it_hangs_on() -> None:
    assert order_problem(FORM) is None
    assert order_problem([STAY, FLOOR, ROOM]) is FLOOR
    assert order_problem([ROOM, STAY, FLOOR]) is ROOM
