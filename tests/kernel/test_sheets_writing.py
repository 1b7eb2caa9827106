"""Tables that are handed over: a text is never run as a formula, numbers and days are what they are."""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.kernel.sheets import written
from trainreg.kernel.sheets import read_sheet
from trainreg.kernel.sheets_writing import SheetFormat, write_sheet

MOMENT = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
DANGEROUS = ["=1+1", "+1", "-1+2", "@SUM(1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]


def test_csv_begins_with_a_mark_and_quotes_what_needs_it() -> None:
    content = written("csv", ["Нэр", "Note"], [["Бат, Болор", 'so "called"'], [None, "two\nlines"]])
    assert content.decode("utf-8") == '\ufeffНэр,Note\r\n"Бат, Болор","so ""called"""\r\n,"two\nlines"\r\n'


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_csv_cell_that_would_run_gets_an_apostrophe(text: str) -> None:
    content = written("csv", [text], [[text]]).decode("utf-8-sig")
    assert content.count(f"'{text}") == 2


def test_numbers_and_days_of_csv_stay_what_they_are() -> None:
    row = [-5, Decimal("-0.5"), 2.5, date(2026, 3, 5), MOMENT, True, None]
    lines = written("csv", list("abcdefg"), [row]).decode("utf-8-sig").splitlines()
    assert lines[1] == "-5,-0.5,2.5,2026-03-05,2026-03-05 09:30,yes,"


@pytest.mark.parametrize("text", DANGEROUS)
def test_an_xlsx_cell_is_text_and_never_a_formula(text: str) -> None:
    sheet = load_workbook(BytesIO(written("xlsx", ["Name"], [[text]]))).active
    cell = sheet["A2"]
    assert cell.data_type != "f" and cell.value.replace("_x000D_", "").strip() == text.strip()


def test_xlsx_holds_real_numbers_days_and_moments() -> None:
    row = [7, Decimal("0.5"), date(2026, 3, 5), MOMENT, True, "http://example.org"]
    sheet = load_workbook(BytesIO(written("xlsx", list("abcdef"), [row]))).active
    shown = [cell.value for cell in sheet[2]]
    assert shown[:2] == [7, 0.5] and shown[4:] == [True, "http://example.org"]
    assert [f"{day:%Y-%m-%d %H:%M}" for day in shown[2:4]] == ["2026-03-05 00:00", "2026-03-05 09:30"]
    assert sheet["F2"].hyperlink is None


def test_xlsx_is_ready_to_be_printed() -> None:
    rows = [["Батын Болор", "x" * 300]]
    sheet = load_workbook(BytesIO(written("xlsx", ["Name", "Note"], rows, title="Бүртгэл: [2026]/*?"))).active
    assert sheet.title == "Бүртгэл 2026"
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:B2", "$1:$1")
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width < sheet.column_dimensions["B"].width < 70


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_written_can_be_read_again(form: str) -> None:
    rows = [["Өнөржаргал", "+976 99112233", "-"], ["=1+1", "@home", "2026-03-05"]]
    sheet = read_sheet(written(form, ["Name", "Phone", "Note"], rows), f"list.{form}")
    assert [row.cells for row in sheet.rows] == [tuple(row) for row in rows]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_rows(form: str) -> None:
    def peak(count: int) -> int:
        rows: Iterator[list[str]] = ([f"Name {number}", "x" * 50, "y" * 50] for number in range(count))
        tracemalloc.start()
        with write_sheet(SheetFormat(form), ["Name", "A", "B"], rows):
            used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(10)
    assert peak(20_000) < peak(10_000) + 600_000


def test_an_empty_table_and_a_title_of_nothing_but_signs() -> None:
    sheet = load_workbook(BytesIO(written("xlsx", ["Name"], [], title="[]'*"))).active
    assert (sheet.title, sheet.max_row) == ("Sheet1", 1)
    assert written("csv", ["Name"], []).decode("utf-8-sig") == "Name\r\n"
