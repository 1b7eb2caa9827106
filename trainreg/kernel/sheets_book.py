"""Write a spreadsheet of several sheets in constant memory: numbers and days as such, a text never as a formula."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import xlsxwriter

from trainreg.kernel.sheets_cells import Value, as_text
from trainreg.kernel.sheets_writing import A4, IN_MEMORY, LONGEST_TEXT, OPTIONS, sheet_title

WRAPPED_FROM = 24  # columns of texts this wide break their lines
NOTE_AFTER = 1_000
MOST_ROWS = 1_000_000


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    NUMBER = "number"
    YEAR = "year"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True)
class Column:
    """A heading, what stands under it, and how wide it is in characters."""

    heading: str
    kind: Kind = Kind.TEXT
    width: int = 12


@dataclass(frozen=True)
class Strong:
    """A row that adds up those before it: in bold."""

    cells: Sequence[Value]


SheetRow = Sequence[Value] | Strong
SheetRows = Iterable[SheetRow]


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: its name, its columns, and its rows one after the other."""

    name: str
    columns: Sequence[Column]
    rows: SheetRows
    filtered: bool = True


@dataclass(frozen=True)
class BookFacts:
    """What the file says of itself. `footer` stands at the left of each printed page. No person is named."""

    title: str
    subject: str = ""
    organisation: str = ""
    footer: str = ""
    made_at: datetime | None = None


def in_sheets(plan: SheetPlan, rows_in_one: int = MOST_ROWS) -> Iterator[SheetPlan]:
    """A list of any length, in as many sheets as it takes: none holds more than 1,048,576 rows."""
    rows, number = iter(plan.rows), 1
    first = next(rows, None)
    yield replace(plan, rows=islice(_behind(first, rows), rows_in_one))
    while (first := next(rows, None)) is not None:
        number += 1
        yield replace(plan, name=f"{plan.name} {number}", rows=islice(_behind(first, rows), rows_in_one))


def _behind(first: SheetRow | None, rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    return rows if first is None else chain([first], rows)


def write_book(
    facts: BookFacts, sheets: Iterable[SheetPlan], *, after_some: Callable[[int], object] = lambda _rows: None
) -> IO[bytes]:
    """The whole file, ready to be read from its start; the caller closes it. `after_some` hears of rows written."""
    target: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller's to close
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        told = {"title": facts.title, "subject": facts.subject, "company": facts.organisation}
        book.set_properties({**told, "created": facts.made_at.replace(tzinfo=None) if facts.made_at else None})
        formats = _Formats(book)
        for plan in sheets:
            _write_sheet(book, formats, plan, _literal(facts.footer), after_some)
    target.seek(0)
    return target


@dataclass
class _Formats:
    """Each combination once: Excel keeps a list of them."""

    book: Any
    known: dict[tuple[str, bool, bool], Any] = field(default_factory=dict)

    def get(self, pattern: str = "", *, bold: bool = False, wrap: bool = False) -> Any:
        key = (pattern, bold, wrap)
        if key not in self.known:
            told: dict[str, Any] = {"valign": "top", "text_wrap": wrap, "bold": bold}
            if pattern:
                told["num_format"] = pattern
            if bold:
                told["top"] = 1
            self.known[key] = self.book.add_format(told)
        return self.known[key]


def _write_sheet(
    book: Any, formats: _Formats, plan: SheetPlan, footer: str, after_some: Callable[[int], object]
) -> None:
    sheet = book.add_worksheet(sheet_title(plan.name))
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"})
    for place, column in enumerate(plan.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.heading, heading)
    number = 0
    for number, row in enumerate(plan.rows, 1):
        is_strong = isinstance(row, Strong)
        cells = row.cells if isinstance(row, Strong) else row
        for place, (column, value) in enumerate(zip(plan.columns, cells, strict=True)):
            _write_cell(sheet, number, place, column, value, formats, is_strong)
        if number % NOTE_AFTER == 0:
            after_some(NOTE_AFTER)
    after_some(number % NOTE_AFTER)
    sheet.freeze_panes(1, 0)
    if plan.filtered:
        sheet.autofilter(0, 0, max(number, 1), len(plan.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.set_footer(f"&L{footer}&C&A&R&P / &N")


def _write_cell(
    sheet: Any, row: int, place: int, column: Column, value: Value, formats: _Formats, is_strong: bool
) -> None:
    """A cell as what it is, whatever its column is for: a word in a column of numbers stays a word."""
    if value is None or value == "":
        if is_strong:
            sheet.write_blank(row, place, None, formats.get(bold=True))
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value, formats.get(bold=is_strong))
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, place, value, formats.get(_pattern(column.kind, value), bold=is_strong))
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value, formats.get("yyyy-mm-dd hh:mm", bold=is_strong))
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, formats.get("yyyy-mm-dd", bold=is_strong))
    else:
        text = value if isinstance(value, str) else as_text(value)
        wrap = column.kind is Kind.TEXT and column.width >= WRAPPED_FROM
        sheet.write_string(row, place, text[:LONGEST_TEXT], formats.get(bold=is_strong, wrap=wrap))


def _pattern(kind: Kind, value: float | Decimal) -> str:
    """Whole numbers without decimals; a year without separators."""
    if kind is Kind.YEAR:
        return "0"
    return "#,##0" if value == int(value) else "#,##0.00"


def _literal(text: str) -> str:
    """A text in a footer: there `&` begins a code, and more than 255 characters are too many."""
    return text.replace("&", "&&")[:150]
