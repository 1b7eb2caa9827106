"""Setting words in a box: first smaller, then on balanced lines, and refused rather than squeezed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from trainreg.certificates.designs.schema import Paragraph
from trainreg.certificates.drawing.fitting import DoesNotFit
from trainreg.certificates.pdf import faces
from trainreg.kernel.text import words_in

POINTS_PER_MM = 72 / 25.4
_STEP = 0.25
# Lines are added until they stand at this share of the size at which the first one broke.
_GOOD_ENOUGH = 0.85
_MOST_BREAKS_TRIED = 16
_SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as it will stand: its lines, their size in points and its height in millimetres."""

    paragraph: Paragraph
    language: str
    lines: tuple[str, ...]
    size: float

    @property
    def leading(self) -> float:
        """From one baseline to the next, in millimetres."""
        return self.size * self.paragraph.leading / POINTS_PER_MM

    @property
    def height(self) -> float:
        """Of all its lines, in millimetres, without the gap above."""
        return self.leading * len(self.lines)


def set_stack(texts: list[tuple[Paragraph, str, str]], width: float, height: float) -> list[Block]:
    """Set paragraphs (with their words and language) one below the other; raises DoesNotFit with the longest words."""
    if not texts:
        return []
    too_long = ""
    for scale in _SCALES:
        try:
            blocks = [_set(paragraph, text, language, width, scale) for paragraph, text, language in texts]
        except DoesNotFit as problem:
            too_long = str(problem)
            continue
        gaps = sum(block.paragraph.gap for block in blocks[1:]) * scale
        if sum(block.height for block in blocks) + gaps <= height + 0.01:
            return blocks
    raise DoesNotFit(too_long or max((text for _, text, _ in texts), key=len).replace("\n", " "))


def gap_above(blocks: list[Block], height: float) -> float:
    """What the gaps between the blocks shrink by where the box is tight, as a factor."""
    gaps = sum(block.paragraph.gap for block in blocks[1:])
    room = height - sum(block.height for block in blocks)
    return min(1.0, max(0.0, room / gaps)) if gaps else 1.0


def _set(paragraph: Paragraph, text: str, language: str, width: float, scale: float) -> Block:
    room = width * POINTS_PER_MM
    largest = max(paragraph.size * scale, paragraph.smallest)
    wrap_at = min(largest, max((paragraph.wrap_at or paragraph.smallest) * scale, paragraph.smallest))
    best: Block | None = None
    for count in range(1, paragraph.lines + 1):
        lines = _lines(text, paragraph.family, count)
        if lines is None:
            break
        longest = max(faces.measure(line, paragraph.family, 100) for line in lines) / 100
        spaced = paragraph.tracking * max(map(len, lines))
        size = min(largest if count == 1 else wrap_at, (room - spaced) / longest // _STEP * _STEP)
        if size >= wrap_at * (1 if count == 1 else _GOOD_ENOUGH):
            return Block(paragraph, language, lines, size)
        if size >= paragraph.smallest and (best is None or size > best.size):
            best = Block(paragraph, language, lines, size)
    if best:
        return best
    raise DoesNotFit(text.replace("\n", " "))


def _lines(text: str, family: str, count: int) -> tuple[str, ...] | None:
    """Every typed line on so many lines, or on as many as it has words for; None where none has words for so many."""
    typed = text.split("\n")
    set_apart = [broken(line, family, count) for line in typed]
    if not any(set_apart):
        return None
    return tuple(
        one
        for line, lines in zip(typed, set_apart, strict=True)
        for one in lines or broken(line, family, len(line.split())) or ()
    )


@lru_cache(maxsize=2048)
def broken(text: str, family: str, count: int) -> tuple[str, ...] | None:
    """Break a text at its spaces into so many lines, as even as can be; None with too few words."""
    words = words_in(text)
    if len(words) < count:
        return None
    if count == 1:
        return (" ".join(words),)
    space = faces.measure(" ", family, 1)
    ends = [0.0]
    for word in words:
        ends.append(ends[-1] + faces.measure(word, family, 1) + space)

    def lengths(breaks: tuple[int, ...]) -> list[float]:
        return [ends[last] - ends[first] for first, last in pairwise((0, *breaks, len(words)))]

    best = min(
        combinations(_likely(ends, count), count - 1),
        key=lambda breaks: (round(max(lengths(breaks)), 6), sum(length**2 for length in lengths(breaks))),
    )
    return tuple(" ".join(words[first:last]) for first, last in pairwise((0, *best, len(words))))


def _likely(ends: list[float], count: int) -> list[int]:
    boundaries = list(range(1, len(ends) - 1))
    ideal = [ends[-1] * part / count for part in range(1, count)]
    nearest = sorted(boundaries, key=lambda place: min(abs(ends[place] - target) for target in ideal))
    return sorted(nearest[:_MOST_BREAKS_TRIED])
