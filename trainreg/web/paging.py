"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Select

from trainreg.kernel.db import count_of, db

Item = TypeVar("Item")
PER_PAGE = 50


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list; numbers start at 1."""

    items: list[Item]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def first_row(self) -> int:
        return 0 if self.total == 0 else (self.number - 1) * self.per_page + 1

    @property
    def last_row(self) -> int:
        return min(self.total, self.number * self.per_page)

    @property
    def previous_url(self) -> str | None:
        return self.url(self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        return self.url(self.number + 1) if self.number < self.pages else None

    def url(self, number: int) -> str:
        """The present address, at another page of the list."""
        kept = [(key, value) for key, value in request.args.items(multi=True) if key not in {"page", "lang"}]
        return f"{request.path}?{urlencode([*kept, ('page', str(number))])}"


def asked_page() -> int:
    """The page number in the address; 1 when it is missing or nonsense."""
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdecimal()):
        return 1
    return min(max(int(text[:7]), 1), 100_000)  # Python reads no number of thousands of digits


def page_number(total: int, per_page: int = PER_PAGE) -> int:
    """The asked page of a list of that length; beyond the last page, the last one."""
    return min(asked_page(), max(1, -(-total // per_page)))


def page_of(statement: Select[Any], *, per_page: int = PER_PAGE) -> Page[Any]:
    """Run an ordered select for the asked page; beyond the last page, the last one."""
    total = count_of(statement)
    number = page_number(total, per_page)
    rows = db.session.scalars(statement.limit(per_page).offset((number - 1) * per_page)).unique().all()
    return Page(list(rows), number, per_page, total)


def page_from(items: Sequence[Item], *, per_page: int = PER_PAGE) -> Page[Item]:
    """The asked page of a list at hand; beyond the last page, the last one."""
    number = page_number(len(items), per_page)
    return Page(list(items[(number - 1) * per_page : number * per_page]), number, per_page, len(items))
