"""Spreadsheets that people send: the rows of one table as cleaned strings, or a refusal that says where."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from trainreg.kernel.sheets_cells import Value, as_text, column_letters
from trainreg.kernel.sheets_csv import csv_rows
from trainreg.kernel.sheets_refusals import (
    CellTooLong,
    DoubledHeader,
    EmptySheet,
    NamelessColumn,
    NoHeader,
    NoRows,
    OldSpreadsheet,
    SheetTooLarge,
    TooManyColumns,
    TooManyRows,
    UnprintableInCell,
    WrongKind,
)
from trainreg.kernel.sheets_xlsx import xlsx_rows
from trainreg.kernel.text import TextProblem, fold, problem_in

LARGEST_FILE = 12 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 2_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What people send by mistake, by its first bytes: PDF, PNG, JPEG, GIF, RTF, gzip, a page of the web.
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"<!doctype", b"<html", b"<?xml")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?")
_UNPRINTABLE = {TextProblem.CONTROL, TextProblem.SURROGATE}


@dataclass(frozen=True)
class SheetRow:
    """One row: the number that the spreadsheet shows, and a cell for each heading."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One table; `columns` are the letters of the columns that the headings stand in."""

    name: str
    header: tuple[str, ...]
    header_row: int
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read_sheet(data: bytes, filename: str) -> Sheet:
    """The first sheet of an XLSX file, or a CSV file; the content decides which it is, not the name.

    Cells come as single lines: outer spaces gone, whole numbers without a point, dates as 2026-03-05. Empty rows and
    empty columns at the end are left out. Raises a `BadSheet`.
    """
    if len(data) > LARGEST_FILE:
        raise SheetTooLarge(megabytes=LARGEST_FILE // 1024**2)
    if not data.strip():
        raise EmptySheet
    if data.startswith(_OLE):
        raise OldSpreadsheet
    if data.lstrip().lower().startswith(tuple(start.lower() for start in _OTHERS)):
        raise WrongKind
    if data.startswith(_ZIP):
        name, found = xlsx_rows(data)
    else:
        name, found = filename, csv_rows(data)
    return _table(name, found)


def _table(name: str, found: Iterable[Sequence[Value]]) -> Sheet:
    rows = _filled(found)
    try:
        header_row, values = next(rows)
    except StopIteration:
        raise EmptySheet from None
    header = _header(header_row, values)
    letters = tuple(map(column_letters, range(1, len(header) + 1)))
    body = tuple(_body(rows, header))
    kept = [place for place, title in enumerate(header) if title]
    if not body:
        raise NoRows(row=header_row)
    return Sheet(
        name=name,
        header=tuple(header[place] for place in kept),
        header_row=header_row,
        columns=tuple(letters[place] for place in kept),
        rows=tuple(SheetRow(row.number, tuple(row.cells[place] for place in kept)) for row in body)
        if len(kept) < len(header)
        else body,
    )


def _filled(found: Iterable[Sequence[Value]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with something in them, numbered as the spreadsheet numbers them."""
    for number, values in enumerate(found, 1):
        if number > MOST_ROWS + 1:
            raise TooManyRows(most=MOST_ROWS)
        if len(values) > MOST_COLUMNS and any(as_text(value) for value in values[MOST_COLUMNS:]):
            raise TooManyColumns(row=number, column=column_letters(MOST_COLUMNS), most=MOST_COLUMNS)
        cells = [as_text(value) for value in values[:MOST_COLUMNS]]
        if any(cells):
            for place, text in enumerate(cells, 1):
                if text:
                    _ensure_printable(text, number, place)
            yield number, cells


def _ensure_printable(text: str, row: int, place: int) -> None:
    if len(text) > LONGEST_CELL:
        raise CellTooLong(row=row, column=column_letters(place), most=LONGEST_CELL)
    # An ASCII text holds no letter that could be wrong, but for controls; most cells are done here.
    if (text.isascii() and text.isprintable()) or (problem_in(text) not in _UNPRINTABLE and "\ufffd" not in text):
        return
    raise UnprintableInCell(row=row, column=column_letters(place))


def _header(row: int, cells: list[str]) -> list[str]:
    while not cells[-1]:
        cells.pop()
    seen: dict[str, int] = {}
    for place, title in enumerate(cells, 1):
        if not title:
            continue
        is_day = place > 1 and _DAY.fullmatch(title) is not None  # what lists of attendance call their columns
        if "@" in title or not (is_day or any(map(str.isalpha, title))):
            raise NoHeader(row=row, column=column_letters(place), text=title[:60])
        first = seen.setdefault(fold(title) or title, place)
        if first != place:
            raise DoubledHeader(row=row, first=column_letters(first), column=column_letters(place), text=title[:60])
    return cells


def _body(rows: Iterable[tuple[int, list[str]]], header: list[str]) -> Iterator[SheetRow]:
    width = len(header)
    nameless = [place for place, title in enumerate(header) if not title]
    for number, cells in rows:
        for place in chain((one for one in nameless if one < len(cells)), range(width, len(cells))):
            if cells[place]:
                raise NamelessColumn(row=number, column=column_letters(place + 1))
        yield SheetRow(number, tuple(cells[:width] + [""] * (width - len(cells))))
