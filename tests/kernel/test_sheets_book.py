"""Spreadsheets of several sheets."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from trainreg.kernel.sheets_book import BookFacts, Column, SheetPlan, in_sheets, write_book


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
