"""Spreadsheets as bytes, the good and the bad, for tests."""

import csv
import re
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from trainreg.kernel.sheets_writing import SheetFormat, write_sheet

Rows = Sequence[Sequence[Any]]


def xlsx(rows: Rows, *, merged: str | None = None, title: str = "List") -> bytes:
    """An XLSX file of one sheet; a text that begins with "=" is a formula, as openpyxl has it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def as_csv(rows: Rows, *, encoding: str = "utf-8", separator: str = ",") -> bytes:
    """A CSV file as a spreadsheet program saves it."""
    buffer = StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue().encode(encoding)


def written(form: str, header: Sequence[str], rows: Rows, title: str = "") -> bytes:
    """A table as it is handed over."""
    with write_sheet(SheetFormat(form), header, rows, title=title) as file:
        return file.read()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same file with one of its parts replaced or added."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as changed:
        for part in source.infolist():
            if part.filename != name:
                changed.writestr(part, source.read(part))
        changed.writestr(name, content)
    return target.getvalue()


def lying_about_sizes(data: bytes, name: str, size: int) -> bytes:
    """The same file, stating another unpacked size for one part in both places where a zip states it."""
    changed = bytearray(data)
    for found in re.finditer(re.escape(name.encode()), data):
        for signature, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
            start = found.start() - name_at
            if data[start : start + 4] == signature:
                changed[start + size_at : start + size_at + 4] = size.to_bytes(4, "little")
    return bytes(changed)
