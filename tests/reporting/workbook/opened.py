"""A workbook as a test reads it."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.pages import Page
from trainreg.reporting.workbook.asked import Asked
from trainreg.reporting.workbook.making import make_workbook

Row = dict[str, Any]
FORMULA = '=cmd|" /C calc"!A0'


def opened(content: bytes) -> Any:
    return load_workbook(BytesIO(content))


def fetched(page: Page) -> Any:
    assert page.status == 200, page.html[:500]
    return opened(page.response.get_data())


def made(asked: Asked, language: str = "en") -> Any:
    with make_workbook(asked, language) as file:
        return opened(file.read())


def rows(book: Any, name: str) -> list[Row]:
    """The rows of a sheet by their headings."""
    heading, *body = book[name].iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in body]


def texts(book: Any) -> str:
    """Everything that stands in any cell, and what the file says of itself."""
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]
    told = book.properties
    return "\n".join([*cells, *(str(one) for one in (told.creator, told.title, told.lastModifiedBy, told.description))])
