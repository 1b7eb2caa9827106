"""The transcript as a PDF: A4 upright, as many pages as it takes, the same bytes for the same content."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from trainreg.certificates.drawing.fitting import DoesNotFit, Fitted, Stage
from trainreg.certificates.drawing.sheet import POINTS_PER_MM, Sheet
from trainreg.paper.canvas import BOLD, GREY, INK, LEADING, SERIF, Canvas, Named, drawable, fitted
from trainreg.transcript.content import Entry, Paper, Transcript
from trainreg.transcript.rules import Piece, flow

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 16.0
RIGHT = WIDTH - MARGIN
BOTTOM = HEIGHT - 18
_LEFT, _SESSIONS, _HOURS, _RESULT = 92.0, 133.0, 156.0, 160.0  # width of the titles, then edges of the columns
_HEAD = 9.0  # the head of the table
_TOP = 24.0  # of a page that is not the first
_PAPER = 99.0  # where the address of a certificate begins


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A piece and the hand that draws it from that height on."""

    piece: Piece
    draw: Callable[[Canvas, float], None]


def name_on_paper(told: Transcript) -> Named:
    """The name with a typeface that has it, else another spelling."""
    return drawable(told.name, told.latin, told.reference)


def draw_transcript(told: Transcript) -> bytes:
    """The whole document."""
    named = name_on_paper(told)
    sheet = Sheet(
        title=f"{told.title}: {named.text}",
        language=told.language,
        created_on=told.made_on,
        fingerprint=hashlib.sha256(repr(told).encode()).hexdigest(),
        orientation="portrait",
    )
    head, pieces = _head(told, named), list(_pieces(told))
    first = MARGIN + sum(one.piece.height for one in head)
    pages = flow([one.piece for one in pieces], first=BOTTOM - first - _HEAD, others=BOTTOM - _TOP - _HEAD)
    for place, numbers in enumerate(pages, 1):
        sheet.add_page()
        canvas = Canvas(sheet, height=HEIGHT)
        if place == 1:
            _draw(canvas, head, MARGIN)
        else:
            _draw_running_head(canvas, told, named)
        top = first if place == 1 else _TOP
        _draw_columns(canvas, told, top)
        _draw(canvas, [pieces[number] for number in numbers], top + _HEAD)
        _draw_foot(canvas, told, place, len(pages))
    return sheet.finished()


def _draw(canvas: Canvas, pieces: Sequence[_Drawn], y: float) -> None:
    for one in pieces:
        one.draw(canvas, y)
        y += one.piece.height


def _text(
    text: str, *, face: str = SERIF, size: float, lines: int = 2, grey: bool = False, after: float = 0.0
) -> _Drawn:
    """A text over the whole width."""
    set_in = _set(text, face, RIGHT - MARGIN, size, lines)
    return _Drawn(Piece(_height(set_in) + after), lambda canvas, y: _put(canvas, set_in, MARGIN, y, face, grey=grey))


def _head(told: Transcript, named: Named) -> list[_Drawn]:
    """What stands over the table on the first page."""
    head = [
        _text(told.organisation, size=9.5, grey=True, after=3),
        _text(told.title, face=BOLD, size=18, after=3),
        _name(named, told),
    ]
    if told.latin not in {told.name, named.text} and not drawable(told.latin).missing:
        head.append(_text(told.latin, size=11, grey=True, after=2))
    if named.missing:
        characters = ", ".join(f"U+{ord(one):04X}" for one in dict.fromkeys(named.missing))
        head.append(_text(told.heads.note.format(characters=characters), size=8.5, lines=3, after=1))
    head.append(_text(told.summary, face=BOLD, size=10, after=2))
    head.append(_text(told.made, size=9, after=0.5))
    head += [_text(statement, size=9, lines=3, after=0.5) for statement in told.statements]
    head.append(_Drawn(Piece(5), lambda _canvas, _y: None))
    return head


def _name(named: Named, told: Transcript) -> _Drawn:
    """A name is never cut: it is made smaller, and the reference stands for one that cannot be read then."""
    face, width = named.face, RIGHT - MARGIN
    stages = (Stage(1, 15, 11), Stage(2, 12, 9), Stage(4, 9, 6))
    try:
        set_in = fitted(named.text, face, width=width, stages=stages)
    except DoesNotFit:
        set_in = fitted(told.reference, face, width=width, stages=stages, cut=True)
    return _Drawn(Piece(_height(set_in) + 1.5), lambda canvas, y: _put(canvas, set_in, MARGIN, y, face))


def _pieces(told: Transcript) -> Iterator[_Drawn]:
    if not told.years:
        yield _text(told.heads.nothing, size=10)
    for year in told.years:
        heading = _set(year.name, BOLD, RIGHT - MARGIN, 12, 1)
        yield _Drawn(
            Piece(_height(heading) + 4, holds_next=True),
            lambda canvas, y, heading=heading: _put(canvas, heading, MARGIN, y + 2.5, BOLD),  # type: ignore[misc]
        )
        for entry in year.entries:
            yield _entry(entry)
            for place, paper in enumerate(entry.papers, 1):
                yield _paper(paper, is_last=place == len(entry.papers))


def _entry(entry: Entry) -> _Drawn:
    title = _set(entry.title, BOLD, _LEFT, 10, 4)
    what, when = (_set(text, SERIF, _LEFT, 9, 3) for text in (entry.what, entry.when))
    result = _set(entry.result, SERIF, RIGHT - _RESULT, 9, 3)
    height = max(sum(map(_height, (title, what, when))), _height(result)) + 3.6

    def draw(canvas: Canvas, y: float) -> None:
        canvas.rules([(MARGIN, y, RIGHT, y)], width=0.3, grey=0.75)
        y += 1.6
        for figures, edge in ((entry.sessions, _SESSIONS), (entry.hours, _HOURS)):
            _put(canvas, _set(figures, SERIF, 24, 9, 1), edge, y, SERIF, at=1)
        _put(canvas, result, _RESULT, y, SERIF)
        for text, face in ((title, BOLD), (what, SERIF), (when, SERIF)):
            _put(canvas, text, MARGIN, y, face, grey=face == SERIF)
            y += _height(text)

    return _Drawn(Piece(height, holds_next=bool(entry.papers)), draw)


def _paper(paper: Paper, *, is_last: bool) -> _Drawn:
    """One certificate: what it is on the left, where it is checked on the right."""
    about = _set(f"{paper.number} · {paper.kind} · {paper.state}", BOLD, _PAPER - MARGIN - 6, 8, 3)
    # An address is never cut: it is broken, and made smaller at the worst.
    address = fitted(paper.address, SERIF, width=RIGHT - _PAPER, stages=(Stage(1, 8, 6.5), Stage(3, 8, 6)))

    def draw(canvas: Canvas, y: float) -> None:
        _put(canvas, about, MARGIN + 4, y, BOLD)
        _put(canvas, address, _PAPER, y, SERIF, grey=True)

    return _Drawn(Piece(max(_height(about), _height(address)) + (2.0 if is_last else 0.8)), draw)


def _draw_columns(canvas: Canvas, told: Transcript, y: float) -> None:
    """The head of the table, on every page."""
    canvas.rules([(MARGIN, y, RIGHT, y), (MARGIN, y + _HEAD, RIGHT, y + _HEAD)], width=0.6)
    middle, words = y + (_HEAD) / 2, told.heads
    for text, x, width, at in (
        (words.training, MARGIN, _LEFT, 0.0),
        (words.sessions, _SESSIONS, _SESSIONS - MARGIN - _LEFT - 2, 1.0),
        (words.hours, _HOURS, _HOURS - _SESSIONS - 3, 1.0),
        (words.result, _RESULT, RIGHT - _RESULT, 0.0),
    ):
        stages = (Stage(1, 8.5, 7.5), Stage(2, 8, 6))
        canvas.lines(fitted(text, BOLD, width=width, stages=stages, cut=True), x, middle, face=BOLD, at=at)


def _draw_running_head(canvas: Canvas, told: Transcript, named: Named) -> None:
    _put(canvas, _set(told.title, SERIF, 60, 8.5, 2), MARGIN, MARGIN - 2, SERIF, grey=True)
    try:
        name = fitted(named.text, named.face, width=100, stages=(Stage(1, 8.5, 7), Stage(2, 7, 5)))
    except DoesNotFit:
        return
    canvas.lines(name, RIGHT, MARGIN, face=named.face, at=1)


def _draw_foot(canvas: Canvas, told: Transcript, page: int, pages: int) -> None:
    y = HEIGHT - 10
    canvas.text(told.heads.page.format(page=page, pages=pages), RIGHT, y, size=8, colour=GREY, at=1)
    organisation = _set(told.organisation, SERIF, 130, 8, 1)
    canvas.text(organisation.lines[0], MARGIN, y, size=organisation.size, colour=GREY)


def _set(text: str, face: str, width: float, size: float, lines: int) -> Fitted:
    """A text in one size, on as few lines as it takes; what is longer still ends in an ellipsis."""
    stages = [Stage(count, size, size) for count in range(1, lines + 1)]
    return fitted(text or "–", face, width=width, stages=stages, cut=True)


def _height(text: Fitted) -> float:
    return len(text.lines) * text.size * LEADING / POINTS_PER_MM


def _put(canvas: Canvas, text: Fitted, x: float, y: float, face: str, *, grey: bool = False, at: float = 0) -> None:
    """A text with its upper edge there."""
    middle = y + _height(text) / 2
    canvas.lines(text, x, middle, face=face, colour=GREY if grey else INK, at=at)
