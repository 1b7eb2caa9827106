"""The two numbers on the paper: the register number, which counts, and the code, which nobody can guess."""

from __future__ import annotations

from functools import reduce

from trainreg.kernel.tokens import ALPHABET, grouped, normalised, random_letters

LENGTH = 20
RANDOM_BITS = 5 * (LENGTH - 1)
_LONGEST_TYPED = 80
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−_./", "-"))


def _times_x(value: int) -> int:
    """Multiply by x in GF(32), reduced by x⁵ + x² + 1."""
    return (value << 1) ^ (0b100101 if value & 0b10000 else 0)


def _check_letter(letters: str) -> str:
    # A polynomial over GF(32): every place weighs differently, so one wrong letter, or any two
    # exchanged ones, always changes the sum.
    return ALPHABET[_times_x(reduce(lambda total, letter: _times_x(total) ^ _VALUE[letter], letters, 0))]


def new_code() -> str:
    """Draw a fresh verification code: 95 random bits and a check letter, in groups of four."""
    drawn = random_letters(LENGTH - 1)
    return grouped(drawn + _check_letter(drawn))


def normalise(typed: str) -> str | None:
    """Read a code as people type it; None where it cannot be one, so that nobody needs to look it up."""
    if len(typed) > _LONGEST_TYPED:
        return None
    letters = normalised(typed.translate(_DASHES))
    if len(letters) != LENGTH or not _VALUE.keys() >= set(letters):
        return None
    return grouped(letters) if _check_letter(letters[:-1]) == letters[-1] else None


def register_number(series: str, number: int) -> str:
    """Write the number of the register book, such as MN-2012/0001."""
    if number < 1:
        raise ValueError("the register book starts at 1")
    return f"{series}/{number:04d}"


def numbered(register_number: str) -> tuple[str, int]:
    """Take a number of the register book apart: the series, and the place in it."""
    series, _slash, number = register_number.rpartition("/")
    return series, int(number)
