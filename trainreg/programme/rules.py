"""What a project's record must be."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

LONGEST_CODE = 40
LONGEST_TITLE = 300
MOST_OUTCOMES = 30
HIGHEST_OUTCOME = 999
SIGNATORIES = 2
LONGEST_CONTACT = 600
LONGEST_NOTE = 500
LONGEST_CAPTION = 300
MOST_PHOTOGRAPHS = 12
EARLIEST_DAY = date(1950, 1, 1)
LATEST_DAY = date(2100, 12, 31)

_CODE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", re.ASCII)
# `/desk/projects/new` is the page for a new project.
_RESERVED = frozenset({"new"})


def is_code(code: str) -> bool:
    """Letters, digits and single dashes between them: a code stands in addresses and commands."""
    return len(code) <= LONGEST_CODE and _CODE.fullmatch(code) is not None and code.casefold() not in _RESERVED


def is_day(day: date) -> bool:
    """Whether a project can have started or ended that day: a typing slip gives the year 0212 or 20122."""
    return EARLIEST_DAY <= day <= LATEST_DAY


def doubled(numbers: Iterable[int]) -> int | None:
    """The first number that stands twice, or None."""
    seen: set[int] = set()
    for number in numbers:
        if number in seen:
            return number
        seen.add(number)
    return None


def next_number(numbers: Sequence[int]) -> int:
    """The number offered for one more outcome."""
    return max(numbers, default=0) + 1
