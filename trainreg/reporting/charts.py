"""Charts as points for SVG that the server draws; each stands beside the table of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

WIDTH, HEIGHT, MARGIN = 320, 96, 10
WIDE, TALL = 640, 220
Value = Decimal | None


@dataclass(frozen=True)
class Point:
    """One period's place in the chart; None where nothing is known."""

    x: float
    actual: float | None
    target: float | None


@dataclass(frozen=True)
class Trend:
    """Actual and target over the periods; `line` is the path along the actual values that are known."""

    points: Sequence[Point]
    line: str

    @property
    def is_drawn(self) -> bool:
        """One point is no trend."""
        return sum(point.actual is not None for point in self.points) > 1


def trend_of(pairs: Sequence[tuple[Value, Value]]) -> Trend:
    """Pairs of actual and target, in the order of time."""
    actual, target = _placed([[one for one, _two in pairs], [two for _one, two in pairs]], WIDTH, HEIGHT)
    points = [Point(x, y, other) for (x, y), (_x, other) in zip(actual, target, strict=True)]
    return Trend(points, _path(actual))


@dataclass(frozen=True)
class Curves:
    """Several lines over the same time, each as its path and the points that are known."""

    paths: Sequence[str]
    points: Sequence[Sequence[tuple[float, float]]]

    @property
    def is_drawn(self) -> bool:
        return any(len(points) > 1 for points in self.points)


def curves_of(series: Sequence[Sequence[Value]]) -> Curves:
    """Lines on one scale that begins at nothing."""
    placed = _placed(series, WIDE, TALL)
    return Curves([_path(one) for one in placed], [[(x, y) for x, y in one if y is not None] for one in placed])


def _placed(series: Sequence[Sequence[Value]], width: int, height: int) -> list[list[tuple[float, float | None]]]:
    known = [value for one in series for value in one if value is not None]
    low, high = min([Decimal(0), *known]), max([Decimal(1), *known])

    def y(value: Value) -> float | None:
        if value is None:
            return None
        return round(float(height - MARGIN - (value - low) / (high - low) * (height - 2 * MARGIN)), 1)

    def x(place: int, of: int) -> float:
        return round(MARGIN + (width - 2 * MARGIN) / max(1, of - 1) * place, 1)

    return [[(x(place, len(one)), y(value)) for place, value in enumerate(one)] for one in series]


def _path(points: Sequence[tuple[float, float | None]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points if y is not None)


class Piece(NamedTuple):
    """One part of a bar, in hundredths of the longest; `part` says which, None: what is not told apart."""

    part: int | None
    x: float
    width: float


def stack_of(values: Sequence[Value], total: Decimal, largest: Decimal) -> list[Piece]:
    """The parts of one bar one after the other; those that are not told together as one, at the end."""
    if not largest:
        return []
    found, x = [], 0.0
    rest = total - sum((value for value in values if value is not None), Decimal(0))
    for part, value in [*enumerate(values), (None, rest)]:
        width = round(float(100 * value / largest), 2) if value else 0.0
        if width:
            found.append(Piece(part, round(x, 2), width))
            x += width
    return found
