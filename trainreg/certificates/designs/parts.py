"""The parts of a design as frozen data. Places are millimetres from the upper left corner, sizes of type are points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from trainreg.certificates.designs import records as read
from trainreg.certificates.designs.records import entry
from trainreg.certificates.designs.refusals import WrongValue
from trainreg.certificates.rules import CertificateKind

PAGES = {"landscape": (297.0, 210.0), "portrait": (210.0, 297.0)}
LANGUAGES = ("en", "mn", "fr", "es")
MOST_ELEMENTS, MOST_ORNAMENTS, MOST_PARAGRAPHS, MOST_COLOURS = 40, 40, 12, 16
SMALLEST_TYPE = 5.0

Texts = str | Mapping[str, str]
"""The same words for every language, or words by language."""


class Align(StrEnum):
    """Where lines stand in their box, from side to side."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


class Upright(StrEnum):
    """Where lines stand in their box, from top to bottom."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Box(read.Row):
    """A rectangle on the page."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Places:
    """Where an element stands on pages in one language and in two; None: it is not shown there."""

    one: Box | None = None
    two: Box | None = None

    def on(self, languages: int) -> Box | None:
        """The box on a page in so many languages."""
        return self.one if languages == 1 else self.two


def _box(told: Any, element: str, key: str) -> Box:
    edges = read.listed(read.number(0, 300), 4)(told, element, key)
    if len(edges) != 4 or min(edges[2:]) <= 0:
        raise WrongValue(element=element, key=key)
    return Box(*edges)


def _places(told: Any, element: str, key: str) -> Places:
    if isinstance(told, list):
        box = _box(told, element, key)
        return Places(box, box)
    by_case = read.mapped(read.one_of(("one", "two")), read.optional(_box), 2)(told, element, key)
    if not any(by_case.values()):
        raise WrongValue(element=element, key=key)
    return Places(**by_case)


_template = read.words(400)
_texts = read.either(_template, read.mapped(read.language, _template, 8))
_lines = read.lines_of_words(400)
_texts_in_lines = read.either(_lines, read.mapped(read.language, _lines, 8))
_size = read.number(0, 200)
_family = read.words(40)
_weight = read.number(0.05, 10)
_mm = read.number(0, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words set in one type: first smaller down to `wrap_at`, then on two and more balanced lines down to `smallest`.

    `slot` says in which language: 1 and 2 are the languages of the page; anything else is that language itself. A
    paragraph that says what one before it in the same element says is left out. A line break in the text is kept; each
    of its lines may then take `lines`.
    """

    text: Texts = entry(_texts_in_lines)
    slot: str = entry(read.either(read.words(8), lambda told, *_: str(told)), default="1")
    family: str = entry(_family, default="serif")
    size: float = entry(_size)
    smallest: float = entry(_size)
    wrap_at: float | None = entry(read.optional(_size), default=None)
    lines: int = entry(read.whole(1, 6), default=1)
    colour: str = entry(read.identifier, default="ink")
    tracking: float = entry(read.number(0, 12), default=0.0)
    capitals: bool = entry(lambda told, *_: told is True, default=False)
    tag: str = entry(read.one_of(("H1", "P")), default="P")
    gap: float = entry(read.number(0, 60), default=0.0)
    leading: float = entry(read.number(0.8, 3), default=1.25)


def _paragraph(told: Any, element: str, _key: str) -> Paragraph:
    return read.read_record(Paragraph, told, element)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextElement:
    """Paragraphs one below the other in a box; where they are too high together, all grow smaller."""

    kind: ClassVar[str] = "text"
    id: str = entry(read.identifier)
    box: Places = entry(_places)
    align: str = entry(read.one_of(Align), default=Align.MIDDLE.value)
    upright: str = entry(read.one_of(Upright), default=Upright.TOP.value)
    paragraphs: tuple[Paragraph, ...] = entry(read.listed(_paragraph, MOST_PARAGRAPHS))


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureElement:
    """A picture by the SHA-256 of its prepared bytes; without words for `alternative` it is decoration."""

    kind: ClassVar[str] = "picture"
    id: str = entry(read.identifier)
    box: Places = entry(_places)
    image: str = entry(read.sha256)
    alternative: Texts = entry(_texts, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatoriesElement:
    """Those who sign, side by side: the picture of the signature, a line, name and office in each language.

    The line stands `room` below the upper edge of the box.
    """

    kind: ClassVar[str] = "signatories"
    id: str = entry(read.identifier)
    box: Places = entry(_places)
    most: int = entry(read.whole(1, 4), default=3)
    align: str = entry(read.one_of(Align), default=Align.MIDDLE.value)
    room: float = entry(read.number(4, 60), default=14.0)
    line: float = entry(read.number(10, 200), default=52.0)
    line_colour: str = entry(read.identifier, default="grey")
    widest: float = entry(read.number(20, 200), default=88.0)
    name_family: str = entry(_family, default="serif-bold")
    name_size: float = entry(_size, default=9.5)
    name_colour: str = entry(read.identifier, default="ink")
    title_family: str = entry(_family, default="serif-italic")
    title_size: float = entry(_size, default=8.0)
    title_colour: str = entry(read.identifier, default="grey")
    smallest: float = entry(_size, default=5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealElement:
    """A seal: its picture, or else a thin circle in which the seal is stamped by hand."""

    kind: ClassVar[str] = "seal"
    id: str = entry(read.identifier)
    box: Places = entry(_places)
    image: str | None = entry(read.optional(read.sha256), default=None)
    colour: str = entry(read.identifier, default="grey")


@dataclass(frozen=True, slots=True, kw_only=True)
class QrElement:
    """A QR code with its quiet zone, both within the box; `offline` holds the signed facts, not the address alone."""

    kind: ClassVar[str] = "qr"
    id: str = entry(read.identifier)
    box: Places = entry(_places)
    form: str = entry(read.one_of(("address", "offline")), default="address")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerticalElement:
    """A line in traditional Mongolian, from top to bottom, on papers whose record has the name in that script."""

    kind: ClassVar[str] = "vertical"
    id: str = entry(read.identifier)
    box: Places = entry(_places)
    text: str = entry(_template)
    family: str = entry(_family, default="serif")
    size: float = entry(_size)
    smallest: float = entry(_size)
    colour: str = entry(read.identifier, default="ink")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenElement:
    """What marks the paper of an invented person."""

    kind: ClassVar[str] = "specimen"
    id: str = entry(read.identifier)
    box: Places = entry(_places)
    align: str = entry(read.one_of(Align), default=Align.MIDDLE.value)
    family: str = entry(_family, default="sans-bold")
    size: float = entry(_size, default=7.0)
    smallest: float = entry(_size, default=5.0)
    colour: str = entry(read.identifier, default="red")


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """A band of engine-turned waves around the page."""

    kind: ClassVar[str] = "border"
    inset: float = entry(read.number(2, 60))
    radius: float = entry(read.number(2, 60))
    wavelength: float = entry(read.number(2, 60))
    corner_waves: int = entry(read.whole(1, 12))
    amplitude: float = entry(read.number(0.2, 15))
    phases: int = entry(read.whole(1, 24))
    weight: float = entry(_weight)
    colour: str = entry(read.identifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """A straight strip of engine-turned waves that fills a box along its longer side."""

    kind: ClassVar[str] = "ribbon"
    box: Box = entry(_box)
    wavelength: float = entry(read.number(2, 120))
    phases: int = entry(read.whole(1, 24))
    weight: float = entry(_weight)
    colour: str = entry(read.identifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rosette:
    """A turned flower."""

    kind: ClassVar[str] = "rosette"
    x: float = entry(_mm)
    y: float = entry(_mm)
    radius: float = entry(read.number(1, 150))
    petals: int = entry(read.whole(2, 40))
    strands: int = entry(read.whole(1, 24))
    depth: float = entry(read.number(0.02, 1))
    weight: float = entry(_weight)
    colour: str = entry(read.identifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The outline of a box."""

    kind: ClassVar[str] = "frame"
    box: Box = entry(_box)
    weight: float = entry(_weight)
    colour: str = entry(read.identifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A box of one colour."""

    kind: ClassVar[str] = "band"
    box: Box = entry(_box)
    colour: str = entry(read.identifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A straight line from one point to another."""

    kind: ClassVar[str] = "rule"
    x1: float = entry(_mm)
    y1: float = entry(_mm)
    x2: float = entry(_mm)
    y2: float = entry(_mm)
    weight: float = entry(_weight)
    colour: str = entry(read.identifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diamond:
    """A small lozenge, as printers set it in the middle of a rule."""

    kind: ClassVar[str] = "diamond"
    x: float = entry(_mm)
    y: float = entry(_mm)
    reach: float = entry(read.number(0.2, 20))
    colour: str = entry(read.identifier)


Element = (
    TextElement | PictureElement | SignatoriesElement | SealElement | QrElement | VerticalElement | SpecimenElement
)
GroundPart = Border | Ribbon | Rosette | Frame | Band | Rule | Diamond
ELEMENT_KINDS: Mapping[str, type[Any]] = {
    each.kind: each
    for each in (
        TextElement,
        PictureElement,
        SignatoriesElement,
        SealElement,
        QrElement,
        VerticalElement,
        SpecimenElement,
    )
}
GROUND_KINDS: Mapping[str, type[Any]] = {
    each.kind: each for each in (Border, Ribbon, Rosette, Frame, Band, Rule, Diamond)
}


def _element(told: Any, _within: str, key: str) -> Element:
    name = told.get("id") if isinstance(told, dict) else None
    part: Element = _of_kind(ELEMENT_KINDS, told, name[:40] if isinstance(name, str) else key)
    return part


def _ornament(told: Any, _within: str, key: str) -> GroundPart:
    part: GroundPart = _of_kind(GROUND_KINDS, told, key)
    return part


def _of_kind(kinds: Mapping[str, type[Any]], told: Any, element: str) -> Any:
    kind = told.get("kind") if isinstance(told, dict) else None
    if not isinstance(kind, str) or kind not in kinds:
        raise WrongValue(element=element, key="kind")
    return read.read_record(kinds[kind], told, element, beside=frozenset({"kind"}))


_wording = read.mapped(
    read.one_of(LANGUAGES),
    read.mapped(read.one_of(("all", *CertificateKind)), read.mapped(read.identifier, _template, 24), 5),
    len(LANGUAGES),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """One version of how certificates look and what they say; once published it never changes.

    `wording` holds only what differs from `wording_2`: by language, then by kind (or `all`), then by part.
    """

    title: Mapping[str, str] = entry(read.mapped(read.language, read.words(80), 8))
    page: str = entry(read.one_of(tuple(PAGES)))
    languages: tuple[str, ...] = entry(read.listed(read.one_of(LANGUAGES), 4), default=LANGUAGES)
    colours: Mapping[str, str] = entry(read.mapped(read.identifier, read.colour, MOST_COLOURS))
    ground: tuple[GroundPart, ...] = entry(read.listed(_ornament, MOST_ORNAMENTS), default=())
    elements: tuple[Element, ...] = entry(read.listed(_element, MOST_ELEMENTS))
    wording: Mapping[str, Mapping[str, Mapping[str, str]]] = entry(_wording, factory=dict)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in millimetres."""
        return PAGES[self.page]
