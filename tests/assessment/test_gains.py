"""What a group learned: bounds and invariances that hold for any points, and cases worked out by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainreg.assessment.gains import Pair, gains_of

MOST = 20


def pair(pre: int, post: int, most: int = MOST) -> Pair:
    return Pair(Fraction(pre), Fraction(post), Fraction(most))


pairs = st.lists(st.builds(pair, st.integers(0, MOST), st.integers(0, MOST)), max_size=30)
some = st.lists(st.builds(pair, st.integers(0, MOST), st.integers(0, MOST)), min_size=1, max_size=30)


def test_by_hand() -> None:
    """4→7, 6→6, 10→10 and 5→3 of 10: gained 3 + 0 − 2 = 1 of 6 + 4 + 5 = 15; the third could not gain."""
    found = gains_of([pair(4, 7, 10), pair(6, 6, 10), pair(10, 10, 10), pair(5, 3, 10)])
    assert (found.pairs, found.improved, found.left_out) == (4, 1, 1)
    assert (found.mean_pre, found.mean_post) == (Fraction(25, 4), Fraction(26, 4))
    assert found.mean_gain == Fraction(1, 4) and found.share_improved == Fraction(1, 4)
    assert (found.gained, found.left_to_gain, found.normalised) == (1, 15, Fraction(1, 15))


def test_nobody_and_nobody_who_could_gain() -> None:
    nobody, full = gains_of([]), gains_of([pair(10, 10, 10), pair(10, 4, 10)])
    assert nobody.normalised is nobody.mean_gain is nobody.share_improved is None
    assert full.normalised is None and full.left_out == 2 and full.mean_gain == -3


@pytest.mark.parametrize(("pre", "post", "most"), [(-1, 0, 5), (0, 6, 5), (6, 5, 5), (0, 0, 0)])
def test_points_out_of_bounds_are_no_pair(pre: int, post: int, most: int) -> None:
    with pytest.raises(ValueError):
        pair(pre, post, most)


@given(some)
def test_bounds(known: list[Pair]) -> None:
    found = gains_of(known)
    assert found.mean_gain is not None and -MOST <= found.mean_gain <= MOST
    assert found.share_improved is not None and 0 <= found.share_improved <= 1
    assert found.left_out + sum(one.could_gain for one in known) == found.pairs
    if found.normalised is not None:
        assert found.normalised <= 1
        assert (found.normalised == 1) == all(one.post == one.most for one in known if one.could_gain)
        assert (found.normalised > 0) == (found.gained > 0)
        lowest = min(one.normalised for one in known if one.normalised is not None)
        highest = max(one.normalised for one in known if one.normalised is not None)
        assert lowest <= found.normalised <= highest, "a mean of everybody's, weighted by what each could gain"


@given(some, st.integers(2, 9), st.randoms())
def test_neither_the_order_nor_the_worth_of_a_point_matters(known: list[Pair], times: int, random: object) -> None:
    found = gains_of(known)
    random.shuffle(known)  # type: ignore[attr-defined]
    scaled = gains_of(Pair(one.pre * times, one.post * times, one.most * times) for one in known)
    assert (scaled.normalised, scaled.share_improved) == (found.normalised, found.share_improved)
    assert found.mean_gain is not None and scaled.mean_gain == found.mean_gain * times


@given(pairs, st.integers(0, MOST))
def test_whoever_could_not_gain_does_not_move_the_normalised_gain(known: list[Pair], post: int) -> None:
    assert gains_of([*known, pair(MOST, post)]).normalised == gains_of(known).normalised


@given(pairs)
def test_nothing_learned_is_nothing_gained(known: list[Pair]) -> None:
    found = gains_of(Pair(one.pre, one.pre, one.most) for one in known)
    assert found.improved == 0 and found.normalised in {None, 0} and found.mean_gain in {None, 0}
