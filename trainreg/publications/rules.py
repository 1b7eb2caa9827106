"""What a project publishes, how many copies there are and how many are left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

MOST_PRINTED = 10_000_000
LONGEST_ADDRESS = 500
# What publications are printed in: the languages of the register's contents, and those of Mongolia's neighbours.
PUBLICATION_LANGUAGES = ("en", "mn", "fr", "es", "ru", "zh", "kk")


class PublicationKind(StrEnum):
    """Kinds of publications that projects report."""

    HANDBOOK = "handbook"
    TRAINING_MANUAL = "training_manual"
    ASSESSMENT_REPORT = "assessment_report"
    OTHER = "other"


def is_public_address(text: str) -> bool:
    """Whether this is an address of the web that anybody can open: http or https, a name with a dot, no password."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_named = "." in host.strip(".") and not host.replace(".", "").isdecimal() and port != 0
    printable = text.isascii() and not set(text) & set(' <>"{}|\\^`') and text.isprintable()
    return is_named and printable and parts.scheme in {"http", "https"} and "@" not in parts.netloc


@dataclass(frozen=True, slots=True)
class Copies:
    """A number of copies; "at least" so many where the source says "over" or some part of it is not known."""

    number: int = 0
    is_minimum: bool = False


def added(parts: Iterable[tuple[int | None, bool]]) -> Copies:
    """The sum of (copies, at least) pairs. A part without a number adds nothing, and makes the sum a minimum."""
    number, is_minimum = 0, False
    for copies, at_least in parts:
        number += copies or 0
        is_minimum = is_minimum or at_least or copies is None
    return Copies(number, is_minimum)


def most_left(printed: Copies, handed: Copies) -> int | None:
    """How many can still be there at most; None where nothing was printed, or the print runs are only a minimum.

    "At least" so many that went leave at most the rest.
    """
    if not printed.number or printed.is_minimum:
        return None
    return printed.number - handed.number


def left_over(printed: Copies, handed: Copies) -> int | None:
    """Copies in stock; None where nothing was printed, or one of both is only a minimum."""
    if not printed.number or printed.is_minimum or handed.is_minimum:
        return None
    return printed.number - handed.number
