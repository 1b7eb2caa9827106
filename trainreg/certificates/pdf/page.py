"""A page as plain data: what stands where, what it means to a screen reader, and nothing about how PDF writes it.

All places are millimetres from the upper left corner of the page, sizes of type are points. The order of the items
is the order in which the page is read aloud. A design is compiled into this; the writer draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

Colour = tuple[float, float, float]


class Anchor(StrEnum):
    """Which point of a line its x names."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


class Tag(StrEnum):
    """What a text is in the structure of the document."""

    HEADING = "H1"
    SUBHEADING = "H2"
    SMALL_HEADING = "H3"
    PARAGRAPH = "P"
    # What repeats on every page, such as its number: nobody reads it aloud.
    ARTIFACT = "Artifact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text: its baseline stands at y, and x names the point of it that `anchor` says.

    `face` is a family of typefaces (`serif`, `serif-bold`, ...), of which each cluster of letters takes the first that
    has all of it. `tracking` is extra space after each letter, in points. A `vertical` line is turned a quarter
    clockwise, as traditional Mongolian is read: x is then its baseline, y its upper end, middle or lower end.
    """

    text: str
    face: str
    size: float
    x: float
    y: float
    colour: Colour
    anchor: Anchor = Anchor.MIDDLE
    tracking: float = 0
    is_vertical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Lines that belong together: one heading or paragraph in one language (a BCP 47 code)."""

    lines: tuple[Line, ...]
    language: str
    tag: Tag = Tag.PARAGRAPH


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A raster picture by the SHA-256 of its prepared bytes; without words for `alternative` it is decoration."""

    image: str
    x: float
    y: float
    width: float
    height: float
    alternative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QrCode:
    """A QR code in a square, with what a screen reader says of it.

    The square is the code itself; the writer paints a white margin of four modules around it, and nothing else may
    stand there.
    """

    content: str
    x: float
    y: float
    side: float
    alternative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strokes:
    """Drawing operators of this page alone, decoration, in points from its lower left corner."""

    operators: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A whole page put on a larger one, at this scale, its upper left corner at x and y."""

    page: Page
    x: float
    y: float
    scale: float = 1


Item = Text | Picture | QrCode | Strokes | Placed


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: what is the same on all pages of the design (vectors, drawn once per file), and its own items.

    `trim` is where a printer cuts the sheet: left, top, width and height in millimetres; None is the sheet's own edge.
    """

    width: float
    height: float
    language: str
    ground: Sequence[object]
    items: Sequence[Item]
    trim: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside the PDF: the credential, with what it is to the document (PDF 2.0 AFRelationship)."""

    name: str
    media_type: str
    content: bytes
    description: str
    relationship: str = "Data"


class Signer(Protocol):
    """Whoever can sign a file: a key and its certificate. The same digest and moment give the same bytes."""

    @property
    def room(self) -> int:
        """How many bytes a signature takes at most."""

    @property
    def name(self) -> str:
        """The name of the signer, for the signature's dictionary."""

    def sign(self, digest: bytes) -> bytes:
        """The detached CMS (DER, PAdES B-B) over this SHA-256 of the signed ranges."""
