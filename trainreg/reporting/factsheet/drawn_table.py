"""The table of indicators on the page; its head stands again on every page that it reaches."""

from collections.abc import Iterator

from trainreg.certificates.pdf.page import Anchor
from trainreg.reporting.factsheet.flow import Box, Piece, Put, Shown, space
from trainreg.reporting.factsheet.lines import Style, broken
from trainreg.reporting.factsheet.parts import Cell, IndicatorLine, Indicators
from trainreg.reporting.factsheet.typography import DEEP, LABEL, LINE, NUMBER, SMALL, TINT

_HEAD = Style("sans-bold", 7.5, 3.7, DEEP)
_BASELINE, _PERIOD, _TOTAL = 21.0, 20.0, 19.0
_PAD = 1.4


def table(block: Indicators, language: str, width: float) -> Iterator[Piece]:
    """One line for each indicator: title, baseline, the periods, all time."""
    columns = _Columns(block, width)
    head = columns.head(language)
    yield Piece(head.height, head.parts, holds=True)
    for line in block.lines:
        piece = columns.line(line, language)
        yield Piece(piece.height, piece.parts, again=head)
    yield space(2.5)


class _Columns:
    """Where the columns of one table end; numbers stand at their right. The first may be that of baselines."""

    def __init__(self, block: Indicators, width: float) -> None:
        self.block, self.width = block, width
        wanted = [*[_BASELINE] * bool(block.baseline), *[_PERIOD] * len(block.periods), _TOTAL]
        scale = min(1.0, width * 0.62 / sum(wanted))
        self.sizes = [size * scale for size in wanted]
        self.title = width - sum(self.sizes)
        self.ends = [self.title + sum(self.sizes[: place + 1]) for place in range(len(wanted))]

    def head(self, language: str) -> Piece:
        periods = (f"{code}\n{note}" for code, note in self.block.periods)
        words = [*[self.block.baseline] * bool(self.block.baseline), *periods, self.block.all_time]
        title = broken(self.block.head, _HEAD, self.title - 2)
        cells = [
            [line for part in word.split("\n") if part for line in broken(part, _HEAD, size - _PAD)]
            for word, size in zip(words, self.sizes, strict=True)
        ]
        height = _HEAD.leading * max(map(len, [title, *cells])) + 2 * _PAD
        parts: list[Put | Box | Shown] = [Box(0, 0, self.width, height, TINT)]
        parts.append(Put(title, _HEAD, _PAD, _PAD, language=language))
        for lines, end in zip(cells, self.ends, strict=True):
            parts.append(Put(lines, _HEAD, end - _PAD, _PAD, Anchor.RIGHT, language=language))
        return Piece(height, parts)

    def line(self, line: IndicatorLine, language: str) -> Piece:
        title = broken(line.title.text, LABEL, self.title - 3)
        about = " · ".join(part for part in (line.code, line.unit.text) if part)
        below = broken(about, SMALL, self.title - 3)
        parts: list[Put | Box | Shown] = [
            Put(title, LABEL, _PAD, _PAD, language=line.title.language),
            Put(below, SMALL, _PAD, _PAD + LABEL.leading * len(title), language=line.unit.language),
        ]
        height = LABEL.leading * len(title) + SMALL.leading * len(below)
        cells = [*[Cell(line.baseline, "")] * bool(self.block.baseline), *line.cells, Cell(line.total, "")]
        for cell, end, size in zip(cells, self.ends, self.sizes, strict=True):
            tall = self._cell(cell, end - _PAD, size - _PAD, language, parts)
            height = max(height, tall)
        height += 2 * _PAD
        return Piece(height, [*parts, Box(0, height - 0.2, self.width, 0.2, LINE)])

    def _cell(self, cell: Cell, end: float, size: float, language: str, parts: list[Put | Box | Shown]) -> float:
        actual = broken(cell.actual, NUMBER, size)
        parts.append(Put(actual, NUMBER, end, _PAD, Anchor.RIGHT, language=language))
        height = NUMBER.leading * len(actual)
        for text in (cell.target, cell.note):
            lines = broken(text, SMALL, size) if text else []
            if lines:
                parts.append(Put(lines, SMALL, end, _PAD + height, Anchor.RIGHT, language=language))
                height += SMALL.leading * len(lines)
        return height
