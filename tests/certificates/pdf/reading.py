"""Reading a page back: which glyph of which typeface stands where, from the operators in the finished file."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from pypdf import PdfReader

Placed = tuple[str, int, float, float]
_TOKENS = re.compile(
    r"/F(?P<font>\d+) (?P<size>[\d.]+) Tf|(?P<rise>-?[\d.]+) Ts|<(?P<glyphs>[0-9A-F]+)>(?! ?>?> BDC)(?= Tj)?"
    r"|(?P<shift>-?\d+)(?=[<\]])|\[|\] TJ"
)


@dataclass(frozen=True)
class Paragraph:
    """A marked part of a page: its glyphs and places (thousandths of the size), the words beside them, what they read as."""

    glyphs: list[Placed]
    actual: str
    read: str


def paragraphs(content: bytes) -> list[Paragraph]:
    """Every text of the file, in the order of its pages."""
    reader = PdfReader(io.BytesIO(content))
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    found: list[Paragraph] = []
    for count, page in enumerate(reader.pages):
        fonts = page["/Resources"]["/Font"]
        widths = {name: _widths(font.get_object()) for name, font in fonts.items()}
        letters = {widths[name][0]: _letters(font.get_object()) for name, font in fonts.items()}
        stream = page.get_contents().get_data().decode("ascii")
        for mark, shown in re.findall(r"/(?:P|H1) <</MCID (\d+)>> BDC (.*?) EMC$", stream, re.MULTILINE):
            element = numbers[2 * count + 1][int(mark)].get_object()
            span = re.search(r"/ActualText <FEFF([0-9A-F]*)>", shown)
            actual = str(element.get("/ActualText", "")) or (bytes.fromhex(span[1]).decode("utf-16-be") if span else "")
            glyphs = _glyphs(shown, widths)
            read = "".join(letters[name][glyph] for name, glyph, _, _ in glyphs)
            found.append(Paragraph(glyphs, actual, read))
    return found


def _widths(font: dict) -> tuple[str, dict[int, int]]:
    descendant = font["/DescendantFonts"][0].get_object()
    flat = descendant["/W"]
    widths = {int(flat[place]): int(flat[place + 1][0]) for place in range(0, len(flat), 2)}
    return str(font["/BaseFont"])[8:], widths


def _letters(font: dict) -> dict[int, str]:
    rows = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", font["/ToUnicode"].get_data().decode("ascii") + "\n")
    return {int(glyph, 16): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in rows}


def _glyphs(shown: str, widths: dict[str, tuple[str, dict[int, int]]]) -> list[Placed]:
    pen, rise, size, font = 0.0, 0.0, 1.0, ""
    placed: list[Placed] = []
    for token in _TOKENS.finditer(shown[shown.index("BT ") :]):
        if token["font"]:
            font, size = f"/F{token['font']}", float(token["size"])
        elif token["rise"]:
            rise = float(token["rise"]) * 1000 / size
        elif token["shift"]:
            pen -= float(token["shift"])
        elif token["glyphs"]:
            name, advances = widths[font]
            for start in range(0, len(token["glyphs"]), 4):
                glyph = int(token["glyphs"][start : start + 4], 16)
                placed.append((name, glyph, pen, round(rise)))
                pen += advances[glyph]
    return placed
