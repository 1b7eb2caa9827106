"""What is no readable table is refused with its row and column, before anything large is unpacked."""

import tracemalloc
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.sheets import as_csv, lying_about_sizes, with_part, xlsx
from trainreg.kernel import sheets_refusals as refusals
from trainreg.kernel.sheets import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, read_sheet

SHEET = "xl/worksheets/sheet1.xml"
PLAIN = xlsx([["Name"], ["Bat"]])


def refused(data: bytes, kind: type[refusals.BadSheet], name: str = "list.csv", **facts: object) -> refusals.BadSheet:
    with pytest.raises(refusals.BadSheet) as found:
        read_sheet(data, name)
    assert type(found.value) is kind
    assert found.value.facts | facts == found.value.facts
    return found.value


def test_a_spreadsheet_bomb_is_not_unpacked() -> None:
    bomb = with_part(PLAIN, SHEET, b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>")
    assert len(bomb) < 200_000
    tracemalloc.start()
    refused(bomb, refusals.SpreadsheetBomb, "list.xlsx")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_bomb_of_shared_texts_or_of_many_parts_is_not_unpacked() -> None:
    refused(with_part(PLAIN, "xl/sharedStrings.xml", b" " * 21_000_000), refusals.SpreadsheetBomb)
    refused(with_part(PLAIN, "xl/styles.xml", b" " * 5_000_000), refusals.SpreadsheetBomb)
    target = BytesIO(PLAIN)
    with ZipFile(target, "a", ZIP_DEFLATED) as archive:
        for number in range(2_001):
            archive.writestr(f"xl/media/{number}.png", b"")
    refused(target.getvalue(), refusals.SpreadsheetBomb)


def test_a_bomb_that_lies_about_its_size_is_damaged() -> None:
    bomb = with_part(PLAIN, SHEET, b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>")
    refused(lying_about_sizes(bomb, SHEET, 1_000), refusals.BrokenSheet)


def test_entities_that_unpack_without_end_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    refused(with_part(PLAIN, SHEET, laughs), refusals.BrokenSheet)


def test_a_row_number_without_end_stops_the_reading() -> None:
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    row = b'<row r="999999999999999"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
    refused(with_part(PLAIN, SHEET, far % row), refusals.TooManyRows)


def test_too_large_and_empty() -> None:
    refused(b"x" * (LARGEST_FILE + 1), refusals.SheetTooLarge, megabytes=12)
    for nothing in (b"", b" \r\n ", b"\xef\xbb\xbf", b",,,\n,,\n", xlsx([]), xlsx([[None, " "]])):
        refused(nothing, refusals.EmptySheet)
    refused(b"Name,E-mail\n", refusals.NoRows, row=1)
    refused(as_csv([["Name"], *[["x"]] * (MOST_ROWS + 1)]), refusals.TooManyRows, most=MOST_ROWS)
    wide = [[f"Column {number}" for number in range(MOST_COLUMNS + 1)]]
    refused(as_csv(wide), refusals.TooManyColumns, row=1)
    refused(as_csv([["Name"], ["x" * 2_001]]), refusals.CellTooLong, row=2, column="A")


@pytest.mark.parametrize(
    "other",
    [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n...", b"<!DOCTYPE html><p>", b"<html>", b"\xff\xd8\xff\xe0", b"{\\rtf1"],
)
def test_another_kind_of_file_is_refused_whatever_its_name(other: bytes) -> None:
    refused(other, refusals.WrongKind, "list.xlsx")


def test_an_old_or_locked_spreadsheet_and_another_zip() -> None:
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, refusals.OldSpreadsheet, "list.xls")
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    refused(target.getvalue(), refusals.WrongKind, "list.xlsx")
    refused(PLAIN[:-40], refusals.BrokenSheet, "list.xlsx")
    refused(with_part(PLAIN, SHEET, b"<worksheet><sheetData><row>"), refusals.BrokenSheet, "list.xlsx")


def test_a_formula_is_named_by_its_cell() -> None:
    refused(xlsx([["Name", "Sum"], ["Bat", 1], ["Dorj", "=B2+1"]]), refusals.FormulaInCell, row=3, column="B")
    refused(b"Name,Sum\nBat,=1+1\n", refusals.FormulaInCell, row=2, column="B")
    refused(b'Name,Sum\nBat,"@SUM(1,2)"\n', refusals.FormulaInCell, row=2, column="B")
    refused(b"Name,Sum\nBat,+2+cmd|' /C calc'!A0\n", refusals.FormulaInCell, row=2, column="B")


def test_an_error_shown_in_a_cell() -> None:
    book = xlsx([["Name", "Sum"], ["Bat", "#N/A"]])
    refused(book, refusals.ErrorInCell, row=2, column="B", text="#N/A")


def test_merged_cells_are_named() -> None:
    found = refused(xlsx([["Name", "Other"], ["Bat", ""]], merged="A1:B1"), refusals.MergedCells, row=1, column="A")
    assert found.facts["range"] == "A1:B1"
    refused(xlsx([["Name"], ["Bat"], [None]], merged="A2:A3"), refusals.MergedCells, row=2, column="A")


def test_two_encodings_in_one_file() -> None:
    heading, utf_8 = "Нэр,Албан тушаал\n".encode(), "Болор,Дарга\n".encode()
    refused(heading + utf_8 + "Туяа,Мэргэжилтэн\n".encode("windows-1251"), refusals.MixedEncodings, row=3)
    refused("Нэр\nБат\n".encode("windows-1251") + "Туяа\n".encode(), refusals.MixedEncodings, row=3)
    refused("Нэр\nБат\n".encode("utf-16") + b"\x00\xd8\x00\xd8", refusals.MixedEncodings, row=3)


def test_an_encoding_that_is_none_of_ours() -> None:
    refused("Name\nMüller\n".encode("iso-8859-1"), refusals.UnknownEncoding, row=2)
    refused(b"Name\n\x98\xff\n", refusals.UnknownEncoding, row=2)


def test_headings() -> None:
    refused(b"bat@example.org,Bat\nb@example.org,Dorj\n", refusals.NoHeader, row=1, column="A")
    refused(b"Name,2026\nBat,1\n", refusals.NoHeader, row=1, column="B", text="2026")
    refused(b"Name,E-mail,name \nBat,,\n", refusals.DoubledHeader, first="A", column="C")
    refused(b"Name,E-mail\nBat,,more\n", refusals.NamelessColumn, row=2, column="C")
    refused(xlsx([["Name", None, "E-mail"], ["Bat", "x", ""]]), refusals.NamelessColumn, row=2, column="B")


def test_characters_that_cannot_be_printed() -> None:
    refused(b"Name\nBat\x07\n", refusals.UnprintableInCell, row=2, column="A")
    refused(b"Name,E-mail\nBat,\x00\n", refusals.UnprintableInCell, row=2, column="B")
    refused("Name\nБа\ufffd\n".encode(), refusals.UnprintableInCell, row=2, column="A")


def test_quotation_marks_that_do_not_fit() -> None:
    refused(b'Name,Note\nBat,"never closed\nDorj,x\n', refusals.BrokenQuotes, row=2)
    refused(b'Name,Note\nBat,"a"b\n', refusals.BrokenQuotes, row=2)


def test_every_refusal_is_a_sentence(app: Flask) -> None:
    facts = dict.fromkeys(("row", "most", "megabytes"), 1)
    facts |= dict.fromkeys(("column", "first", "text", "range"), "x")  # type: ignore[dict-item]
    with app.test_request_context():
        for kind in refusals.BadSheet.__subclasses__():
            assert "%(" not in str(kind(**facts)) and str(kind(**facts)).endswith("."), kind


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300) | st.binary(max_size=200).map(lambda some: PLAIN[:30] + some) | st.text().map(str.encode)
)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        read_sheet(data, "list.xlsx")
    except refusals.BadSheet as refusal:
        assert refusal.status in {413, 422}


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(PLAIN) - 1), st.integers(0, 255))
def test_no_damaged_file_breaks_the_reader(place: int, byte: int) -> None:
    damaged = bytearray(PLAIN)
    damaged[place] = byte
    try:
        read_sheet(bytes(damaged), "list.xlsx")
    except refusals.BadSheet as refusal:
        assert zlib and refusal.status in {413, 422}
