"""A page before it is drawn: lines of text with their places, as plain data that tests can hold on to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from trainreg.certificates.drawing.sheet import POINTS_PER_MM, Colour, Ornament, Sheet
from trainreg.certificates.drawing.typefaces import typeface
from trainreg.certificates.facts import CertificateFacts

PAGE_WIDTH_MM = 297.0
PAGE_HEIGHT_MM = 210.0


class Anchor(StrEnum):
    """Which point of a line its x names."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: where its baseline stands, in millimetres from the upper left corner, and how it is set."""

    text: str
    face: str
    size: float
    x: float
    y: float
    colour: Colour
    anchor: Anchor = Anchor.MIDDLE
    tracking: float = 0
    """Extra space after each letter, in points."""

    @property
    def width(self) -> float:
        """The length of the line in millimetres."""
        points = typeface(self.face).width(self.text, self.size) + self.tracking * max(len(self.text) - 1, 0)
        return points / POINTS_PER_MM

    @property
    def left(self) -> float:
        """Where the line begins, in millimetres from the left edge."""
        share = {Anchor.LEFT: 0.0, Anchor.MIDDLE: 0.5, Anchor.RIGHT: 1.0}[self.anchor]
        return self.x - self.width * share

    def draw(self, sheet: Sheet) -> None:
        """Set the line on the current page."""
        face = typeface(self.face)
        sheet.set_line(
            face.shape(self.text),
            face,
            size=self.size,
            x=self.left * POINTS_PER_MM,
            y=(PAGE_HEIGHT_MM - self.y) * POINTS_PER_MM,
            colour=self.colour,
            tracking=self.tracking,
        )


class Design(Protocol):
    """One published version of how certificates look. A version, once used, never changes."""

    name: str

    def ground(self) -> Ornament:
        """Everything that is the same on every certificate of this design."""

    def lines(self, facts: CertificateFacts) -> list[Line]:
        """Every line of text this certificate carries; raises DoesNotFit."""

    def strokes(self, facts: CertificateFacts) -> str:
        """Drawing operators for what differs from one certificate to the next but is not text."""

    def qr_box(self) -> tuple[float, float, float]:
        """Left, top and side of the QR code, in millimetres."""

    def faces_of(self, facts: CertificateFacts) -> list[tuple[str, str]]:
        """Each text taken from the facts, with the typeface that must be able to draw it."""
