"""The blocks of a factsheet as pieces for the flow of its pages."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from trainreg.certificates.pdf.page import Anchor, Tag
from trainreg.reporting.factsheet.drawn_charts import bars
from trainreg.reporting.factsheet.drawn_table import table
from trainreg.reporting.factsheet.flow import Box, Flow, Piece, Put, Shown, space
from trainreg.reporting.factsheet.lines import Style, broken, fitting
from trainreg.reporting.factsheet.parts import (
    Achievement,
    Bars,
    Block,
    Fact,
    Indicators,
    Numbered,
    Paragraph,
    Picture,
    Pictures,
    Section,
    Tiles,
    Words,
)
from trainreg.reporting.factsheet.typography import (
    ACCENT,
    BODY,
    BOLD,
    FACT,
    HEADLINE,
    LABEL,
    LEAD,
    QUIET,
    SMALL,
    TILE,
    TINT,
    WHITE,
    heading,
    paragraph,
    whole,
)

Pieces = Iterator[Piece]
_TONES = {"": BODY, "lead": LEAD, "quiet": QUIET, "headline": HEADLINE}
_INDENT = 5.0
_GAP = 4.0
_TALLEST_PICTURE = 72.0
_FIGURE = Style("sans-bold", 8.5, 4.2, WHITE)


def put_section(flow: Flow, section: Section, language: str) -> None:
    """A heading, and its blocks one after the other; each is made for the width there is where it begins."""
    first, *others = section.blocks
    is_first = len(flow.pages) == 1 and flow.y == flow.first_top
    title = Words(section.heading, language)

    def opening(width: float) -> Pieces:
        yield from heading(title, width, is_first=is_first)
        yield from _pieces(first, language, width)

    flow.add(opening)
    for block in others:
        flow.add(partial(_pieces, block, language))


def _pieces(block: Block, language: str, width: float) -> Pieces:
    drawers: dict[type[Block], Callable[..., Pieces]] = {
        Paragraph: _paragraph,
        Numbered: _numbered,
        Tiles: _tiles,
        Achievement: _achievement,
        Bars: bars,
        Indicators: table,
        Pictures: _pictures,
    }
    return drawers[type(block)](block, language, width)


def _paragraph(block: Paragraph, _language: str, width: float) -> Pieces:
    return paragraph(block.words, _TONES[block.tone], width, after=2.2)


def _numbered(block: Numbered, language: str, width: float) -> Pieces:
    for number, words in block.items:
        lines = broken(words.text, BODY, width - 9)
        disc = [Box(0, 0.1, 5.6, 4.9, ACCENT)]
        figure = Put([number], _FIGURE, 2.8, 0.4, Anchor.MIDDLE, language=language)
        text = Put(lines, BODY, 8.5, 0.1, language=words.language)
        yield Piece(max(BODY.leading * len(lines), 5) + 1.8, [*disc, figure, text])


def _tiles(block: Tiles, language: str, width: float) -> Pieces:
    """As many beside each other as leave each some 38 millimetres."""
    across = max(2, min(4, int((width + _GAP) // 40)))
    tile = (width - _GAP * (across - 1)) / across
    for start in range(0, len(block.tiles), across):
        row = block.tiles[start : start + across]
        labels = [broken(label, SMALL, tile - 6) for _value, label in row]
        height = 11.4 + SMALL.leading * max(map(len, labels))
        parts: list[Put | Box | Shown] = []
        for place, ((value, _label), label) in enumerate(zip(row, labels, strict=True)):
            x = place * (tile + _GAP)
            parts += [Box(x, 0, tile, height, TINT), Box(x, 0, 1, height, ACCENT)]
            parts.append(Put([value], _fitted(value, tile - 6), x + 4, 1.2, language=language))
            parts.append(Put(label, SMALL, x + 4, 9.3, language=language))
        is_last = start + across >= len(block.tiles)
        yield Piece(height + (0 if is_last else _GAP), parts, holds=not is_last)
    yield space(3.2)


def _fitted(value: str, width: float) -> Style:
    """A long figure is set smaller, in the line that there is."""
    _lines, style = fitting(value, TILE, width, most=1, smallest=9)
    return Style(style.face, style.size, TILE.leading, TILE.colour)


def _achievement(block: Achievement, language: str, width: float) -> Pieces:
    title = whole(block.title, BOLD, width, indent=_INDENT, tag=Tag.SMALL_HEADING)
    yield Piece(title.height, [Box(0, 1.35, 2.2, 2.2, ACCENT), *title.parts], holds=True)
    yield from _held(paragraph(Words(block.what, language), QUIET, width, indent=_INDENT, after=0.7))
    if block.about:
        yield from paragraph(block.about, BODY, width, indent=_INDENT, after=0.9)
    if block.reached:
        yield from paragraph(Words(" ".join(block.reached), language), BODY, width, indent=_INDENT, after=0)
    yield space(3.4)


def _held(pieces: Pieces) -> Pieces:
    """All of them on the page of what follows."""
    for piece in pieces:
        yield Piece(piece.height, piece.parts, True, piece.paragraph, piece.again)


def _pictures(block: Pictures, _language: str, width: float) -> Pieces:
    across = 2 if len(block.pictures) > 1 and width > 120 else 1
    room = (width - _GAP * (across - 1)) / across if across > 1 else min(width, 120.0)
    for start in range(0, len(block.pictures), across):
        yield _row(block.pictures[start : start + across], room)
        yield space(4)


def _row(pictures: Sequence[Picture], room: float) -> Piece:
    sizes = [_size(picture, room) for picture in pictures]
    tallest = max(height for _width, height in sizes)
    parts: list[Put | Box | Shown] = []
    longest = 0
    for place, (picture, (width, height)) in enumerate(zip(pictures, sizes, strict=True)):
        x = place * (room + _GAP)
        parts.append(Shown(picture.sha256, x, tallest - height, width, height, picture.alternative.text))
        caption = broken(picture.caption.text, SMALL, room)
        parts.append(Put(caption, SMALL, x, tallest + 1.2, language=picture.caption.language))
        longest = max(longest, len(caption))
    return Piece(tallest + 1.4 + SMALL.leading * longest, parts)


def _size(picture: Picture, room: float) -> tuple[float, float]:
    scale = min(room / picture.width, _TALLEST_PICTURE / picture.height)
    return picture.width * scale, picture.height * scale


def fact_pieces(fact: Fact, language: str, width: float, *, indent: float = 0) -> list[Piece]:
    """A label above its lines."""
    label = broken(fact.label, FACT, width - indent)
    found = [Piece(FACT.leading * len(label) + 0.6, [Put(label, FACT, indent, language=language)], holds=True)]
    for words in fact.lines:
        lines = broken(words.text, LABEL, width - indent)
        put = Put(lines, LABEL, indent, language=words.language)
        found.append(Piece(LABEL.leading * len(lines) + 0.9, [put]))
    return found
