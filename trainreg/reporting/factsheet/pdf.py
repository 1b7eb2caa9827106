"""The factsheet as a PDF: A4, tagged and archival, the same bytes for the same records and moment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256

from flask_babel import force_locale
from flask_babel import gettext as _

from trainreg.certificates.pdf.page import Anchor, Item, Page, Tag
from trainreg.certificates.pdf.writer import About, draw
from trainreg.reporting.factsheet.drawing import fact_pieces, put_section
from trainreg.reporting.factsheet.flow import (
    BOTTOM,
    FULL,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    Box,
    Flow,
    Piece,
    Put,
    Shown,
    space,
)
from trainreg.reporting.factsheet.lines import Style, broken, fitting
from trainreg.reporting.factsheet.parts import Factsheet, Words
from trainreg.reporting.factsheet.typography import DEEP, GOLD, LINE, PALE, QUIET, SMALL, TINT, WHITE, paragraph

_SIDE, _BETWEEN = 56.0, 8.0
_TITLE = Style("display-bold", 20, 8.6, WHITE)
_ORGANISATION = Style("sans-bold", 9.5, 4.6, WHITE)
_KIND = Style("sans-bold", 8.5, 4.6, GOLD, 0.6)
_PLACE = Style(size=9, leading=4.6, colour=PALE)
_WARNING = Style("sans-bold", 9, 4.6, DEEP)


def draw_factsheet(told: Factsheet, *, at: datetime) -> bytes:
    """The whole file, `at` the moment that it says it was made."""
    about = About(
        title=f"{told.kind}: {told.title.text}",
        language=told.language,
        created_at=at,
        fingerprint=sha256(repr(told).encode()).hexdigest(),
        author=told.organisation.text,
    )
    return draw(pages_of(told), about=about)


def pages_of(told: Factsheet) -> list[Page]:
    """Every page as plain data."""
    band = _Band(told)
    side = _side(told)
    height = sum(piece.height for piece in side) + 10
    top = band.height + 8
    is_beside = bool(side) and top + height <= BOTTOM
    flow = Flow(top, FULL - _SIDE - _BETWEEN, top + height) if is_beside else Flow(top)
    flow.pages[0] += band.items()
    if is_beside:
        flow.pages[0] += _beside(side, top, height)
    else:
        flow.add(partial(_facts_in_flow, told))
    for section in told.sections:
        put_section(flow, section, told.language)
    flow.add(partial(_ending, told))
    with force_locale(told.language):
        return [_page(told, number, len(flow.pages), items) for number, items in enumerate(flow.pages, 1)]


class _Band:
    """The head of the first page: who, what, and the title on a ground of colour, as high as the title needs."""

    def __init__(self, told: Factsheet) -> None:
        self.told = told
        self.organisation = broken(told.organisation.text, _ORGANISATION, 120)
        self.title, self.style = fitting(told.title.text, _TITLE, FULL, most=3, smallest=13)
        self.first = 14 + _ORGANISATION.leading * max(1, len(self.organisation)) + 5
        self.below = self.first + self.style.leading * len(self.title) + 2.5
        self.warning = broken(told.warning, _WARNING, FULL) if told.warning else []
        self.ground = self.below + _PLACE.leading + 7
        self.height = self.ground + (len(self.warning) * _WARNING.leading + 5 if self.warning else 0)

    def items(self) -> Sequence[Item]:
        told = self.told
        kind = told.kind.upper()
        place = " · ".join(part for part in (told.place, told.code) if part)
        parts: list[Put | Box] = [
            Box(-LEFT, 0, PAGE_WIDTH, self.ground, DEEP),
            Box(-LEFT, self.ground - 1.4, PAGE_WIDTH, 1.4, GOLD),
            Put(self.organisation, _ORGANISATION, 0, 14, language=told.organisation.language),
            Put([kind], _KIND, FULL, 14, Anchor.RIGHT, language=told.language),
            Put(self.title, self.style, 0, self.first, tag=Tag.HEADING, language=told.title.language),
            Put([place], _PLACE, 0, self.below, language=told.language),
        ]
        if self.warning:
            parts.append(Box(-LEFT, self.ground, PAGE_WIDTH, self.height - self.ground, TINT))
            parts.append(Put(self.warning, _WARNING, 0, self.ground + 2.5, language=told.language))
        return [part.drawn(LEFT, 0) for part in parts]


def _side(told: Factsheet) -> list[Piece]:
    """The facts one below the other, as they stand on the right of the first page."""
    found: list[Piece] = []
    for fact in told.facts:
        found += [*([space(3.2)] if found else []), *fact_pieces(fact, told.language, _SIDE - 10)]
    return found


def _beside(side: Sequence[Piece], top: float, height: float) -> list[Item]:
    left = RIGHT - _SIDE
    items: list[Item] = [Box(0, 0, _SIDE, height, TINT).drawn(left, top), Box(0, 0, _SIDE, 1, GOLD).drawn(left, top)]
    y = top + 5
    for piece in side:
        items += [part.drawn(left + 5, y) for part in piece.parts]
        y += piece.height
    return items


def _facts_in_flow(told: Factsheet, width: float) -> list[Piece]:
    """Too many partners for the side: the facts stand first."""
    found: list[Piece] = []
    for fact in told.facts:
        found += [*fact_pieces(fact, told.language, width), space(2.4)]
    return found


def _ending(told: Factsheet, width: float) -> list[Piece]:
    """Whom to ask, and what the figures are."""
    found: list[Piece] = [space(5)]
    if told.contact is not None:
        lines = fact_pieces(told.contact, told.language, width, indent=5)
        height = sum(piece.height for piece in lines) + 7
        parts: list[Put | Box | Shown] = [Box(0, 0, width, height, TINT), Box(0, 0, 1, height, GOLD)]
        y = 3.5
        for piece in lines:
            parts += [replace(part, y=part.y + y) for part in piece.parts]
            y += piece.height
        found += [Piece(height, parts, holds=True), Piece(4)]
    for sentence in told.made:
        found += paragraph(Words(sentence, told.language), QUIET, width, after=0.8)
    return found


def _page(told: Factsheet, number: int, count: int, items: Sequence[Item]) -> Page:
    """With what stands on every page: the number, and on those after the first the title."""
    last = _("Page %(number)s of %(count)s", number=number, count=count)
    parts: list[Put | Box] = [
        Box(0, 283, FULL, 0.2, LINE),
        Put([told.footer], SMALL, 0, 284.5, tag=Tag.ARTIFACT),
        Put([last], SMALL, FULL, 284.5, Anchor.RIGHT, tag=Tag.ARTIFACT),
    ]
    if number > 1:
        running = broken(told.title.text, SMALL, FULL)
        parts.append(Put([running[0] + ("…" if len(running) > 1 else "")], SMALL, 0, 12, tag=Tag.ARTIFACT))
        parts.append(Box(0, 17, FULL, 0.2, LINE))
    drawn = [*items, *(part.drawn(LEFT, 0) for part in parts)]
    return Page(width=PAGE_WIDTH, height=PAGE_HEIGHT, language=told.language, ground=(), items=drawn)
