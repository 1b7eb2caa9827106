"""Verification codes: unguessable, and forgiving to those who type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainreg.certificates.codes import LENGTH, RANDOM_BITS, new_code, normalise, register_number
from trainreg.kernel.tokens import ALPHABET, grouped

letters = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_a_code_has_more_random_bits_than_anyone_can_try() -> None:
    assert RANDOM_BITS >= 80
    assert len({new_code() for _ in range(1000)}) == 1000


def test_a_code_stands_in_five_groups_of_four() -> None:
    assert [len(group) for group in new_code().split("-")] == [4] * 5


def test_a_code_is_read_however_it_is_typed() -> None:
    code = new_code()
    for typed in (
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " "),
        f"  {code}\n",
        code.replace("0", "o").replace("1", "l"),
        code.replace("0", "O").replace("1", "I"),
        code.replace("-", "–"),
    ):
        assert normalise(typed) == code


@pytest.mark.parametrize("typed", ["", "7K3F", "U" * 20, "é" * 20, "7K3F-9Q2M" * 3, "0" * 10_000, "\x00" * 20])
def test_what_cannot_be_a_code_is_not_looked_up(typed: str) -> None:
    assert normalise(typed) is None


@given(st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_noticed(place: int, wrong: str) -> None:
    code = new_code().replace("-", "")
    altered = code[:place] + wrong + code[place + 1 :]

    assert (normalise(altered) is None) is (altered != code)


@given(st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_exchanged_letters_are_noticed(first: int, second: int) -> None:
    code = list(new_code().replace("-", ""))
    code[first], code[second] = code[second], code[first]
    exchanged = "".join(code)

    assert (normalise(exchanged) is None) is (code[first] != code[second])


@given(letters)
def test_reading_a_code_twice_is_reading_it_once(typed: str) -> None:
    read = normalise(typed)

    assert read in (None, grouped(typed))
    assert read is None or normalise(read) == read


def test_register_numbers_sort_and_start_at_one() -> None:
    assert register_number("MN-2012", 1) == "MN-2012/0001"
    assert register_number("MN-2012", 12345) == "MN-2012/12345"
    with pytest.raises(ValueError, match="starts at 1"):
        register_number("MN-2012", 0)
