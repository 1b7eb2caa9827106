"""Badges as a PDF: eight to a page of A4, with marks where to cut."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainreg.certificates.drawing.fitting import DoesNotFit, Stage
from trainreg.certificates.drawing.sheet import Colour, Sheet
from trainreg.paper.canvas import BOLD, GREY, INK, SERIF, Canvas, drawable, fitted

WIDTH, HEIGHT = 90.0, 62.0
COLUMNS, ROWS = 2, 4
ON_A_PAGE = COLUMNS * ROWS
_PAGE_WIDTH, _PAGE_HEIGHT = 210.0, 297.0
_LEFT, _TOP = (_PAGE_WIDTH - COLUMNS * WIDTH) / 2, (_PAGE_HEIGHT - ROWS * HEIGHT) / 2
_EDGE, _QR = 5.0, 25.0
_ACCENT: Colour = (0.043, 0.353, 0.396)


@dataclass(frozen=True, slots=True)
class Badge:
    """What one badge says; `code` is the pass that opens the door."""

    name: str
    latin: str
    reference: str
    agency: str
    role: str
    code: str


def draw_badges(badges: Sequence[Badge], *, event: str, title: str, language: str, made_on: date) -> bytes:
    """All of them in one file; `event` is the line at the top of each."""
    fingerprint = hashlib.sha256(repr((badges, event, title)).encode()).hexdigest()
    sheet = Sheet(title=title, language=language, created_on=made_on, fingerprint=fingerprint, orientation="portrait")
    for first in range(0, len(badges), ON_A_PAGE):
        sheet.add_page()
        canvas = Canvas(sheet, height=_PAGE_HEIGHT)
        _draw_crop_marks(canvas)
        for place, badge in enumerate(badges[first : first + ON_A_PAGE]):
            row, column = divmod(place, COLUMNS)
            _draw_badge(canvas, badge, event, _LEFT + column * WIDTH, _TOP + row * HEIGHT)
    return sheet.finished()


def _draw_crop_marks(canvas: Canvas) -> None:
    """Outside the badges, and small crosses where four of them meet."""
    down = [_LEFT + WIDTH * column for column in range(COLUMNS + 1)]
    across = [_TOP + HEIGHT * row for row in range(ROWS + 1)]
    strokes = []
    for x in down:
        strokes += [(x, _TOP - 7, x, _TOP - 2), (x, across[-1] + 2, x, across[-1] + 7)]
    for y in across:
        strokes += [(_LEFT - 7, y, _LEFT - 2, y), (down[-1] + 2, y, down[-1] + 7, y)]
    for x in down[1:-1]:
        for y in across[1:-1]:
            strokes += [(x - 1.5, y, x + 1.5, y), (x, y - 1.5, x, y + 1.5)]
    canvas.rules(strokes, width=0.25, grey=0.3)


def _draw_badge(canvas: Canvas, badge: Badge, event: str, left: float, top: float) -> None:
    room, text_room = WIDTH - 2 * _EDGE, WIDTH - 3 * _EDGE - _QR
    titles = fitted(event, SERIF, width=room, stages=(Stage(1, 9, 7.5), Stage(2, 7.5, 5)), cut=True)
    canvas.lines(titles, left + _EDGE, top + 7, colour=GREY)
    named = drawable(badge.name, badge.latin, badge.reference)
    stages = (Stage(1, 22, 15), Stage(2, 19, 8), Stage(3, 9, 5))
    try:
        name = fitted(named.text, named.face, width=room, stages=stages)
    except DoesNotFit:
        name = fitted(badge.reference, BOLD, width=room, stages=stages)
    latin = badge.latin if badge.latin not in {badge.name, named.text} and not drawable(badge.latin).missing else ""
    canvas.lines(name, left + _EDGE, top + (19 if latin else 21), face=named.face, colour=INK)
    if latin:
        canvas.lines(
            fitted(latin, SERIF, width=room, stages=(Stage(1, 11, 6),), cut=True), left + _EDGE, top + 29.5, colour=GREY
        )
    stages = (Stage(1, 10, 9), Stage(2, 10, 8), Stage(3, 8.5, 6))
    agency = fitted(badge.agency, SERIF, width=text_room, stages=stages, cut=True)
    canvas.lines(agency, left + _EDGE, top + 41)
    role = fitted(badge.role, BOLD, width=text_room, stages=(Stage(1, 11, 7), Stage(2, 9, 6)), cut=True)
    canvas.lines(role, left + _EDGE, top + 54, face=BOLD, colour=_ACCENT)
    canvas.qr(badge.code, left + WIDTH - _EDGE - _QR, top + HEIGHT - _EDGE - _QR + 1, side=_QR)
