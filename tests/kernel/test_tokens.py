"""Unguessable values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainreg.kernel.tokens import ALPHABET, grouped, hashed, new_reference, new_secret, normalised, random_letters


def test_the_alphabet_survives_the_telephone() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize("count", [0, 1, 8, 16])
def test_letters_come_from_the_alphabet(count: int) -> None:
    letters = random_letters(count)
    assert len(letters) == count and set(letters) <= set(ALPHABET)


def test_values_do_not_repeat() -> None:
    assert len({new_reference() for _ in range(1000)}) == 1000
    assert len({new_secret() for _ in range(1000)}) == 1000
    assert all(len(new_secret()) >= 43 for _ in range(10)), "256 bits"


@pytest.mark.parametrize(("letters", "shown"), [("ABCDEFGH", "ABCD-EFGH"), ("ABCDE", "ABCD-E"), ("", "")])
def test_letters_are_grouped_by_four(letters: str, shown: str) -> None:
    assert grouped(letters) == shown


@pytest.mark.parametrize(
    "typed",
    ["7K3F-9Q2M", "7k3f9q2m", " 7K3F 9Q2M ", "7K3F–9Q2M", "7K3F\u20119Q2M", "７Ｋ３Ｆ-９Ｑ２Ｍ", "7K3F\u00a09Q2M\n"],
)
def test_what_is_typed_from_paper_reads_as_it_was_printed(typed: str) -> None:
    assert normalised(typed) == "7K3F9Q2M"


def test_letters_that_look_like_digits_are_digits() -> None:
    assert normalised("oOiIlL") == "001111"


@given(st.text(ALPHABET, min_size=1, max_size=16))
def test_printing_and_reading_is_a_round_trip(letters: str) -> None:
    assert normalised(grouped(letters).lower()) == letters


@given(st.text(max_size=40))
def test_nothing_typed_is_an_error(typed: str) -> None:
    assert not any(one.isspace() or one == "-" for one in normalised(typed))


def test_a_secret_is_kept_as_its_hash() -> None:
    secret = new_secret()
    assert hashed(secret) == hashed(secret) != secret
    assert len(hashed(secret)) == 64
