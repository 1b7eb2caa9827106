"""Read a CSV file as offices send it: in one of four encodings, with one of three separators."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from trainreg.kernel.sheets_cells import column_letters
from trainreg.kernel.sheets_refusals import (
    BrokenQuotes,
    EmptySheet,
    FormulaInCell,
    MixedEncodings,
    UnknownEncoding,
    UnprintableInCell,
)

SEPARATORS = ",;\t"
LOOKED_AT = 50
_SAID = re.compile(r"\ufeff?sep=([,;\t])\r?\n", re.IGNORECASE)
_LIVE = re.compile(r"=|[+\-@].*[A-Za-z]+[(!|]")
_OUR_MARK = re.compile(r"'(?=[=+\-@])")
# Two alphabets in one word are the sign of a wrong guess; V and I stand for letters that old keyboards lacked.
_MIXED_WORD = re.compile(r"[а-яёА-ЯЁ][A-HJ-UW-Za-hj-uw-z]|[A-HJ-UW-Za-hj-uw-z][а-яёА-ЯЁ]")


def csv_rows(data: bytes) -> Iterator[list[str]]:
    """Every record from the first on, the empty ones too, so that their numbers are those a spreadsheet shows."""
    text = decoded(data)
    said = _SAID.match(text)
    separator = said[1] if said else likely_separator(text)
    if not text.strip():
        raise EmptySheet
    return _records(text, separator)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1251; raises when it is none of them, or two of them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _in_utf_16(data[2:], "utf-16-le" if data[0] == 0xFF else "utf-16-be")
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = data[place:4000:2]
        # The high bytes of plain letters are 0, those of Cyrillic ones 4; no other encoding of ours looks so.
        if 0 in high and high.count(0) + high.count(4) >= 0.8 * len(high):
            return _in_utf_16(data, encoding)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _in_windows_1251(data)


def _in_utf_16(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode(encoding, errors="ignore")
        raise MixedEncodings(row=before.count("\n") + 1) from problem


def _in_windows_1251(data: bytes) -> str:
    """Every line that is not plain ASCII must be unreadable as UTF-8, and readable as Windows-1251."""
    first_is_utf_8: bool | None = None
    lines = []
    for number, line in enumerate(re.split(rb"(?<=\n)", data), 1):
        if not line.isascii():
            is_utf_8 = _is_utf_8(line)
            first_is_utf_8 = is_utf_8 if first_is_utf_8 is None else first_is_utf_8
            if is_utf_8 is not first_is_utf_8:
                raise MixedEncodings(row=number)
        try:
            text = line.decode("windows-1251")
        except UnicodeDecodeError as problem:
            raise UnknownEncoding(row=number) from problem
        if _MIXED_WORD.search(text):
            raise UnknownEncoding(row=number)
        lines.append(text)
    return "".join(lines)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def likely_separator(text: str) -> str:
    """The separator that cuts the first rows into the same number of cells, more than one where that is possible."""

    def score(separator: str) -> tuple[bool, float, int]:
        try:
            widths = [len(row) for row in islice(csv.reader(StringIO(text), delimiter=separator), LOOKED_AT) if row]
        except csv.Error:
            return False, 0, 0
        width = widths[0] if widths else 0
        return width > 1, widths.count(width) / len(widths) if widths else 0, width

    return max(SEPARATORS, key=score)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    try:
        for number, record in enumerate(reader, 1):
            if number == 1 and _SAID.match(text):
                yield []
                continue
            yield [_cell(value, number, place) for place, value in enumerate(record, 1)]
    except csv.Error as problem:
        raise BrokenQuotes(row=number + 1) from problem


def _cell(value: str, row: int, place: int) -> str:
    if "\x00" in value:
        raise UnprintableInCell(row=row, column=column_letters(place))
    text = value.strip()
    if _LIVE.match(text):
        raise FormulaInCell(row=row, column=column_letters(place))
    return _OUR_MARK.sub("", text, count=1) if text.startswith("'") else value
