"""Charts drawn on the page as rectangles, each with its number beside it: the words say all that the bars show."""

from collections.abc import Iterator

from trainreg.certificates.pdf.page import Anchor, Tag
from trainreg.reporting.factsheet.flow import Box, Piece, Put, Shown, space
from trainreg.reporting.factsheet.lines import broken
from trainreg.reporting.factsheet.parts import Bar, Bars, Words
from trainreg.reporting.factsheet.typography import ACCENT, CHART, LABEL, LINE, NUMBER, SMALL, TRACK, whole

_BAR = 2.6
_COLUMN = 26.0


def bars(block: Bars, language: str, width: float) -> Iterator[Piece]:
    """Lying one below the other, or standing beside each other along time."""
    yield space(1.5)
    yield whole(Words(block.title, language), CHART, width, after=1, tag=Tag.SMALL_HEADING)
    if block.in_time:
        yield _standing(block, language, width)
    else:
        for place, bar in enumerate(block.bars):
            piece = _lying(block, bar, language, width)
            # The first two stand with the heading, the last with the one before it.
            holds = place < min(2, len(block.bars) - 1) or place == len(block.bars) - 2
            yield Piece(piece.height, piece.parts, holds=holds)
    yield space(3)


def _lying(block: Bars, bar: Bar, language: str, width: float) -> Piece:
    label_room, number_room = width * 0.46, 18.0
    track = width - label_room - number_room - 2
    lines = broken(bar.label, LABEL, label_room - 2)
    height = max(LABEL.leading * len(lines) + 0.8, 5)
    middle = (height - _BAR) / 2
    return Piece(
        height,
        [
            Put(lines, LABEL, 0, 0.3, language=language),
            Box(label_room, middle, track, _BAR, TRACK),
            Box(label_room, middle, track * block.share(bar), _BAR, ACCENT),
            Put([bar.told], NUMBER, width, (height - NUMBER.leading) / 2, Anchor.RIGHT, language=language),
        ],
    )


def _standing(block: Bars, language: str, width: float) -> Piece:
    step = width / len(block.bars)
    thick = min(step * 0.55, 14.0)
    labels = [broken(bar.label, SMALL, step - 1.5) for bar in block.bars]
    base = NUMBER.leading + _COLUMN
    parts: list[Put | Box | Shown] = [Box(0, base, width, 0.25, LINE)]
    for place, (bar, label) in enumerate(zip(block.bars, labels, strict=True)):
        middle = step * (place + 0.5)
        height = _COLUMN * block.share(bar)
        parts.append(Box(middle - thick / 2, base - height, thick, height, ACCENT))
        parts.append(Put(label, SMALL, middle, base + 0.8, Anchor.MIDDLE, language=language))
        parts.append(Put([bar.told], NUMBER, middle, base - height - NUMBER.leading, Anchor.MIDDLE, language=language))
    return Piece(base + 1.2 + SMALL.leading * max(map(len, labels)), parts)
