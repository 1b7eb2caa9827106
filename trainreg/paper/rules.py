"""How a sheet is divided into pages, and what its codes say."""

from collections.abc import Iterator
from dataclasses import dataclass

ROWS_ON_A_PAGE = 20
MOST_BLANK_ROWS = 200
USUAL_BLANK_ROWS = 5
MOST_COLUMNS = 4  # sessions of one day that have a column each to sign in
CODE_MARK = "TS1"


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One page: which of the people stand on it (from, to), the number of its first row, and how many are blank."""

    number: int
    first: int
    last: int
    blank: int

    @property
    def rows(self) -> int:
        return self.last - self.first + self.blank


def pages_of(people: int, blank_rows: int) -> list[SheetPage]:
    """The pages of a sheet: people first, then blank rows; at least one page, and every page but the last is full."""
    return list(_pages(people, blank_rows))


def _pages(people: int, blank_rows: int) -> Iterator[SheetPage]:
    rows = max(people + blank_rows, 1)
    for number, first in enumerate(range(0, rows, ROWS_ON_A_PAGE), 1):
        last = min(first + ROWS_ON_A_PAGE, rows)
        people_last = min(max(people, first), last)
        yield SheetPage(number, first, people_last, last - max(people_last, first))
