"""Draw on a page in millimetres from its upper left corner, with the typefaces of certificates and their care."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainreg.certificates.drawing.fitting import DoesNotFit, Fitted, Stage, fit
from trainreg.certificates.drawing.qr import qr_operators
from trainreg.certificates.drawing.sheet import POINTS_PER_MM, Colour, Sheet
from trainreg.certificates.drawing.typefaces import Typeface, typeface

BOLD, SERIF, SERIF_BOLD = "NotoSans-Bold", "NotoSerif-Regular", "NotoSerif-Bold"
INK: Colour = (0.08, 0.09, 0.11)
GREY: Colour = (0.36, 0.38, 0.42)
SMALLEST = 3.0
LEADING = 1.16
_CUT = "…"
_FACES = (BOLD, SERIF_BOLD, SERIF)


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it can be printed: `missing` are the characters of the original that no typeface has."""

    text: str
    face: str
    missing: str = ""


def drawable(name: str, *others: str) -> Named:
    """The name, with a typeface that has all of it; else the first of the others that can be drawn whole.

    Never in part: a name with a letter left out is another name. What could not be drawn is told to the reader.
    """
    for face in _FACES:
        if not typeface(face).missing(name):
            return Named(name, face)
    missing = min((typeface(face).missing(name) for face in _FACES), key=len)
    for other in others:
        if other and not typeface(BOLD).missing(other):
            return Named(other, BOLD, missing)
    return Named("", BOLD, missing)


class Canvas:
    """One page of a sheet."""

    def __init__(self, sheet: Sheet, *, height: float) -> None:
        self.sheet = sheet
        self.height = height

    def text(
        self, text: str, x: float, y: float, *, face: str = SERIF, size: float, colour: Colour = INK, at: float = 0
    ) -> None:
        """A line with its baseline at y; `at` says which point of it x names: 0 its start, 0.5 its middle."""
        if not text:
            return
        letters = typeface(face)
        run = letters.shape(text)
        left = x * POINTS_PER_MM - run.advance * size / letters.units_per_em * at
        self.sheet.set_line(
            run, letters, size=size, x=left, y=(self.height - y) * POINTS_PER_MM, colour=colour, tracking=0
        )

    def lines(
        self, fitted: Fitted, x: float, middle: float, *, face: str = SERIF, colour: Colour = INK, at: float = 0
    ) -> None:
        """Lines one below the other, around the middle of their place."""
        step = fitted.size * LEADING / POINTS_PER_MM
        first = middle - step * (len(fitted.lines) - 1) / 2 + fitted.size * 0.35 / POINTS_PER_MM
        for number, line in enumerate(fitted.lines):
            self.text(line, x, first + step * number, face=face, size=fitted.size, colour=colour, at=at)

    def rules(
        self, strokes: Sequence[tuple[float, float, float, float]], *, width: float = 0.4, grey: float = 0.45
    ) -> None:
        """Straight lines, each from one point to another."""
        moves = " ".join(
            f"{x * POINTS_PER_MM:.2f} {(self.height - y) * POINTS_PER_MM:.2f} m "
            f"{to_x * POINTS_PER_MM:.2f} {(self.height - to_y) * POINTS_PER_MM:.2f} l"
            for x, y, to_x, to_y in strokes
        )
        self.sheet.operators(f"{width} w {grey} G {moves} S")

    def qr(self, text: str, x: float, y: float, *, side: float) -> None:
        """A QR code with its upper left corner there."""
        self.sheet.operators(qr_operators(text, left=x, bottom=self.height - y - side, side=side))


def fitted(text: str, face: str, *, width: float, stages: Sequence[Stage], cut: bool = False) -> Fitted:
    """A text for a place of so many millimetres; what has no spaces is broken anywhere.

    `cut` lets it end in an ellipsis (an agency, a position); without it, it is made smaller until it fits, and
    DoesNotFit is raised below what can be read with a glass.
    """
    letters, room = typeface(face), width * POINTS_PER_MM
    known = (
        "".join(one if one in letters.characters else "?" for one in unicodedata.normalize("NFC", text))
        if cut
        else text
    )
    try:
        return fit(known, letters, width=room, stages=tuple(stages))
    except DoesNotFit:
        last = stages[-1]
    if cut:
        broken = list(_broken(known, letters, room / last.smallest))
        kept = broken[: last.lines]
        if len(broken) > last.lines:
            kept[-1] = kept[-1][:-2].rstrip() + _CUT
        return Fitted(tuple(kept), last.smallest)
    size = last.smallest
    while size >= SMALLEST:
        broken = list(_broken(known, letters, room / size))
        if len(broken) <= last.lines:
            return Fitted(tuple(broken), size)
        size -= 0.25
    raise DoesNotFit(text)


def _broken(text: str, letters: Typeface, room: float) -> Iterator[str]:
    """Lines as full as can be, broken at spaces where there are some, never before a mark that joins a letter."""
    line = ""
    for character in text:
        joins = unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}
        if line and not joins and letters.width(line + character, 1) > room:
            head, space, tail = line.rpartition(" ")
            yield head if space and head else line
            line = tail if space and head else ""
        line += character
    if line.strip():
        yield line.strip()
