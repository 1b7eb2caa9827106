"""Spreadsheets of several sheets."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from trainreg.kernel.sheets_book import BookFacts, Column, SheetPlan, in_sheets, write_book
from trainreg.kernel.sheets_writing import SheetFormat, SheetFull, write_sheet


@pytest.mark.parametrize(("rows", "sheets"), [(0, [0]), (1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2]), (5, [2, 2, 1])])
def test_a_list_takes_as_many_sheets_as_it_needs(rows: int, sheets: list[int]) -> None:
    """A spreadsheet has a last row; what came behind it would be lost without a word."""
    plan = SheetPlan("List", [Column("Name")], ((f"Name {number}",) for number in range(rows)))
    told: list[int] = []
    with write_book(BookFacts("List"), in_sheets(plan, rows_in_one=2), after_some=told.append) as made:
        book = load_workbook(BytesIO(made.read()))
    assert [len(list(sheet.iter_rows(min_row=2))) for sheet in book] == sheets and sum(told) == rows
    assert book.sheetnames == ["List", "List 2", "List 3"][: len(sheets)]
    names = [row[0].value for sheet in book for row in sheet.iter_rows(min_row=2)]
    assert names == [f"Name {number}" for number in range(rows)]


def test_a_table_of_one_sheet_says_so_where_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainreg.kernel.sheets_writing.LAST_ROW", 2)
    write_sheet(SheetFormat.XLSX, ["Name"], [["a"], ["b"]]).close()
    with pytest.raises(SheetFull):
        write_sheet(SheetFormat.XLSX, ["Name"], [["a"], ["b"], ["c"]])
    write_sheet(SheetFormat.CSV, ["Name"], [["a"], ["b"], ["c"]]).close()
