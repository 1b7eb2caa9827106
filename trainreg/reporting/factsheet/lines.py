"""Text as lines: broken at spaces, measured in the typefaces of the house; what no typeface has is shown as such."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from trainreg.certificates.drawing.sheet import POINTS_PER_MM, Colour
from trainreg.certificates.pdf.faces import measure, missing
from trainreg.certificates.pdf.runs import clusters

# Printed in the place of a letter that no typeface of ours has.
_UNKNOWN = "\N{WHITE SQUARE}"
_ANY = "?"


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
    composed = "".join(one if one.isprintable() or one in "\u00a0\u202f" else " " for one in composed)
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
    """Lines no longer than so many millimetres. No-break spaces hold; a word that is too long is broken anywhere."""
    found: list[str] = []
    line = ""
    for word in _words(printable(text, style.face), style, width):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, style.face, style.size) > width:
            found.append(line)
            longer = word
        line = longer
    return [*found, line] if line else found


def _words(text: str, style: Style, width: float) -> Sequence[str]:
    """Words, those that fit no line in pieces."""
    found: list[str] = []
    for word in text.split(" "):
        if width_of(word, style.face, style.size) <= width:
            found.extend([word] if word else [])
            continue
        piece = ""
        for letter in clusters(word):
            if piece and width_of(piece + letter, style.face, style.size) > width:
                found.append(piece)
                piece = ""
            piece += letter
        found.append(piece)
    return found


def fitting(text: str, style: Style, width: float, *, most: int, smallest: float) -> tuple[list[str], Style]:
    """Lines in the largest size that needs no more than so many of them; at the smallest, as many as it takes."""
    size = style.size
    while True:
        shrunk = Style(style.face, size, style.leading * size / style.size, style.colour, style.tracking)
        lines = broken(text, shrunk, width)
        if len(lines) <= most or size <= smallest:
            return lines, shrunk
        size = max(smallest, size - 1)
