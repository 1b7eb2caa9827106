"""The looks of the factsheet: its colours, its styles, and how paragraphs and headings become pieces."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from trainreg.certificates.drawing.sheet import Colour
from trainreg.certificates.pdf.page import Tag
from trainreg.reporting.factsheet.flow import Box, Piece, Put, space
from trainreg.reporting.factsheet.lines import Style, broken
from trainreg.reporting.factsheet.parts import Words

ACCENT: Colour = (0.043, 0.373, 0.416)
DEEP: Colour = (0.039, 0.263, 0.294)
GOLD: Colour = (0.949, 0.706, 0.255)
TINT: Colour = (0.914, 0.953, 0.957)
TRACK: Colour = (0.886, 0.914, 0.918)
LINE: Colour = (0.82, 0.86, 0.87)
SOFT: Colour = (0.29, 0.35, 0.384)
WHITE: Colour = (1, 1, 1)
PALE: Colour = (0.83, 0.91, 0.92)

BODY = Style()
LEAD = Style(size=10, leading=5)
QUIET = Style(size=8, leading=4, colour=SOFT)
BOLD = Style("sans-bold", 10, 4.9)
HEADLINE = Style("sans-bold", 12, 6, DEEP)
HEADING = Style("sans-bold", 14, 6.4, DEEP)
CHART = Style("sans-bold", 9.5, 5, DEEP)
LABEL = Style(size=8.5, leading=4.2)
NUMBER = Style("sans-bold", 8.5, 4.2, DEEP)
SMALL = Style(size=7.5, leading=3.7, colour=SOFT)
FACT = Style("sans-bold", 7.5, 3.9, ACCENT, 0.4)
TILE = Style("sans-bold", 17, 7.6, DEEP)

_number = count(1)


def paragraph(
    words: Words, style: Style, width: float, *, indent: float = 0, after: float = 1.6, tag: Tag = Tag.PARAGRAPH
) -> Iterator[Piece]:
    """Line by line: the first two stay together, and so do the last two."""
    lines = broken(words.text, style, width - indent)
    key = next(_number)
    for place, line in enumerate(lines):
        holds = place == 0 < len(lines) - 1 or place == len(lines) - 2
        put = Put([line], style, indent, tag=tag, language=words.language)
        yield Piece(style.leading, [put], holds=holds, paragraph=key)
    if lines:
        yield space(after)


def whole(
    words: Words, style: Style, width: float, *, indent: float = 0, after: float = 0, tag: Tag = Tag.PARAGRAPH
) -> Piece:
    """A short text that is never divided, and stands with what follows it."""
    lines = broken(words.text, style, width - indent)
    put = Put(lines, style, indent, tag=tag, language=words.language)
    return Piece(style.leading * len(lines) + after, [put], holds=True)


def heading(words: Words, width: float, *, is_first: bool = False) -> Iterator[Piece]:
    """A heading with a short rule above it."""
    if not is_first:
        yield space(3.6)
    found = whole(words, HEADING, width, tag=Tag.SUBHEADING)
    moved = [replace(part, y=part.y + 2.2) for part in found.parts if isinstance(part, Put)]
    yield Piece(found.height + 4.6, [Box(0, 0, 12, 0.9, GOLD), *moved], holds=True)
