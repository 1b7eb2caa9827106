"""The sign-in sheet as a PDF: what stands on it as plain data, and the hand that draws it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainreg.certificates.drawing.fitting import DoesNotFit, Fitted, Stage
from trainreg.certificates.drawing.sheet import Sheet
from trainreg.paper.canvas import BOLD, GREY, SERIF, Canvas, drawable, fitted
from trainreg.paper.rules import SheetPage, pages_of

MARGIN = 10.0
_QR = 23.0
_TWO_LINES = (Stage(1, 10, 6.5), Stage(2, 6.5, 5))
_TALL_ROW = (Stage(1, 11, 7.5), Stage(2, 8.5, 6), Stage(3, 6, 5), Stage(4, 5, 4.5))
_LOW_ROW = (Stage(1, 9, 6.5), Stage(2, 6.5, 5), Stage(4, 4, 4))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person of the sheet."""

    name: str
    latin: str
    reference: str
    agency: str
    position: str


@dataclass(frozen=True, slots=True)
class Heads:
    """The words of a sheet in its languages, one text for each place."""

    number: str
    name: str
    agency: str
    position: str
    signatures: tuple[str, ...]
    page: str  # with {page} and {pages}
    note: str  # with {row} and {characters}


@dataclass(frozen=True, slots=True)
class SheetContent:
    """All that a sheet says."""

    key: str
    titles: tuple[str, ...]
    subtitle: str
    organisation: str
    heads: Heads
    rows: Sequence[SheetRow]
    blank_rows: int
    codes: Sequence[str]
    language: str
    made_on: date


@dataclass(frozen=True, slots=True)
class _Form:
    """Where things stand: portrait for one or two signatures, landscape for more."""

    width: float
    height: float
    head: float
    row: float
    edges: tuple[float, ...]

    @property
    def top(self) -> float:
        return self.head + 8


@dataclass(frozen=True, slots=True)
class Undrawable:
    """A name that cannot be printed as it is written: the number of its row and the characters."""

    number: int
    name: str
    characters: str


def undrawable(rows: Sequence[SheetRow]) -> list[Undrawable]:
    """The names of which another spelling, or the reference, has to stand on the sheet."""
    found = []
    for number, row in enumerate(rows, 1):
        if missing := drawable(row.name).missing:
            found.append(Undrawable(number, row.name, missing))
    return found


def draw_sheet(content: SheetContent) -> bytes:
    """The whole sheet as one PDF."""
    columns = len(content.heads.signatures)
    form = _form(columns)
    sheet = Sheet(
        title=f"{content.titles[0]}: {content.subtitle}",
        language=content.language,
        created_on=content.made_on,
        fingerprint=hashlib.sha256(repr(content).encode()).hexdigest(),
        orientation="portrait" if form.height > form.width else "landscape",
    )
    pages = pages_of(len(content.rows), content.blank_rows)
    for page, code in zip(pages, content.codes, strict=True):
        sheet.add_page()
        canvas = Canvas(sheet, height=form.height)
        _draw_head(canvas, form, content, code)
        _draw_table(canvas, form, content, page)
        _draw_foot(canvas, form, content, page, len(pages))
    return sheet.finished()


def _form(columns: int) -> _Form:
    if columns <= 2:
        shares = (9.0, 60.0, 44.0, 35.0) if columns == 1 else (9.0, 52.0, 36.0, 29.0)
        width, height, head, row = 210.0, 297.0, 42.0, 11.0
    else:
        shares, width, height, head, row = (9.0, 62.0, 46.0, 36.0), 297.0, 210.0, 34.0, 7.4
    edges = [MARGIN]
    for share in shares:
        edges.append(edges[-1] + share)
    rest = (width - MARGIN - edges[-1]) / columns
    edges += [edges[-1] + rest * number for number in range(1, columns + 1)]
    return _Form(width, height, head, row, tuple(edges))


def _draw_head(canvas: Canvas, form: _Form, content: SheetContent, code: str) -> None:
    room = form.width - 2 * MARGIN - _QR - 4
    tight = form.height < form.width
    y = MARGIN + (1 if tight else 3)
    canvas.lines(_one(content.organisation, SERIF, room, 8.5), MARGIN, y, colour=GREY)
    for place, title in enumerate(content.titles):
        face = BOLD if place == 0 else SERIF
        size = 14 if place == 0 else 10
        lines = fitted(title, face, width=room, stages=(Stage(1, size, size - 3), Stage(2, size - 3, 6)), cut=True)
        y += (3.2 if tight else 4.5) + 2.4 * len(lines.lines)
        canvas.lines(lines, MARGIN, y, face=face)
    canvas.lines(_one(content.subtitle, BOLD, room, 9.5), MARGIN, form.head - 3.4, face=BOLD)
    canvas.qr(code, form.width - MARGIN - _QR, MARGIN - 2, side=_QR)


def _draw_table(canvas: Canvas, form: _Form, content: SheetContent, page: SheetPage) -> None:
    edges, heads = form.edges, content.heads
    bottom = form.top + form.row * page.rows
    across = [
        (edges[0], form.top + form.row * number, edges[-1], form.top + form.row * number)
        for number in range(page.rows + 1)
    ]
    canvas.rules(
        [*across, *((edge, form.head, edge, bottom) for edge in edges), (edges[0], form.head, edges[-1], form.head)]
    )
    words = (heads.number, heads.name, heads.agency, heads.position, *heads.signatures)
    for left, right, text in zip(edges, edges[1:], words, strict=False):
        lines = fitted(
            text, BOLD, width=right - left - 2, stages=(Stage(1, 8, 7), Stage(2, 7.5, 5), Stage(3, 6, 4)), cut=True
        )
        canvas.lines(lines, left + 1, form.head + 4, face=BOLD)
    for place in range(page.rows):
        middle = form.top + form.row * (place + 0.5)
        number = page.first + place
        canvas.text(str(number + 1), edges[1] - 1.2, middle + 1.1, face=SERIF, size=8.5, colour=GREY, at=1)
        if number < page.last:
            _draw_row(canvas, form, content.rows[number], middle)


def _draw_row(canvas: Canvas, form: _Form, row: SheetRow, middle: float) -> None:
    edges, tall = form.edges, form.row > 9
    named, width = drawable(row.name, row.latin, row.reference), edges[2] - edges[1] - 2.4
    latin = row.latin if row.latin not in {row.name, named.text} else ""
    if latin and drawable(latin).missing:
        latin = ""
    name = _name(named.text, named.face, width, _TWO_LINES) if latin else None
    if name is None:  # no Latin spelling, or a name so long that it needs the whole row
        latin, roomy = "", _TALL_ROW if tall else _LOW_ROW
        name = _name(named.text, named.face, width, roomy) or fitted(row.reference, BOLD, width=width, stages=roomy)
    canvas.lines(name, edges[1] + 1.2, middle - (form.row * 0.18 if latin else 0), face=named.face)
    if latin:
        lines = fitted(latin, SERIF, width=width, stages=(Stage(1, 8 if tall else 6.5, 4.5),), cut=True)
        canvas.lines(lines, edges[1] + 1.2, middle + form.row * 0.28, colour=GREY)
    stages = (Stage(1, 8.5, 7), Stage(2, 8 if tall else 6.5, 5.5), Stage(3, 6.5 if tall else 5, 4.5))
    for place, text in ((2, row.agency), (3, row.position)):
        if text:
            room = edges[place + 1] - edges[place] - 2
            canvas.lines(fitted(text, SERIF, width=room, stages=stages, cut=True), edges[place] + 1, middle)


def _name(text: str, face: str, width: float, stages: tuple[Stage, ...]) -> Fitted | None:
    """A name is never cut; None when it does not fit, however small."""
    try:
        return fitted(text, face, width=width, stages=stages)
    except DoesNotFit:
        return None


def _draw_foot(canvas: Canvas, form: _Form, content: SheetContent, page: SheetPage, pages: int) -> None:
    y = form.height - 9
    canvas.text(content.heads.page.format(page=page.number, pages=pages), MARGIN, y, size=8, colour=GREY)
    canvas.text(content.key, form.width - MARGIN, y, size=8, colour=GREY, at=1)
    if problems := undrawable(content.rows[page.first : page.last]):
        rows = ", ".join(str(page.first + problem.number) for problem in problems)
        missing = dict.fromkeys(one for problem in problems for one in problem.characters)
        note = content.heads.note.format(row=rows, characters=", ".join(f"U+{ord(one):04X}" for one in missing))
        lines = fitted(note, SERIF, width=form.width - 2 * MARGIN, stages=(Stage(2, 7, 4),), cut=True)
        canvas.lines(lines, MARGIN, y - 5)


def _one(text: str, face: str, width: float, size: float) -> Fitted:
    return fitted(text, face, width=width, stages=(Stage(1, size, 5),), cut=True)
