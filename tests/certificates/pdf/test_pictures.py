"""Pictures: once in the file however often they are used, what is clear in them left clear, and looked at first."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader

from tests.certificates.pdf.sheets import ABOUT, faults, line, picture, sheet, spoken
from trainreg.certificates.pdf import pictures
from trainreg.certificates.pdf.page import Picture, Tag
from trainreg.certificates.pdf.pictures import PictureUnusable, prepared
from trainreg.certificates.pdf.writer import draw

TITLE = spoken(line("Certificate", 40), tag=Tag.HEADING)


def encoded(image: Image.Image, kind: str = "PNG") -> bytes:
    kept = io.BytesIO()
    image.save(kept, kind)
    return kept.getvalue()


def seal(mode: str = "RGBA") -> Image.Image:
    image = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((50, 25, 149, 74), fill=(200, 30, 30, 255))
    return image.convert(mode)


def gradient() -> Image.Image:
    return Image.merge("RGB", [Image.radial_gradient("L"), Image.linear_gradient("L"), Image.new("L", (256, 256), 90)])


@pytest.fixture
def shelf() -> Iterator[dict[str, bytes]]:
    """Pictures by their fingerprint, provided for one test."""
    before = pictures.loader()
    kept: dict[str, bytes] = {}
    pictures.provide(kept.__getitem__)
    yield kept
    pictures.provide(before)


def put(shelf: dict[str, bytes], content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    shelf[digest] = content
    return digest


def placed(digest: str, x: float = 100, alternative: str = "Seal of the ministry") -> Picture:
    return Picture(image=digest, x=x, y=100, width=40, height=20, alternative=alternative)


@pytest.mark.parametrize(
    "content",
    [
        encoded(seal()), encoded(seal("P")), encoded(seal("LA")), encoded(seal("L")), encoded(gradient()),
        encoded(gradient(), "JPEG"), encoded(seal("L"), "JPEG"), encoded(seal("1")),
    ],
    ids=["clear", "palette", "clear grey", "grey", "many colours", "JPEG", "grey JPEG", "black and white"],
)  # fmt: skip
def test_a_picture_keeps_the_file_archival(content: bytes, shelf: dict[str, bytes]) -> None:
    digest = put(shelf, content)

    assert faults(draw([sheet(TITLE, placed(digest), placed(digest, 20, ""))], about=ABOUT)) == []


def test_what_is_clear_lets_the_page_through_and_colours_stay(shelf: dict[str, bytes], tmp_path: Path) -> None:
    drawn = picture(draw([sheet(TITLE, placed(put(shelf, encoded(seal()))))], about=ABOUT), tmp_path, 72)

    def at(x: float, y: float) -> tuple[int, ...]:
        return drawn.getpixel((round(x * 72 / 25.4), round(y * 72 / 25.4)))

    assert at(102, 102) == (255, 255, 255)
    assert at(120, 110) == (200, 30, 30)


def test_it_is_one_object_on_all_pages_and_prepared_once(shelf: dict[str, bytes]) -> None:
    digest = put(shelf, encoded(seal()))
    asked = []
    pictures.provide(lambda wanted: asked.append(wanted) or shelf[wanted])
    content = draw([sheet(TITLE, placed(digest), placed(digest, 20)) for _ in range(3)], about=ABOUT)
    draw([sheet(TITLE, placed(digest))], about=ABOUT)

    assert asked == [digest]
    assert content.count(b"/Subtype/Image") == 2
    assert len(PdfReader(io.BytesIO(content)).pages[2].images) == 1


def test_one_with_words_is_a_figure_and_one_without_is_decoration(shelf: dict[str, bytes]) -> None:
    digest = put(shelf, encoded(seal()))
    root = PdfReader(io.BytesIO(draw([sheet(TITLE, placed(digest), placed(digest, 9, ""))], about=ABOUT))).root_object
    elements = [kid.get_object() for kid in root["/StructTreeRoot"]["/K"]["/K"]]

    assert [element["/S"] for element in elements] == ["/H1", "/Figure"]
    assert elements[1]["/Alt"] == "Seal of the ministry"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF",
        b"<svg/>",
        encoded(seal("RGB").convert("CMYK"), "JPEG"),
        encoded(seal())[:60],
        encoded(seal(), "GIF"),
    ],
    ids=["nothing", "a PDF", "an SVG", "a JPEG in CMYK", "cut short", "a GIF"],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(PictureUnusable):
        prepared(content)


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_opened() -> None:
    bomb = encoded(Image.new("1", (20_000, 2_001)))

    assert len(bomb) < 10_000
    with pytest.raises(PictureUnusable, match="too large"):
        prepared(bomb)


def test_without_a_provider_there_is_no_picture() -> None:
    with pytest.raises(LookupError):
        pictures.loader()("0" * 64)
