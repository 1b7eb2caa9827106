"""Write tables for spreadsheets: rows in, bytes out, in constant memory; a text is never a formula."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import StringIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar

import xlsxwriter
from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Refused
from trainreg.kernel.sheets_cells import Value, as_text

Row = TypeVar("Row")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ROWS_AT_ONCE = 500
IN_MEMORY = 1024 * 1024  # beyond it a file is kept on disk while it is made and sent
LONGEST_TEXT = 32_767
LAST_ROW = 1_048_575  # behind the heading; what comes after it the library leaves out without a word
NARROWEST, WIDEST = 8, 60
A4 = 9
# Rows leave for a file on disk as they are written; nothing that somebody typed becomes a formula or a link.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "remove_timezone": True,
}
_FORBIDDEN_IN_TITLE = str.maketrans("[]:*?/\\", "       ")


class SheetFull(Refused):
    """A list longer than a sheet."""

    sentence = _l("A spreadsheet (XLSX) holds at most 1,048,576 rows. Take this list as CSV.")


class SheetFormat(StrEnum):
    """How a table is handed over."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        if self is SheetFormat.CSV:
            return "text/csv; charset=utf-8"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_sheet(
    form: SheetFormat, header: Sequence[str], rows: Iterable[Sequence[Value]], *, title: str = ""
) -> IO[bytes]:
    """The whole file, ready to be read from its start; the caller closes it. `title` names the sheet."""
    target: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller's to close
    if form is SheetFormat.CSV:
        for chunk in csv_chunks(header, rows):
            target.write(chunk)  # one by one: `writelines` would keep all of them in memory
    else:
        write_xlsx(target, header, rows, title=title)
    target.seek(0)
    return target


def heard(rows: Iterable[Row], told: Callable[[int], object]) -> Iterator[Row]:
    """The rows; `told` hears of them some hundreds at a time."""
    number = 0
    for number, row in enumerate(rows, 1):
        yield row
        if number % ROWS_AT_ONCE == 0:
            told(ROWS_AT_ONCE)
    told(number % ROWS_AT_ONCE)


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """CSV in UTF-8 with a mark at its start, so that Excel reads it as such; numbers stay numbers."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(map(_harmless, header))
    for number, row in enumerate(rows, 1):
        writer.writerow(map(_harmless, row))
        if number % ROWS_AT_ONCE == 0:
            yield buffer.getvalue().encode("utf-8")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8")


def _harmless(value: Value) -> str | int | float | Decimal | None:
    """A text that a spreadsheet would run gets an apostrophe before it."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool)):
        return value
    return as_text(value)


def write_xlsx(target: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Value]], *, title: str = "") -> None:
    """XLSX with a frozen heading that repeats on paper, a filter, and columns as wide as what stands in them."""
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        sheet = book.add_worksheet(sheet_title(title))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        widths = [len(text) for text in header]
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, bold)
        number = 0
        for number, row in enumerate(rows, 1):
            if number > LAST_ROW:
                raise SheetFull
            for column, value in enumerate(row):
                width = _write(sheet, number, column, value, day, moment)
                widths[column] = max(widths[column], width)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))
        sheet.freeze_panes(1, 0)
        if header:
            sheet.autofilter(0, 0, number, len(header) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")


def _write(sheet: Any, row: int, column: int, value: Value, day: Any, moment: Any) -> int:
    """Write one cell as what it is; returns how wide it is in characters."""
    if value is None or value == "":
        return 0
    if isinstance(value, str):
        sheet.write_string(row, column, value[:LONGEST_TEXT])
        return len(value)
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
        return 5
    if isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value)
        return len(str(value))
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, moment)
        return 16
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
        return 10
    text = as_text(value)
    sheet.write_string(row, column, text)
    return len(text)


def sheet_title(title: str) -> str:
    """A name that spreadsheets accept: at most 31 letters, none of those that stand for something in a formula."""
    return " ".join(title.translate(_FORBIDDEN_IN_TITLE).split()).strip("'")[:31].strip("' ") or "Sheet1"
