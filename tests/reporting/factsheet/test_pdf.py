"""The factsheet on paper: it flows over pages, and nothing is cut, covered, or left alone."""

import io
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.factories import NOW
from tests.reporting.factsheet.telling import LONG_TITLE, long, short
from trainreg.certificates.drawing.sheet import POINTS_PER_MM
from trainreg.certificates.pdf.page import Anchor, Page, Picture, Tag, Text
from trainreg.reporting.factsheet.lines import width_of
from trainreg.reporting.factsheet.parts import Factsheet
from trainreg.reporting.factsheet.pdf import draw_factsheet, pages_of

Box = tuple[float, float, float, float]
SHARE = {Anchor.LEFT: 0.0, Anchor.MIDDLE: 0.5, Anchor.RIGHT: 1.0}


@pytest.fixture(scope="module")
def pages(app: Flask) -> list[Page]:
    with app.app_context():
        return pages_of(long(photographs=7))


def drawn(told: Factsheet, app: Flask) -> bytes:
    with app.app_context():
        return draw_factsheet(told, at=NOW)


def texts(page: Page) -> list[Text]:
    return [item for item in page.items if isinstance(item, Text)]


def boxes(page: Page) -> Iterator[Box]:
    """Where each line and picture stands: left, top, right, bottom; of letters the part above the baseline."""
    for item in page.items:
        if isinstance(item, Picture):
            yield item.x, item.y, item.x + item.width, item.y + item.height
        for line in item.lines if isinstance(item, Text) else ():
            width = width_of(line.text, line.face, line.size)
            left = line.x - width * SHARE[line.anchor]
            yield left, line.y - line.size / POINTS_PER_MM * 0.7, left + width, line.y


@pytest.mark.slow
def test_nothing_stands_off_the_page(pages: list[Page]) -> None:
    assert len(pages) > 12
    for page in pages:
        for left, top, right, bottom in boxes(page):
            assert left >= 17.9 and right <= 192.6 and top >= 10 and bottom <= 290


def test_nothing_stands_on_another(pages: list[Page]) -> None:
    for number, page in enumerate(pages):
        for one, two in combinations(boxes(page), 2):
            apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
            assert apart, (number, one, two)


def test_no_heading_ends_a_page(pages: list[Page]) -> None:
    for page in pages:
        told = [text for text in texts(page) if text.tag is not Tag.ARTIFACT]
        assert told and told[-1].tag not in {Tag.SUBHEADING, Tag.SMALL_HEADING}, told[-1]


def test_every_word_is_there(pages: list[Page]) -> None:
    said = " ".join(line.text for page in pages for text in texts(page) for line in text.lines)
    for number in range(90):
        assert f"trafficking {number}" in said
    assert said.count(LONG_TITLE.split(",")[0]) >= 90 + 40 + 30


def test_the_head_of_the_table_stands_on_every_page_of_it(pages: list[Page]) -> None:
    for page in pages:
        said = [line.text for text in texts(page) for line in text.lines]
        assert (any(re.fullmatch(r"\d+\.a · officials", one) for one in said)) == ("Baseline" in said)


def test_the_pages_are_numbered(pages: list[Page]) -> None:
    for number, page in enumerate(pages, 1):
        assert any(line.text == f"Page {number} of {len(pages)}" for text in texts(page) for line in text.lines)


@pytest.mark.parametrize("facts", [1, 60])
def test_many_partners_stand_first_where_the_side_has_no_room(app: Flask, facts: int) -> None:
    told = short()
    with app.app_context():
        found = pages_of(Factsheet(**vars(told) | {"facts": list(told.facts) * facts}))
    assert (len(found) == 1) == (facts == 1)


def test_the_file_is_light_tagged_and_the_same_twice(app: Flask) -> None:
    content = drawn(long(), app)
    assert content == drawn(long(), app)
    assert len(content) < 400_000
    reader = PdfReader(io.BytesIO(content))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en" and catalogue["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own Boolean
    assert reader.metadata is not None and reader.metadata.title == f"Factsheet: {LONG_TITLE}"
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert all("/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts)


def test_letters_that_no_typeface_has_do_not_stop_it(app: Flask) -> None:
    told = short()
    strange = Factsheet(**vars(told) | {"title": type(told.title)("宋体 \U0001f600 a\u0301\u200b", "en")})
    assert drawn(strange, app).startswith(b"%PDF")
