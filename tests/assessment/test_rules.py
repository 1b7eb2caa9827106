"""What an answer is worth, and what a key on the entry screen stands for."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainreg.assessment.rules import FALSE, TRUE, Kind, Posed, as_typed, letter_of, may_take, score, typed

ONE = Posed(1, Kind.ONE_CHOICE, 2, ("c1", "c2", "c3"), frozenset({"c2"}))
SEVERAL = Posed(2, Kind.SEVERAL_CHOICES, 3, ("c1", "c2", "c3"), frozenset({"c1", "c3"}))
FLAG = Posed(3, Kind.TRUE_FALSE, 1, (), frozenset({FALSE}))
NUMBER = Posed(4, Kind.NUMBER, 5, (), frozenset({"40"}), Decimal("0.5"))
TEXT = Posed(5, Kind.SHORT_TEXT, 4)


@pytest.mark.parametrize(
    ("posed", "answer", "points"),
    [
        (ONE, "c2", 2),
        (ONE, "c1", 0),
        (ONE, None, 0),
        (SEVERAL, ["c1", "c3"], 3),
        (SEVERAL, ["c3", "c1"], 3),
        (SEVERAL, ["c1"], 0),
        (SEVERAL, ["c1", "c2", "c3"], 0),
        (SEVERAL, [], 0),
        (FLAG, FALSE, 1),
        (FLAG, TRUE, 0),
        (NUMBER, "40", 5),
        (NUMBER, "39.5", 5),
        (NUMBER, "40,5", 5),
        (NUMBER, "40.51", 0),
        (TEXT, "", 0),
        (TEXT, None, 0),
        (TEXT, "Because", None),
    ],
)
def test_points(posed: Posed, answer: str | list[str] | None, points: int | None) -> None:
    assert score(posed, answer) == points


@pytest.mark.parametrize(
    ("posed", "key", "answer"),
    [
        (ONE, "b", "c2"),
        (ONE, "B", "c2"),
        (ONE, "2", "c2"),
        (ONE, "б", "c2"),
        (ONE, " ", None),
        (SEVERAL, "ca", ["c1", "c3"]),
        (SEVERAL, "1, 3", ["c1", "c3"]),
        (FLAG, "1", TRUE),
        (FLAG, "Ү", TRUE),
        (FLAG, "0", FALSE),
        (FLAG, "х", FALSE),
        (NUMBER, "40,50", "40.5"),
        (TEXT, " Because ", "Because"),
    ],
)
def test_keys(posed: Posed, key: str, answer: str | list[str] | None) -> None:
    assert typed(posed, key) == answer


@pytest.mark.parametrize(
    ("posed", "key"), [(ONE, "d"), (ONE, "ab"), (ONE, "9"), (SEVERAL, "x"), (FLAG, "?"), (NUMBER, "many")]
)
def test_keys_that_stand_for_nothing(posed: Posed, key: str) -> None:
    with pytest.raises(ValueError):
        typed(posed, key)


@given(st.sets(st.sampled_from(SEVERAL.keys), min_size=1))
def test_what_is_shown_on_the_entry_screen_reads_as_the_same_answer(keys: set[str]) -> None:
    answer = sorted(keys)
    assert typed(SEVERAL, as_typed(SEVERAL, answer)) == answer
    for key in ONE.keys:
        assert typed(ONE, letter_of(ONE, key)) == key
    for flag in (TRUE, FALSE):
        assert typed(FLAG, as_typed(FLAG, flag)) == flag


@given(st.text(max_size=30) | st.lists(st.text(max_size=4), max_size=5) | st.none())
def test_no_answer_is_worth_less_than_nothing_or_more_than_all(answer: str | list[str] | None) -> None:
    for posed in (ONE, SEVERAL, FLAG, NUMBER, TEXT):
        if may_take(posed, answer):
            points = score(posed, answer)
            assert points is None or points in {0, posed.points}
