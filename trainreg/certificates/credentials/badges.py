"""The badge: a seal with the kind of certificate, the year and the kind of event, as shapes that two pens can draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import cos, sin, tau

from PIL import ImageFont

from trainreg import resources
from trainreg.certificates.credentials.achievements import language_of
from trainreg.certificates.credentials.badge_words import event_word
from trainreg.certificates.credentials.wording import words_of
from trainreg.certificates.drawing.typefaces import typeface
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.rules import CertificateKind
from trainreg.kernel.languages import in_language

SIDE = 512
_MIDDLE, _INNER = SIDE / 2, 170.0
_SERIF, _SANS = "NotoSerif-Bold", "NotoSans-Bold"
WHITE, INK = "#ffffff", "#1c2430"
_COLOURS = {
    CertificateKind.ATTENDANCE: ("#1d3f72", "#c9d8ee"),
    CertificateKind.COMPLETION: ("#1b5a45", "#c4e0d5"),
    CertificateKind.TRAINER: ("#7a1f3d", "#efcbd6"),
    CertificateKind.APPRECIATION: ("#6b4e0f", "#f0e0b6"),
}
_BAND = (222.0, 300.0)  # of the year: its upper and lower edge
_WIDEST_BAND = 168.0  # from the middle to its end


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed line through points, filled or drawn."""

    points: tuple[tuple[float, float], ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text about its middle, and how wide it comes out in its own typeface."""

    text: str
    x: float
    baseline: float
    size: int
    width: float
    face: str
    colour: str


@dataclass(frozen=True, slots=True)
class Badge:
    """Everything on it, from the ground up, and what it says in one sentence."""

    shapes: tuple[Outline | Words, ...]
    title: str


def badge_of(facts: CertificateFacts) -> Badge:
    """The badge of a certificate: the same for all who earned it at one event."""
    language = language_of(facts)
    kind, year = words_of(facts.kind, language).name, f"{facts.ends_on:%Y}"
    event, organisation = event_word(facts.event_kind, language), in_language(facts.organisation, language)
    dark, light = _COLOURS[facts.kind]
    words = [
        *_stacked(kind, _SERIF, dark, largest=38, lowest=200),
        *_stacked(year, _SERIF, WHITE, largest=60, lowest=282),
        *_stacked(event, _SANS, INK, largest=28, lowest=368 if " " in event and len(event) > 16 else 346),
        *_small(organisation, _SANS, dark),
    ]
    shapes: tuple[Outline | Words, ...] = (*_seal(dark, light), *words)
    return Badge(shapes, ", ".join(part for part in (kind, event, year, organisation) if part))


def _seal(dark: str, light: str) -> Iterator[Outline]:
    yield Outline(_ring(244, lobes=44, depth=7), fill=dark)
    for strand in range(6):
        yield Outline(_ring(212, lobes=22, depth=17, turn=strand / 6), stroke=light, width=1.1)
    yield Outline(_ring(188), fill=WHITE)
    yield Outline(_ring(181), stroke=dark, width=2)
    yield Outline(_ring(176), stroke=light, width=1.2)
    top, bottom = _BAND
    left, right = _MIDDLE - _WIDEST_BAND, _MIDDLE + _WIDEST_BAND
    yield Outline(((left, top), (right, top), (right, bottom), (left, bottom)), fill=dark)
    for edge in (top + 5, bottom - 5):
        yield Outline(((left + 8, edge), (right - 8, edge)), stroke=light, width=1.2)


def _ring(radius: float, *, lobes: int = 0, depth: float = 0, turn: float = 0) -> tuple[tuple[float, float], ...]:
    steps = max(180, lobes * 16)
    points = []
    for step in range(steps):
        angle = tau * step / steps
        reach = radius + depth * cos(lobes * angle + tau * turn) * (1 if lobes else 0)
        points.append((round(_MIDDLE + reach * sin(angle), 2), round(_MIDDLE - reach * cos(angle), 2)))
    return tuple(points)


def _stacked(text: str, face: str, colour: str, *, largest: int, lowest: float) -> list[Words]:
    """A text in one line, or in two if it is long, the last of them at `lowest`, as large as the seal lets it be."""
    if not text:
        return []
    lines = [text] if len(text) <= 16 else _halves(text)
    for size in range(largest, 9, -1):
        places = [lowest - size * 1.15 * (len(lines) - 1 - count) for count in range(len(lines))]
        placed = [_line(line, face, colour, size, at) for line, at in zip(lines, places, strict=True)]
        if all(words.width <= _chord(words) for words in placed):
            return placed
    return placed


def _small(text: str, face: str, colour: str) -> list[Words]:
    """The organisation under the rest, if the typeface has its letters and there is room."""
    if not text or typeface(face).missing(text):
        return []
    lines = [text] if len(text) <= 26 else _halves(text)
    placed = [_line(line, face, colour, 14, 396 + 17 * count) for count, line in enumerate(lines)]
    return placed if all(words.width <= _chord(words) for words in placed) else []


def _halves(text: str) -> list[str]:
    """Two lines as even as may be; one where there is no space."""
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    if not spaces:
        return [text]
    middle = min(spaces, key=lambda at: abs(at - len(text) / 2))
    return [text[:middle], text[middle + 1 :]]


def _line(text: str, face: str, colour: str, size: int, baseline: float) -> Words:
    return Words(text, _MIDDLE, baseline, size, round(font(face, size).getlength(text), 2), face, colour)


def _chord(words: Words) -> float:
    """How wide the inner ring is where this line is narrowest, less a margin."""
    edge = max(abs(words.baseline - words.size - _MIDDLE), abs(words.baseline - _MIDDLE))
    return 2 * (_INNER**2 - edge**2) ** 0.5 - 16 if edge < _INNER else 0


@cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """A typeface of the papers at a size, in dots."""
    path = resources.static_folder() / "fonts" / "pdf" / f"{face}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
