"""Whole numbers in what was sent: digits alone, and short enough for every database."""

from trainreg.kernel.refusals import NotFound

MOST_DIGITS = 9


def whole_number(text: str, *, digits: int = MOST_DIGITS) -> int | None:
    """The number; None for anything but at most so many of the digits 0 to 9."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def key_from(text: str) -> int:
    """A row's number in an address or a form; raises NotFound for what cannot be one."""
    number = whole_number(text)
    if number is None:
        raise NotFound
    return number
