"""One page being drawn: its operators, each part of them marked with what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

import segno

from trainreg.certificates.drawing.sheet import POINTS_PER_MM, Ornament
from trainreg.certificates.pdf.cuts import Cut
from trainreg.certificates.pdf.faces import Setting, setting
from trainreg.certificates.pdf.operators import show, spoken
from trainreg.certificates.pdf.page import Anchor, Line, Page, Picture, Placed, QrCode, Strokes, Tag, Text

_SHARE = {Anchor.LEFT: 0.0, Anchor.MIDDLE: 0.5, Anchor.RIGHT: 1.0}
# Choosing among eight masks takes four fifths of the time, and any of them reads as well on clean paper.
_MASK = 3
_QUIET_MODULES = 4
# A long content gets more, smaller modules; less redundancy keeps them large enough to be scanned.
_LONG_CONTENT = 200
_DARK = re.compile(rb"\x01+")


@dataclass(frozen=True, slots=True)
class Element:
    """A part of the page in the tree of what the document says, in reading order; its place is its number.

    `spoken` is what its glyphs do not say by themselves; `part` the placed page that it belongs to, from 1.
    """

    tag: str
    language: str = ""
    alternative: str = ""
    box: tuple[float, float, float, float] | None = None
    spoken: str = ""
    part: int = 0


@dataclass(slots=True)
class Names:
    """What the pages of one file share, by the names that their operators use."""

    ornaments: dict[int, tuple[str, Ornament]] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    glyphs: dict[Cut, dict[int, str]] = field(default_factory=dict)
    _seen: set[Setting] = field(default_factory=set)

    def ornament(self, ornament: Ornament) -> str:
        """The name of an ornament."""
        return self.ornaments.setdefault(id(ornament), (f"O{len(self.ornaments) + 1}", ornament))[0]

    def picture(self, digest: str) -> str:
        """The name of a picture."""
        return self.pictures.setdefault(digest, f"I{len(self.pictures) + 1}")

    def use(self, line: Setting) -> None:
        """Note the glyphs of a line, and the space that parts it from the next."""
        if line in self._seen:
            return
        self._seen.add(line)
        for stretch in line.stretches:
            known = self.glyphs.setdefault(stretch.cut, {})
            known.setdefault(stretch.cut.space, " ")
            for glyph, reading in zip(stretch.glyphs, stretch.readings, strict=True):
                known.setdefault(glyph.number, reading)


class Canvas:
    """Draws a page into operators and elements."""

    def __init__(self, page: Page, names: Names) -> None:
        self.page = page
        self.names = names
        self.operators: list[str] = []
        self.elements: list[Element] = []
        self.pictures: set[str] = set()
        self._parts = 0
        self._draw(page)

    def _draw(self, page: Page) -> None:
        if page.ground:
            self._decorate(" ".join(f"/{self.names.ornament(_ornament(part))} Do" for part in page.ground))
        for item in page.items:
            match item:
                case Text():
                    self._text(item, page.height)
                case Picture():
                    self._picture(item, page.height)
                case QrCode():
                    self._qr(item, page.height)
                case Strokes():
                    self._decorate(f"q {item.operators} Q")
                case Placed():
                    self._placed(item, page.height)

    def _decorate(self, operators: str) -> None:
        self.operators.append(f"/Artifact BMC {operators} EMC")

    def _mark(self, element: Element, operators: str) -> None:
        self.operators.append(f"/{element.tag} <</MCID {len(self.elements)}>> BDC {operators} EMC")
        self.elements.append(element)

    def _text(self, item: Text, height: float) -> None:
        shown = [self._line(line, height, is_last=line is item.lines[-1]) for line in item.lines if line.text.strip()]
        if shown and item.tag is Tag.ARTIFACT:
            self._decorate(" ".join(shown))
        elif shown:
            settings = [setting(line.text, line.face) for line in item.lines]
            is_turned = any(found.is_turned for found in settings)
            words = " ".join(found.text for found in settings) if is_turned else ""
            self._mark(Element(item.tag.value, item.language, spoken=words), " ".join(shown))

    def _line(self, line: Line, height: float, *, is_last: bool) -> str:
        found = setting(line.text, line.face)
        self.names.use(found)
        length = (found.advance * line.size / 1000 + line.tracking * found.gaps) * _SHARE[line.anchor]
        x, y = line.x * POINTS_PER_MM, (height - line.y) * POINTS_PER_MM
        move = f"0 -1 1 0 {x:.2f} {y + length:.2f} Tm" if line.is_vertical else f"{x - length:.2f} {y:.2f} Td"
        red, green, blue = line.colour
        # Lines of one paragraph are parted by a space, so that nothing reads their words as one.
        part = "" if is_last else f" <{found.stretches[-1].cut.space:04X}> Tj"
        shown = f"BT {red:.3g} {green:.3g} {blue:.3g} rg {move} {show(found, line.size, line.tracking)}{part} ET"
        if found.is_plain or found.is_turned:
            return shown
        return f"/Span <</ActualText {spoken(found.text if is_last else found.text + ' ')}>> BDC {shown} EMC"

    def _picture(self, item: Picture, height: float) -> None:
        self.pictures.add(item.image)
        box = _box(item.x, height - item.y - item.height, item.width, item.height)
        left, bottom, right, top = box
        operators = (
            f"q {right - left:.2f} 0 0 {top - bottom:.2f} {left:.2f} {bottom:.2f} cm "
            f"/{self.names.picture(item.image)} Do Q"
        )
        if item.alternative:
            self._mark(Element("Figure", alternative=item.alternative, box=box), operators)
        else:
            self._decorate(operators)

    def _qr(self, item: QrCode, height: float) -> None:
        bottom = height - item.y - item.side
        size, squares = qr_squares(item.content)
        module = item.side / size * POINTS_PER_MM
        box = _box(item.x, bottom, item.side, item.side)
        operators = (
            f"q {module:.5f} 0 0 {module:.5f} {box[0]:.3f} {box[1]:.3f} cm 1 g "
            f"{-_QUIET_MODULES} {-_QUIET_MODULES} {size + 2 * _QUIET_MODULES} {size + 2 * _QUIET_MODULES} re f "
            f"0 g {squares} f Q"
        )
        self._mark(Element("Figure", alternative=item.alternative, box=box), operators)

    def _placed(self, item: Placed, height: float) -> None:
        inner = item.page
        left = item.x * POINTS_PER_MM
        bottom = (height - item.y - inner.height * item.scale) * POINTS_PER_MM
        edges = f"0 0 {inner.width * POINTS_PER_MM:.2f} {inner.height * POINTS_PER_MM:.2f} re W n"
        first = len(self.elements)
        self.operators.append(f"q {item.scale:.5f} 0 0 {item.scale:.5f} {left:.3f} {bottom:.3f} cm {edges}")
        self._draw(inner)
        self.operators.append("Q")
        self._parts += 1
        self.elements[first:] = [
            replace(_moved(element, left, bottom, item.scale, inner.language), part=self._parts)
            for element in self.elements[first:]
        ]


def _moved(element: Element, left: float, bottom: float, scale: float, language: str) -> Element:
    box = element.box
    if box:
        box = (left + box[0] * scale, bottom + box[1] * scale, left + box[2] * scale, bottom + box[3] * scale)
    return replace(element, language=element.language or language, box=box)


def _ornament(part: object) -> Ornament:
    if not isinstance(part, Ornament):
        raise TypeError("the ground of a page is made of ornaments")
    return part


def _box(left: float, bottom: float, width: float, height: float) -> tuple[float, float, float, float]:
    """The corners in points of a place in millimetres from below."""
    return (
        left * POINTS_PER_MM,
        bottom * POINTS_PER_MM,
        (left + width) * POINTS_PER_MM,
        (bottom + height) * POINTS_PER_MM,
    )


@lru_cache(maxsize=64)
def qr_squares(content: str) -> tuple[int, str]:
    """How many modules a code has on a side, and its dark ones as rectangles, from the lower left corner."""
    code = segno.make_qr(content, error="m" if len(content) <= _LONG_CONTENT else "l", mask=_MASK, boost_error=False)
    rows = [bytes(row) for row in code.matrix]
    squares = [
        f"{dark.start()} {len(rows) - 1 - count} {dark.end() - dark.start()} 1 re"
        for count, row in enumerate(rows)
        for dark in _DARK.finditer(row)
    ]
    return len(rows), " ".join(squares)
