"""Certificates on larger sheets: cut where the marks say, or four to a sheet, still read and still archival."""

import io
from pathlib import Path

import pytest
import zxingcpp
from pypdf import PdfReader

from tests.certificates.pdf.sheets import ABOUT, ADDRESS, certificate, faults, picture, several, words
from tests.certificates.pdf.signing import SmallSigner
from trainreg.certificates.pdf.imposition import four_up, with_crop_marks
from trainreg.certificates.pdf.writer import draw

POINTS_PER_MM = 72 / 25.4


def test_crop_marks_stand_outside_the_page_that_is_cut_out(tmp_path: Path) -> None:
    content = draw(with_crop_marks([certificate()]), about=ABOUT)
    page = PdfReader(io.BytesIO(content)).pages[0]
    drawn = picture(content, tmp_path, 254)

    assert [round(float(edge) / POINTS_PER_MM) for edge in page.mediabox] == [0, 0, 321, 234]
    assert [round(float(edge) / POINTS_PER_MM) for edge in page.trimbox] == [12, 12, 309, 222]
    for x in (120, 3090):
        assert min(drawn.convert("L").getpixel((x + nudge, 50)) for nudge in (-1, 0, 1)) < 160
        assert drawn.convert("L").getpixel((x, 105)) == 255
    assert faults(content) == []


def test_four_stand_on_a_sheet_and_each_is_a_section(tmp_path: Path) -> None:
    content = draw(four_up(several(6)), about=ABOUT, signer=SmallSigner())
    reader = PdfReader(io.BytesIO(content))
    sections = [kid.get_object() for kid in reader.root_object["/StructTreeRoot"]["/K"]["/K"]]

    assert [[round(float(edge) / POINTS_PER_MM) for edge in page.mediabox[2:]] for page in reader.pages] == [
        [297, 210]
    ] * 2
    assert [section["/S"] for section in sections] == ["/Sect"] * 6 + ["/Form"]
    assert {len(section["/K"]) for section in sections[:6]} == {17}
    assert all(f"MN-2012/000{number}" in words(content, tmp_path) for number in range(6))
    assert faults(content) == []


def test_codes_on_a_proof_can_still_be_scanned(tmp_path: Path) -> None:
    drawn = picture(draw(four_up(several(4)), about=ABOUT), tmp_path, 200)

    assert [found.text for found in zxingcpp.read_barcodes(drawn)] == [ADDRESS] * 4


@pytest.mark.parametrize(("pages", "sheets"), [(1, 1), (4, 1), (5, 2), (9, 3)])
def test_the_last_sheet_takes_what_is_left(pages: int, sheets: int) -> None:
    assert len(four_up(several(pages))) == sheets


def test_nothing_overlaps_on_a_proof() -> None:
    (sheet,) = four_up(several(4))
    boxes = [
        (item.x, item.y, item.x + item.page.width * item.scale, item.y + item.page.height * item.scale)
        for item in sheet.items
        if hasattr(item, "scale")
    ]

    assert all(left > 0 and top > 0 and right < 297 and bottom < 210 for left, top, right, bottom in boxes)
    assert boxes[0][2] < boxes[1][0]
    assert boxes[0][3] < boxes[2][1]
