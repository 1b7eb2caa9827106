"""A spreadsheet is read as the rows of one table, from every form in which offices send it."""

from datetime import UTC, date, datetime, time

import pytest

from tests.kernel.sheets import as_csv, written, xlsx
from trainreg.kernel.sheets import MOST_ROWS, SheetRow, read_sheet

ROWS = [["Овог", "Нэр", "E-mail"], ["Бат", "Болор", "bolor@example.org"], ["Дорж", "Туяа", ""]]


def test_an_xlsx_file_is_read_with_its_rows_and_columns() -> None:
    sheet = read_sheet(xlsx(ROWS, title="Participants"), "list.xlsx")
    assert (sheet.name, sheet.header, sheet.header_row) == ("Participants", ("Овог", "Нэр", "E-mail"), 1)
    assert sheet.columns == ("A", "B", "C")
    assert sheet.rows == (SheetRow(2, ("Бат", "Болор", "bolor@example.org")), SheetRow(3, ("Дорж", "Туяа", "")))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1251"])
def test_a_csv_file_is_read_in_its_encoding_and_with_its_separator(encoding: str, separator: str) -> None:
    sheet = read_sheet(as_csv(ROWS, encoding=encoding, separator=separator), "list.csv")
    assert sheet.header == ("Овог", "Нэр", "E-mail")
    assert [row.cells for row in sheet.rows] == [tuple(row) for row in ROWS[1:]]


def test_the_letters_of_mongolian_survive_utf_16_without_a_mark() -> None:
    rows = [["Нэр", "Албан тушаал"], ["Өнөржаргал", "Ахлах мэргэжилтэн"], ["Үүрийнтуяа", "Дарга"]]
    sheet = read_sheet(as_csv(rows, encoding="utf-16-be"), "list.csv")
    assert [row.cells for row in sheet.rows] == [tuple(row) for row in rows[1:]]


def test_cells_are_cleaned() -> None:
    day, moment = date(2026, 3, 5), datetime(2026, 3, 5, 9, 30, tzinfo=UTC).replace(tzinfo=None)
    rows = [["Name", "Number", "Share", "Day", "At", "Hour"], ["  Бат\n Болор ", 99112233.0, 0.5, day, moment, time(9)]]
    sheet = read_sheet(xlsx(rows), "list.xlsx")
    assert sheet.rows[0].cells == ("Бат Болор", "99112233", "0.5", "2026-03-05", "2026-03-05 09:30", "09:00")


def test_row_numbers_are_those_that_the_spreadsheet_shows() -> None:
    rows = [[], ["Name", "E-mail"], [], ["Бат", ""], [None, None], ["Туяа", ""]]
    assert [row.number for row in read_sheet(xlsx(rows), "a.xlsx").rows] == [4, 6]
    typed = '\nName,E-mail\n\nБат,\n,\n"Туяа\nДорж",\nСаран,\n'.encode()
    assert [(row.number, row.cells[0]) for row in read_sheet(typed, "a.csv").rows] == [
        (4, "Бат"),
        (6, "Туяа Дорж"),
        (7, "Саран"),
    ]


def test_a_separator_within_the_heading_does_not_mislead() -> None:
    typed = "Name, as in the passport;E-mail\nБат, Болор;bolor@example.org\nТуяа;\n".encode()
    assert read_sheet(typed, "a.csv").header == ("Name, as in the passport", "E-mail")


def test_the_separator_that_excel_names_is_believed() -> None:
    sheet = read_sheet(b"sep=;\r\nName;E-mail\r\nBat;b@example.org\r\n", "a.csv")
    assert (sheet.header, sheet.header_row, sheet.rows[0].number) == (("Name", "E-mail"), 2, 3)


def test_one_column_is_a_table_too() -> None:
    assert [row.cells for row in read_sheet(b"Name\nBat\nDorj\n", "a.csv").rows] == [("Bat",), ("Dorj",)]


def test_an_empty_column_is_left_out_and_the_letters_stay_true() -> None:
    sheet = read_sheet(xlsx([["Name", None, "E-mail"], ["Бат", None, "b@example.org"]]), "a.xlsx")
    assert (sheet.header, sheet.columns) == (("Name", "E-mail"), ("A", "C"))
    assert sheet.rows[0].cells == ("Бат", "b@example.org")


def test_a_telephone_number_is_no_formula_and_our_own_mark_is_taken_off() -> None:
    typed = "Name,Phone,Note\nБат,+976 (11) 99-11-22,-\nТуяа,'+976 99112233,'=1+1\nСаран,,'90s\n".encode()
    assert [row.cells[1:] for row in read_sheet(typed, "a.csv").rows] == [
        ("+976 (11) 99-11-22", "-"),
        ("+976 99112233", "=1+1"),
        ("", "'90s"),
    ]


def test_a_text_that_looks_like_a_formula_is_text_in_xlsx() -> None:
    sheet = read_sheet(written("xlsx", ["Name"], [["=1+1"]]), "a.xlsx")
    assert sheet.rows[0].cells == ("=1+1",)


def test_many_rows_are_read() -> None:
    typed = as_csv([["Name"], *[[f"Name {number}"] for number in range(MOST_ROWS)]])
    assert len(read_sheet(typed, "a.csv").rows) == MOST_ROWS
