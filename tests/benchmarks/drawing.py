"""The drawing that every engine makes: a vector ground, three pictures, lines of text and a QR code."""

from __future__ import annotations

import io
from functools import cache
from math import cos, pi, sin, tau

import segno
from PIL import Image, ImageDraw

from trainreg.certificates.drawing.guilloche import bezier_path
from trainreg.certificates.drawing.sheet import Ornament
from trainreg.certificates.pdf.faces import measure
from trainreg.certificates.pdf.page import Line, Page, Picture, QrCode, Text
from trainreg.resources import static_folder

WIDTH, HEIGHT, MM = 297, 210, 72 / 25.4
FONTS = static_folder() / "fonts" / "pdf"
FILES = {
    "serif": "NotoSerif-Regular",
    "serif-bold": "NotoSerif-Bold",
    "serif-italic": "NotoSerif-Italic",
    "display-bold": "NotoSerifDisplay-Bold",
    "sans-bold": "NotoSans-Bold",
}
_PEN = "0.3 w 0.086 0.188 0.325 RG"


@cache
def strokes() -> tuple[str, ...]:
    """The border and the seal: paths in points from the lower left corner, as PDF writes them."""

    def leaf(turn: float, radius: float, middle: tuple[float, float]) -> str:
        def at(angle: float) -> tuple[float, float]:
            distance = radius * (0.7 + 0.3 * cos(9 * angle))
            return middle[0] + distance * cos(angle + turn), middle[1] + distance * sin(angle + turn)

        return bezier_path(at, 0, tau, 54)

    def wave(phase: float, inset: float) -> str:
        def at(angle: float) -> tuple[float, float]:
            reach = 1 + 0.012 * sin(60 * angle + phase)
            across, up = cos(angle), sin(angle)
            power = 0.12
            x = (WIDTH / 2 - inset) * MM * reach * abs(across) ** power * (1 if across > 0 else -1)
            y = (HEIGHT / 2 - inset) * MM * reach * abs(up) ** power * (1 if up > 0 else -1)
            return WIDTH / 2 * MM + x, HEIGHT / 2 * MM + y

        return bezier_path(at, 0.01, tau + 0.01, 270)

    seals = [leaf(tau * count / 72, 70 * MM, (WIDTH / 2 * MM, 100 * MM)) for count in range(8)]
    return (*seals, *(wave(pi * count / 2, 10) for count in range(4)))


@cache
def ornament() -> Ornament:
    """The same for our writer."""
    return Ornament(f"{_PEN} {' '.join(strokes())} S", (0, 0, WIDTH * MM, HEIGHT * MM))


def segments(path: str) -> list[tuple[str, list[float]]]:
    found: list[tuple[str, list[float]]] = []
    numbers: list[float] = []
    for token in path.split():
        if token.isalpha():
            found.append((token, numbers))
            numbers = []
        else:
            numbers.append(float(token))
    return found


def _svg_path(path: str) -> str:
    return " ".join(verb.upper() + " ".join(f"{n:.2f}" for n in numbers) for verb, numbers in segments(path))


@cache
def svg() -> str:
    """The same as SVG."""
    paths = "".join(f'<path d="{_svg_path(path)}"/>' for path in strokes())
    width, height = WIDTH * MM, HEIGHT * MM
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}mm" height="{HEIGHT}mm" viewBox="0 0 {width:.2f} '
        f'{height:.2f}"><g fill="none" stroke="#163053" stroke-width="0.3" transform="matrix(1 0 0 -1 0 {height:.2f})">'
        f"{paths}</g></svg>"
    )


@cache
def pictures() -> dict[str, bytes]:
    """A logo and two signatures, with clear ground, at 300 dpi."""
    kept = {}
    for name, (width, height) in {"logo": (240, 240), "first": (420, 160), "second": (420, 160)}.items():
        image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
        pen = ImageDraw.Draw(image)
        for count in range(9):
            box = (count * 9, count * 7, width - count * 9, height - count * 5)
            pen.arc(box, count * 40, count * 40 + 250, fill=(20, 40, 120 + count * 9, 255), width=4)
        buffer = io.BytesIO()
        image.save(buffer, "PNG", optimize=True)
        kept[name] = buffer.getvalue()
    return kept


def lines(page: Page) -> list[Line]:
    """The lines of a page."""
    return [line for item in page.items if isinstance(item, Text) for line in item.lines]


def left(line: Line) -> float:
    """Where a line in the middle of its place begins."""
    return line.x - measure(line.text, line.face, line.size) / MM / 2


def images(page: Page) -> list[Picture]:
    """The pictures of a page."""
    return [item for item in page.items if isinstance(item, Picture)]


def code(page: Page) -> QrCode:
    """The code of a page."""
    return next(item for item in page.items if isinstance(item, QrCode))


def qr_png(content: str) -> bytes:
    """A QR code as most make it."""
    kept = io.BytesIO()
    segno.make(content, error="m").save(kept, kind="png", scale=8)
    return kept.getvalue()
