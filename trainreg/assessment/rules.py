"""Questions of a test and what an answer to one is worth: decisions without a database."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MOST_QUESTIONS = 60
MOST_CHOICES = 8
MOST_POINTS = 100
LONGEST_LABEL = 500
LONGEST_CHOICE = 200
LONGEST_TEXT = 1000
TRUE, FALSE = "true", "false"

Stored = str | list[str] | None  # an answer as it is kept: a key or a text, several keys, or left empty


class Kind(StrEnum):
    """How a question of a test is answered."""

    ONE_CHOICE = "one_choice"
    SEVERAL_CHOICES = "several_choices"
    TRUE_FALSE = "true_false"
    NUMBER = "number"
    SHORT_TEXT = "short_text"

    @property
    def has_choices(self) -> bool:
        return self in {Kind.ONE_CHOICE, Kind.SEVERAL_CHOICES}

    @property
    def is_marked_by_hand(self) -> bool:
        return self is Kind.SHORT_TEXT


class Occasion(StrEnum):
    """Before and after the event."""

    PRE = "pre"
    POST = "post"


class TestState(StrEnum):
    """Whether a test takes answers from telephones now."""

    __test__ = False

    CLOSED = "closed"
    OPEN = "open"


class Source(StrEnum):
    """How the answers came in."""

    PHONE = "phone"
    PAPER = "paper"


@dataclass(frozen=True)
class Posed:
    """A question as the rules see it; `right` holds keys, or the one number as text."""

    id: int
    kind: Kind
    points: int
    keys: tuple[str, ...] = ()
    right: frozenset[str] = frozenset()
    tolerance: Decimal = Decimal(0)


def score(posed: Posed, answer: Stored) -> Decimal | None:
    """What the answer is worth: all points or none; None for a text that somebody has yet to mark.

    Of several choices exactly the right ones must be chosen: whoever ticks all of them knows nothing.
    """
    if answer is None or answer in ("", []):
        return Decimal(0)
    if posed.kind.is_marked_by_hand:
        return None
    return Decimal(posed.points) if _is_right(posed, answer) else Decimal(0)


def _is_right(posed: Posed, answer: str | list[str]) -> bool:
    if isinstance(answer, list):
        return posed.kind is Kind.SEVERAL_CHOICES and frozenset(answer) == posed.right
    if posed.kind is Kind.NUMBER:
        return any(abs(number_from(answer) - Decimal(right)) <= posed.tolerance for right in posed.right)
    return answer in posed.right


_NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?")


def number_from(text: str) -> Decimal:
    """12, -3.5 or 0,25; raises ValueError."""
    plain = re.sub(r"[\s\u00a0]", "", text).replace("−", "-")
    if _NUMBER.fullmatch(plain) is None:
        raise ValueError
    return Decimal(plain.replace(",", "."))


def plain_number(number: Decimal) -> str:
    """A number as it is kept: without an exponent or trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def may_take(posed: Posed, answer: Stored) -> bool:
    """Whether this is an answer to the question at all; leaving it empty is one."""
    if answer is None:
        return True
    if isinstance(answer, list):
        return posed.kind is Kind.SEVERAL_CHOICES and set(answer) <= set(posed.keys)
    if posed.kind is Kind.NUMBER:
        try:
            number_from(answer)
        except ValueError:
            return False
        return True
    if posed.kind is Kind.SHORT_TEXT:
        return len(answer) <= LONGEST_TEXT
    return posed.kind is not Kind.SEVERAL_CHOICES and answer in keys_of(posed)


def keys_of(posed: Posed) -> tuple[str, ...]:
    """What can be chosen."""
    return (TRUE, FALSE) if posed.kind is Kind.TRUE_FALSE else posed.keys


# One key an answer, on either keyboard: letters, Cyrillic letters in their order, or figures.
_LETTERS = ("abcdefgh", "абвгдежз", "12345678")
_TRUE_KEYS, _FALSE_KEYS = frozenset("t1y+түү"), frozenset("f0n-хб")


def typed(posed: Posed, text: str) -> Stored:
    """What was typed on the entry screen, as an answer; raises ValueError for a key that stands for nothing."""
    plain = text.strip()
    if not plain:
        return None
    if posed.kind is Kind.SHORT_TEXT:
        answer: Stored = plain
    elif posed.kind is Kind.NUMBER:
        answer = plain_number(number_from(plain))
    elif posed.kind is Kind.TRUE_FALSE:
        answer = _true_or_false(plain.lower())
    else:
        chosen = [_key(posed, letter) for letter in plain.lower() if letter not in " ,;"]
        if posed.kind is Kind.ONE_CHOICE and len(chosen) != 1:
            raise ValueError
        answer = chosen[0] if posed.kind is Kind.ONE_CHOICE else sorted(set(chosen), key=posed.keys.index)
    if not may_take(posed, answer):
        raise ValueError
    return answer


def as_typed(posed: Posed, answer: Stored) -> str:
    """The answer as it is typed on the entry screen."""
    if answer is None:
        return ""
    if posed.kind is Kind.TRUE_FALSE:
        return "1" if answer == TRUE else "0"
    if posed.kind.has_choices:
        keys: Sequence[str] = answer if isinstance(answer, list) else [answer]
        return "".join(letter_of(posed, key) for key in keys)
    return str(answer)


def letter_of(posed: Posed, key: str) -> str:
    """The letter by which a choice is named on paper."""
    return _LETTERS[0][posed.keys.index(key)] if key in posed.keys else ""


def _key(posed: Posed, letter: str) -> str:
    place = next((letters.index(letter) for letters in _LETTERS if letter in letters), len(posed.keys))
    if place >= len(posed.keys):
        raise ValueError
    return posed.keys[place]


def _true_or_false(letter: str) -> str:
    if letter in _TRUE_KEYS:
        return TRUE
    if letter in _FALSE_KEYS:
        return FALSE
    raise ValueError


def most_points(questions: Collection[Posed]) -> int:
    """What all right answers together are worth."""
    return sum(posed.points for posed in questions)
