"""Charts as points for SVG that the server draws; each stands beside the table of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 320, 96, 10


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


def trend_of(pairs: Sequence[tuple[Decimal | None, Decimal | None]]) -> Trend:
    """Pairs of actual and target, in the order of time."""
    known = [value for pair in pairs for value in pair if value is not None]
    low, high = min([Decimal(0), *known]), max([Decimal(1), *known])
    step = Decimal(WIDTH - 2 * MARGIN) / max(1, len(pairs) - 1)

    def y(value: Decimal | None) -> float | None:
        if value is None:
            return None
        return round(float(HEIGHT - MARGIN - (value - low) / (high - low) * (HEIGHT - 2 * MARGIN)), 1)

    points = [
        Point(round(float(MARGIN + step * place), 1), y(actual), y(target))
        for place, (actual, target) in enumerate(pairs)
    ]
    return Trend(points, " ".join(f"{point.x},{point.actual}" for point in points if point.actual is not None))
