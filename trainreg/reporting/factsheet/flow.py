"""Pieces of a document, one below the other over as many pages as they need, and never a heading alone at the end."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from trainreg.certificates.drawing.sheet import POINTS_PER_MM, Colour
from trainreg.certificates.pdf.page import Anchor, Item, Line, Picture, Strokes, Tag, Text
from trainreg.reporting.factsheet.lines import Style

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 18.0, 192.0, 24.0, 277.0
FULL = RIGHT - LEFT


@dataclass(frozen=True)
class Put:
    """Lines of text that belong together, at a place within their piece."""

    lines: Sequence[str]
    style: Style
    x: float = 0
    y: float = 0
    anchor: Anchor = Anchor.LEFT
    tag: Tag = Tag.PARAGRAPH
    language: str = ""

    def drawn(self, left: float, top: float) -> Text:
        """On a page, with the upper left corner of the piece there."""
        style = self.style
        ascent = style.size / POINTS_PER_MM * 0.78 + (style.leading - style.size / POINTS_PER_MM) / 2
        return Text(
            lines=tuple(
                Line(
                    text=line,
                    face=style.face,
                    size=style.size,
                    x=left + self.x,
                    y=top + self.y + ascent + style.leading * number,
                    colour=style.colour,
                    anchor=self.anchor,
                    tracking=style.tracking,
                )
                for number, line in enumerate(self.lines)
            ),
            language=self.language,
            tag=self.tag,
        )


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour

    def drawn(self, left: float, top: float) -> Strokes:
        x, y = (left + self.x) * POINTS_PER_MM, (PAGE_HEIGHT - top - self.y - self.height) * POINTS_PER_MM
        red, green, blue = self.colour
        edges = f"{x:.2f} {y:.2f} {self.width * POINTS_PER_MM:.2f} {self.height * POINTS_PER_MM:.2f} re f"
        return Strokes(operators=f"{red:.3g} {green:.3g} {blue:.3g} rg {edges}")


@dataclass(frozen=True)
class Shown:
    """A photograph at a place within its piece."""

    sha256: str
    x: float
    y: float
    width: float
    height: float
    alternative: str

    def drawn(self, left: float, top: float) -> Picture:
        return Picture(
            image=self.sha256,
            x=left + self.x,
            y=top + self.y,
            width=self.width,
            height=self.height,
            alternative=self.alternative,
        )


@dataclass(frozen=True)
class Piece:
    """What is not divided. `holds`: it stands on the page of what follows. `paragraph` joins the lines of one text.

    `again` is a piece that stands at the top of every further page that this one's block reaches: the head of a table.
    """

    height: float
    parts: Sequence[Put | Box | Shown] = ()
    holds: bool = False
    paragraph: int = 0
    again: "Piece | None" = None


def space(height: float) -> Piece:
    """Room between two things; at the top of a page there is none."""
    return Piece(height)


@dataclass
class Flow:
    """The pages as they fill. `narrow` is the width beside what stands on the right of the first page, to its end."""

    first_top: float
    narrow: float = FULL
    narrow_until: float = 0
    pages: list[list[Item]] = field(default_factory=lambda: [[]])
    y: float = 0
    _last_paragraph: int = 0

    def __post_init__(self) -> None:
        self.y = self.first_top

    @property
    def width(self) -> float:
        """How wide something may be that begins here."""
        is_beside = len(self.pages) == 1 and self.y < self.narrow_until
        return self.narrow if is_beside else FULL

    def add(self, block: Callable[[float], Iterable[Piece]]) -> None:
        """Place a block, made for the width that there is."""
        pieces = list(block(self.width))
        start = 0
        while start < len(pieces):
            end = start + 1
            while end < len(pieces) and pieces[end - 1].holds:
                end += 1
            self._place(pieces[start:end])
            start = end

    def room(self) -> float:
        """How many millimetres are left on this page."""
        return BOTTOM - self.y

    def turn(self) -> None:
        """Go on at the top of a new page."""
        self.pages.append([])
        self.y = TOP
        self._last_paragraph = 0

    def _place(self, together: Sequence[Piece]) -> None:
        """Pieces that stand on one page, unless they are more than a page."""
        height = sum(piece.height for piece in together)
        if height > self.room() and height <= BOTTOM - TOP and self.y > TOP:
            self.turn()
        for piece in together:
            is_at_top = self.y == TOP and len(self.pages) > 1
            if not piece.parts:
                self.y = self.y if is_at_top else min(self.y + piece.height, BOTTOM)
                continue
            if piece.height > self.room() and not is_at_top:
                self.turn()
                is_at_top = True
            if is_at_top and piece.again is not None:
                self._draw(piece.again)
            self._draw(piece)

    def _draw(self, piece: Piece) -> None:
        page = self.pages[-1]
        for part in piece.parts:
            item = part.drawn(LEFT, self.y)
            before = page[-1] if page else None
            if isinstance(item, Text) and isinstance(before, Text) and self._goes_on(piece):
                page[-1] = Text(lines=before.lines + item.lines, language=before.language, tag=before.tag)
            else:
                page.append(item)
            self._last_paragraph = piece.paragraph
        self.y += piece.height

    def _goes_on(self, piece: Piece) -> bool:
        return piece.paragraph != 0 and piece.paragraph == self._last_paragraph
