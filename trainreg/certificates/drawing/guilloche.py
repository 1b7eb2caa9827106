"""The engine-turned lines of a certificate's border, seal and ground, computed as Bézier curves.

A border is a band of phase-shifted waves. Straight sides repeat one tile of a single wavelength and the
four corners one turned tile, so a border of thousands of curves costs a few kilobytes of file.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import cos, pi, sin, tau

from trainreg.certificates.drawing.sheet import Ornament

Point = tuple[float, float]
Curve = Callable[[float], Point]


def bezier_path(curve: Curve, start: float, end: float, pieces: int) -> str:
    """Path operators for a smooth parametric curve, as so many cubic pieces."""
    step = (end - start) / pieces
    places = [start + step * count for count in range(pieces + 1)]
    points = [curve(place) for place in places]
    slopes = [_slope(curve, place, step) for place in places]
    path = [f"{points[0][0]:.2f} {points[0][1]:.2f} m"]
    for ((ax, ay), (bx, by)), ((aslope_x, aslope_y), (bslope_x, bslope_y)) in zip(
        pairwise(points), pairwise(slopes), strict=True
    ):
        path.append(
            f"{ax + aslope_x * step / 3:.2f} {ay + aslope_y * step / 3:.2f} "
            f"{bx - bslope_x * step / 3:.2f} {by - bslope_y * step / 3:.2f} {bx:.2f} {by:.2f} c"
        )
    return " ".join(path)


def _slope(curve: Curve, place: float, step: float) -> Point:
    reach = step / 200
    (ax, ay), (bx, by) = curve(place - reach), curve(place + reach)
    return (bx - ax) / (2 * reach), (by - ay) / (2 * reach)


def _wave(turn: float, amplitude: float, phase: float) -> float:
    # A second harmonic makes the crossings bunch and open, as an engraver's lathe does.
    return amplitude * (0.72 * sin(turn + phase) + 0.28 * sin(2 * turn - phase))


def side_tile(*, length: float, amplitude: float, phases: int, pen: str) -> Ornament:
    """One wavelength of the band, running along x from 0, centred on y = 0."""

    def strand(phase: float) -> Curve:
        return lambda x: (x, _wave(tau * x / length, amplitude, phase))

    paths = [bezier_path(strand(tau * count / phases), 0, length, 8) for count in range(phases)]
    reach = amplitude + 2
    return Ornament(f"{pen} {' '.join(paths)} S", (-1, -reach, length + 1, reach))


def corner_tile(*, radius: float, waves: int, amplitude: float, phases: int, pen: str) -> Ornament:
    """A quarter turn of the band about the origin, from angle 0 to a right angle."""

    def strand(phase: float) -> Curve:
        def at(angle: float) -> Point:
            # The border is walked clockwise, so the wave begins at the right angle and ends at 0.
            distance = radius + _wave(4 * waves * (pi / 2 - angle), amplitude, phase)
            return distance * cos(angle), distance * sin(angle)

        return at

    paths = [bezier_path(strand(tau * count / phases), 0, pi / 2, 8 * waves) for count in range(phases)]
    reach = radius + amplitude + 2
    return Ornament(f"{pen} {' '.join(paths)} S", (-2, -2, reach, reach))


def border(
    *,
    page: Point,
    inset: float,
    radius: float,
    wavelength: float,
    corner_waves: int,
    amplitude: float,
    phases: int,
    pen: str,
) -> Ornament:
    """A band around the page whose middle line keeps the inset from the edge and turns with the radius."""
    width, height = (edge - 2 * (inset + radius) for edge in page)
    side = side_tile(length=wavelength, amplitude=amplitude, phases=phases, pen=pen)
    corner = corner_tile(radius=radius, waves=corner_waves, amplitude=amplitude, phases=phases, pen=pen)
    near_x, near_y = inset + radius, inset + radius
    far_x, far_y = page[0] - near_x, page[1] - near_y
    placed = [
        # Each side starts where the corner before it ends; walked clockwise from the upper left.
        (1, 0, 0, 1, near_x, page[1] - inset, width),
        (0, -1, 1, 0, page[0] - inset, far_y, height),
        (-1, 0, 0, -1, far_x, inset, width),
        (0, 1, -1, 0, inset, near_y, height),
    ]
    operators: list[str] = []
    for a, b, c, d, x, y, length in placed:
        tiles = round(length / wavelength)
        stretch = length / (tiles * wavelength)
        for tile in range(tiles):
            along = tile * wavelength * stretch
            operators.append(
                f"q {a * stretch:.5f} {b * stretch:.5f} {c} {d} {x + a * along:.3f} {y + b * along:.3f} cm /S Do Q"
            )
    corners = [(1, 0, 0, 1, far_x, far_y), (0, 1, -1, 0, near_x, far_y)]
    corners += [(-1, 0, 0, -1, near_x, near_y), (0, -1, 1, 0, far_x, near_y)]
    operators += [f"q {a} {b} {c} {d} {x:.3f} {y:.3f} cm /C Do Q" for a, b, c, d, x, y in corners]
    return Ornament(" ".join(operators), (0, 0, *page), {"S": side, "C": corner})


def rosette(*, centre: Point, radius: float, petals: int, strands: int, depth: float, pen: str) -> Ornament:
    """A turned flower: one closed wave about a circle, stamped at as many angles as it has strands."""

    def leaf(angle: float) -> Point:
        distance = radius * (1 - depth / 2 + depth / 2 * cos(petals * angle))
        return distance * cos(angle), distance * sin(angle)

    reach = radius + 2
    strand = Ornament(f"{pen} {bezier_path(leaf, 0, tau, 6 * petals)} S", (-reach, -reach, reach, reach))
    operators = []
    for count in range(strands):
        angle = tau * count / (petals * strands)
        operators.append(
            f"q {cos(angle):.5f} {sin(angle):.5f} {-sin(angle):.5f} {cos(angle):.5f} "
            f"{centre[0]:.2f} {centre[1]:.2f} cm /L Do Q"
        )
    box = (centre[0] - reach, centre[1] - reach, centre[0] + reach, centre[1] + reach)
    return Ornament(" ".join(operators), box, {"L": strand})
