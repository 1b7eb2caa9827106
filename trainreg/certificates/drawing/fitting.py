"""Making words fit their place: first smaller, then on balanced lines, and refused rather than squeezed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise

from trainreg.certificates.drawing.typefaces import Typeface

_STEP = 0.5
_MOST_BREAKS_TRIED = 24


class DoesNotFit(ValueError):
    """A text is too long for its place even in the smallest type; its argument is the text."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One way to set a text: on so many lines, in sizes from the largest down to the smallest."""

    lines: int
    largest: float
    smallest: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it will stand: its lines and the size they share."""

    lines: tuple[str, ...]
    size: float


def fit(text: str, face: Typeface, *, width: float, stages: tuple[Stage, ...], tracking: float = 0) -> Fitted:
    """Set a text in the first of the stages that holds it; raises DoesNotFit."""
    for stage in stages:
        lines = balanced(text, face, stage.lines)
        if lines is None:
            continue
        longest = max(face.width(line, 1) for line in lines)
        letters = max(map(len, lines))
        room = (width - tracking * letters) / longest if longest else stage.largest
        size = min(stage.largest, room // _STEP * _STEP)
        if size >= stage.smallest:
            return Fitted(lines, size)
    raise DoesNotFit(text)


def balanced(text: str, face: Typeface, count: int) -> tuple[str, ...] | None:
    """Break a text at its spaces into so many lines, as even as can be; None with too few words."""
    words = text.split()
    if len(words) < count:
        return None
    if count == 1:
        return (" ".join(words),)
    space = face.width(" ", 1)
    ends = [0.0, *accumulate(face.width(word, 1) + space for word in words)]

    def lengths(breaks: tuple[int, ...]) -> list[float]:
        return [ends[last] - ends[first] for first, last in pairwise((0, *breaks, len(words)))]

    best = min(
        combinations(_likely_breaks(ends, count), count - 1),
        key=lambda breaks: (round(max(lengths(breaks)), 6), sum(length**2 for length in lengths(breaks))),
    )
    return tuple(" ".join(words[first:last]) for first, last in pairwise((0, *best, len(words))))


def _likely_breaks(ends: list[float], count: int) -> list[int]:
    """The word boundaries worth trying: all of them, or those nearest to even parts in a very long text."""
    boundaries = list(range(1, len(ends) - 1))
    if len(boundaries) <= _MOST_BREAKS_TRIED:
        return boundaries
    ideal = [ends[-1] * part / count for part in range(1, count)]
    nearest = sorted(boundaries, key=lambda place: min(abs(ends[place] - target) for target in ideal))
    return sorted(nearest[:_MOST_BREAKS_TRIED])
