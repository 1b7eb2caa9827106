"""What guessing costs: only misses, so that a fair may scan hundreds of true papers and a guesser learns nothing."""

from __future__ import annotations

from trainreg.kernel.text import fold
from trainreg.web import throttle

_CODES = {"size": 60, "per_minute": 30}
_FINDING = {"size": 12, "per_minute": 2}
# A number is known to many, and a name is soon guessed: a few tries for one number, whoever makes them.
_TRIES_OF_A_NUMBER, _TRIES_A_MINUTE = 10, 0.2
_FILES = {"size": 12, "per_minute": 4}


def ensure_may_ask_by_code() -> None:
    """Raise TooManyTries for who gave too many wrong codes."""
    throttle.ensure_left("check a certificate", throttle.caller(), **_CODES)


def note_wrong_code() -> None:
    throttle.spend("check a certificate", throttle.caller(), **_CODES)


def ensure_may_find(number: str) -> None:
    """Raise TooManyTries for who found nothing too often, or for a number that was tried with too many names."""
    throttle.ensure_left("find a certificate", throttle.caller(), **_FINDING)
    throttle.ensure_left(
        "find a certificate of number", fold(number), size=_TRIES_OF_A_NUMBER, per_minute=_TRIES_A_MINUTE
    )


def note_not_found(number: str) -> None:
    throttle.spend("find a certificate", throttle.caller(), **_FINDING)
    throttle.spend("find a certificate of number", fold(number), size=_TRIES_OF_A_NUMBER, per_minute=_TRIES_A_MINUTE)


def take_a_file() -> None:
    """Reading a file costs, whatever it holds: each one counts."""
    throttle.spend("check a file", throttle.caller(), **_FILES)
