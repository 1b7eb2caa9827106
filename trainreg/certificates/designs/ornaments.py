"""The ground of a design: its borders, ribbons, flowers and rules as vector drawings, computed once."""

from __future__ import annotations

from collections.abc import Mapping

from trainreg.certificates.designs.schema import Band, Border, Box, Design, Diamond, Frame, GroundPart, Ribbon, Rosette
from trainreg.certificates.drawing import guilloche
from trainreg.certificates.drawing.sheet import POINTS_PER_MM as MM
from trainreg.certificates.drawing.sheet import Ornament
from trainreg.certificates.pdf.page import Colour


def rgb(colour: str) -> Colour:
    """A colour `#rrggbb` in parts from 0 to 1, as PDF counts them."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return round(red, 3), round(green, 3), round(blue, 3)


def stroke(colour: str, weight: float) -> str:
    """The operators of a pen."""
    return f"{weight:g} w {' '.join(f'{part:g}' for part in rgb(colour))} RG"


def ground(design: Design) -> tuple[Ornament, ...]:
    """All of it as one drawing, or none."""
    if not design.ground:
        return ()
    width, height = design.size[0] * MM, design.size[1] * MM
    parts: dict[str, Ornament] = {}
    operators: list[str] = []
    for count, part in enumerate(design.ground):
        drawn = _drawn(part, design.colours, width, height)
        if isinstance(drawn, Ornament):
            parts[f"P{count}"] = drawn
            operators.append(f"/P{count} Do")
        else:
            operators.append(f"q {drawn} Q")
    return (Ornament(" ".join(operators), (0, 0, width, height), parts),)


def _drawn(part: GroundPart, colours: Mapping[str, str], width: float, height: float) -> Ornament | str:
    colour = colours[part.colour]
    fill = " ".join(f"{share:g}" for share in rgb(colour)) + " rg"
    if isinstance(part, Band):
        return f"{fill} {_rectangle(part.box, height)} f"
    if isinstance(part, Diamond):
        x, y, reach = part.x * MM, height - part.y * MM, part.reach * MM
        corners = ((x - reach, y, "m"), (x, y + reach, "l"), (x + reach, y, "l"), (x, y - reach, "l"))
        return f"{fill} {' '.join(f'{across:.2f} {up:.2f} {verb}' for across, up, verb in corners)} f"
    pen = stroke(colour, part.weight)
    if isinstance(part, Frame):
        return f"{pen} {_rectangle(part.box, height)} S"
    if isinstance(part, Border):
        return guilloche.border(
            page=(width, height),
            inset=part.inset * MM,
            radius=part.radius * MM,
            wavelength=part.wavelength * MM,
            corner_waves=part.corner_waves,
            amplitude=part.amplitude * MM,
            phases=part.phases,
            pen=pen,
        )
    if isinstance(part, Rosette):
        return guilloche.rosette(
            centre=(part.x * MM, height - part.y * MM),
            radius=part.radius * MM,
            petals=part.petals,
            strands=part.strands,
            depth=part.depth,
            pen=pen,
        )
    if isinstance(part, Ribbon):
        return _ribbon(part, pen, width, height)
    ends = f"{part.x1 * MM:.2f} {height - part.y1 * MM:.2f} m {part.x2 * MM:.2f} {height - part.y2 * MM:.2f} l S"
    return f"{pen} {ends}"


def _rectangle(box: Box, height: float) -> str:
    return f"{box.x * MM:.2f} {height - (box.y + box.height) * MM:.2f} {box.width * MM:.2f} {box.height * MM:.2f} re"


def _ribbon(part: Ribbon, pen: str, width: float, height: float) -> Ornament:
    box = part.box
    is_upright = box.height > box.width
    length, breadth = (box.height, box.width) if is_upright else (box.width, box.height)
    tiles = max(1, round(length / part.wavelength))
    step = length / tiles * MM
    tile = guilloche.side_tile(length=step, amplitude=breadth / 2 * MM, phases=part.phases, pen=pen)
    x, y = box.x * MM, height - box.y * MM
    middle = breadth / 2 * MM
    places = (
        f"q 0 -1 1 0 {x + middle:.3f} {y - step * count:.3f} cm /S Do Q"
        if is_upright
        else f"q 1 0 0 1 {x + step * count:.3f} {y - middle:.3f} cm /S Do Q"
        for count in range(tiles)
    )
    return Ornament(" ".join(places), (0, 0, width, height), {"S": tile})
