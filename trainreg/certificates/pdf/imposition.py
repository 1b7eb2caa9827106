"""Pages put on larger sheets: with marks where the printer cuts, or four to a sheet as a proof for the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from trainreg.certificates.drawing.sheet import POINTS_PER_MM
from trainreg.certificates.pdf.page import Page, Placed, Strokes

_MARGIN, _MARK, _CLEAR = 12.0, 7.0, 3.0
_A4 = (210.0, 297.0)
_GUTTER = 7.0
_HAIRLINE = "0.25 w 0 G"
_FRAME = "0.4 w 0.6 G"


def with_crop_marks(pages: Sequence[Page]) -> list[Page]:
    """Each page on a sheet 12 mm larger on every side, with hairlines at its corners, 3 mm clear of it."""
    return [_marked(page) for page in pages]


def _marked(page: Page) -> Page:
    width, height = page.width + 2 * _MARGIN, page.height + 2 * _MARGIN
    right, bottom = _MARGIN + page.width, _MARGIN + page.height
    lines: list[str] = []
    for x, across in ((_MARGIN, -1), (right, 1)):
        for y, up in ((height - _MARGIN, 1), (height - bottom, -1)):
            near, far = _CLEAR, _CLEAR + _MARK
            lines.append(_line(x + across * near, y, x + across * far, y))
            lines.append(_line(x, y + up * near, x, y + up * far))
    return Page(
        width=width,
        height=height,
        language=page.language,
        ground=(),
        items=(Placed(page=page, x=_MARGIN, y=_MARGIN), Strokes(operators=f"{_HAIRLINE} {' '.join(lines)}")),
        trim=(_MARGIN, _MARGIN, page.width, page.height),
    )


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    ends = (f"{edge * POINTS_PER_MM:.2f}" for edge in (x, y, to_x, to_y))
    return "{} {} m {} {} l S".format(*ends)


def four_up(pages: Sequence[Page]) -> list[Page]:
    """Four small pages on an A4 sheet, lying or standing as the first of them does."""
    return [_sheet(group) for group in _fours(pages)]


def _fours(pages: Sequence[Page]) -> Iterator[list[Page]]:
    waiting = iter(pages)
    while group := list(islice(waiting, 4)):
        yield group


def _sheet(group: Sequence[Page]) -> Page:
    first = group[0]
    width, height = reversed(_A4) if first.width > first.height else _A4
    cell_width, cell_height = (width - 3 * _GUTTER) / 2, (height - 3 * _GUTTER) / 2
    items: list[Placed | Strokes] = []
    for count, page in enumerate(group):
        scale = min(cell_width / page.width, cell_height / page.height)
        x = _GUTTER + (count % 2) * (cell_width + _GUTTER) + (cell_width - page.width * scale) / 2
        y = _GUTTER + (count // 2) * (cell_height + _GUTTER) + (cell_height - page.height * scale) / 2
        items.append(Placed(page=page, x=x, y=y, scale=scale))
        edges = (x, height - y - page.height * scale, page.width * scale, page.height * scale)
        frame = " ".join(f"{edge * POINTS_PER_MM:.2f}" for edge in edges)
        items.append(Strokes(operators=f"{_FRAME} {frame} re S"))
    return Page(width=width, height=height, language=first.language, ground=(), items=items)
