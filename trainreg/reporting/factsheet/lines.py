"""Text as lines: broken at spaces, measured in the typefaces of the house; what no typeface has is shown as such."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from trainreg.certificates.drawing.sheet import POINTS_PER_MM, Colour
from trainreg.certificates.pdf.faces import measure, missing
from trainreg.certificates.pdf.runs import clusters

# Printed in the place of a letter that no typeface of ours has.
_UNKNOWN = "\N{WHITE SQUARE}"
_ANY = "?"
_HOLDS = "\N{NO-BREAK SPACE}"
_HYPHENS = re.compile(r"(?<=[^\W\d_]{2}-)(?=[^\W\d_]{2})")


@dataclass(frozen=True)
class Style:
    """How a paragraph is set: sizes in points, `leading` in millimetres from one line to the next."""

    face: str = "sans"
    size: float = 9.5
    leading: float = 4.8
    colour: Colour = (0.08, 0.14, 0.17)
    tracking: float = 0


@lru_cache(maxsize=4096)
def printable(text: str, face: str) -> str:
    """The text with a sign in the place of every letter that cannot be drawn."""
    composed = unicodedata.normalize("NFC", " ".join(text.split(" ")))
    # Our typefaces have one no-break space, which is not the narrow one.
    composed = composed.replace("\u202f", _HOLDS)
    composed = "".join(one if one.isprintable() or one == _HOLDS else " " for one in composed)
    absent = missing(composed, face)
    if not absent:
        return composed
    sign = _ANY if missing(_UNKNOWN, face) else _UNKNOWN
    told = "".join(sign if one in absent else one for one in composed)
    # A mark may break on the sign before it: then nothing but plain letters is left.
    return told if not missing(told, face) else "".join(one if not missing(one, face) else _ANY for one in composed)


@lru_cache(maxsize=16384)
def width_of(text: str, face: str, size: float) -> float:
    """In millimetres."""
    return measure(text, face, size) / POINTS_PER_MM


def broken(text: str, style: Style, width: float) -> list[str]:
    """Lines no longer than so many millimetres.

    No-break spaces hold, a hyphen between letters does not; a word that is too long is broken anywhere.
    """
    found: list[str] = []
    line = ""
    for glue, word in _words(printable(text, style.face), style, width):
        longer = f"{line}{glue}{word}" if line else word
        if line and width_of(longer, style.face, style.size) > width:
            found.append(line)
            longer = word
        line = longer
    return [*found, line] if line else found


def _words(text: str, style: Style, width: float) -> Iterator[tuple[str, str]]:
    """Words with what stands before each, parted at hyphens; those that fit no line in pieces."""
    for word in filter(None, text.split(" ")):
        glue = " "
        for part in _HYPHENS.split(word):
            pieces = [part] if width_of(part, style.face, style.size) <= width else _in_pieces(part, style, width)
            for piece in pieces:
                yield glue, piece
                glue = ""


def _in_pieces(word: str, style: Style, width: float) -> Iterator[str]:
    piece = ""
    for letter in clusters(word):
        if piece and width_of(piece + letter, style.face, style.size) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece


def balanced(text: str, style: Style, width: float) -> list[str]:
    """As many lines as it takes, of much the same length: for titles."""
    lines = broken(text, style, width)
    narrower = width
    while len(lines) > 1 and narrower > width / 2:
        narrower -= 2
        shorter = broken(text, style, narrower)
        if len(shorter) > len(lines):
            break
        lines = shorter
    return lines


def fitting(text: str, style: Style, width: float, *, most: int, smallest: float) -> tuple[list[str], Style]:
    """Lines in the largest size that needs no more than so many of them; at the smallest, as many as it takes."""
    size = style.size
    while True:
        shrunk = Style(style.face, size, style.leading * size / style.size, style.colour, style.tracking)
        lines = broken(text, shrunk, width)
        if len(lines) <= most or size <= smallest:
            return balanced(text, shrunk, width), shrunk
        size = max(smallest, size - 1)
