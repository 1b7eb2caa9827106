"""Read an XLSX file without being made to unpack what was never meant to be read."""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl import load_workbook

from trainreg.kernel.sheets_cells import Value, column_letters
from trainreg.kernel.sheets_refusals import (
    BadSheet,
    BrokenSheet,
    ErrorInCell,
    FormulaInCell,
    MergedCells,
    SpreadsheetBomb,
    TooManyColumns,
    WrongKind,
)
from trainreg.kernel.text import one_line

MOST_UNPACKED = 50 * 1024 * 1024
MOST_PARTS = 2_000
# The parts that are held in memory as a whole are kept smaller than the rows, which are read one by one.
MOST_OF_STRINGS = 20 * 1024 * 1024
MOST_OF_ANOTHER = 4 * 1024 * 1024
WIDEST_ROW = 1_024
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})(:[A-Z0-9]{1,10})?[\"']")


def xlsx_rows(data: bytes) -> tuple[str, Iterator[Sequence[Value]]]:
    """The name of the first visible sheet, and its rows from the first on, the empty ones too."""
    _ensure_small(data)
    try:
        workbook: Any = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = next((one for one in workbook.worksheets if one.sheet_state == "visible"), None)
        if sheet is None:
            raise WrongKind
        sheet.reset_dimensions()
        with ZipFile(BytesIO(data)) as archive:
            _ensure_not_merged(archive.read(sheet._worksheet_path))
    except BadSheet:
        raise
    except Exception as problem:  # a damaged part can fail the reader in any way
        raise BrokenSheet from problem
    return one_line(str(sheet.title))[:100], _rows(sheet)


def _ensure_small(data: bytes) -> None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, NotImplementedError, ValueError, OSError) as problem:
        raise BrokenSheet from problem
    # The sizes are those that the file states; reading stops there, and a part that lies is damaged.
    if (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > MOST_UNPACKED
        or any(part.file_size > _most_of(part) for part in parts)
    ):
        raise SpreadsheetBomb(megabytes=MOST_UNPACKED // 1024**2)
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        raise WrongKind
    if any(part.flag_bits & 1 for part in parts):
        raise BrokenSheet


def _most_of(part: ZipInfo) -> int:
    name = part.filename.lower()
    if name.startswith(("xl/worksheets/", "xl/media/")):
        return MOST_UNPACKED
    return MOST_OF_STRINGS if name == "xl/sharedstrings.xml" else MOST_OF_ANOTHER


def _ensure_not_merged(part: bytes) -> None:
    merged = [(int(row), letters, rest) for letters, row, rest in _MERGED.findall(part)]
    if merged:
        row, letters, rest = min(merged)
        column = letters.decode()
        raise MergedCells(row=row, column=column, range=f"{column}{row}{rest.decode()}")


def _rows(sheet: Any) -> Iterator[Sequence[Value]]:
    try:
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if len(cells) > WIDEST_ROW:
                raise TooManyColumns(row=number, column=column_letters(WIDEST_ROW), most=WIDEST_ROW)
            yield [_value(cell, number, place) for place, cell in enumerate(cells, 1)]
    except BadSheet:
        raise
    except Exception as problem:  # as above
        raise BrokenSheet from problem


def _value(cell: Any, row: int, place: int) -> Value:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        raise FormulaInCell(row=row, column=column_letters(place))
    if cell.data_type == "e":
        raise ErrorInCell(row=row, column=column_letters(place), text=one_line(str(value))[:20])
    # How Excel writes a line break within a cell.
    kept: Value = value.replace("_x000D_", " ") if isinstance(value, str) else value
    return kept
