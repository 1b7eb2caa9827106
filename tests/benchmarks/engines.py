"""One certificate, drawn by the engines that others use, each as its manual shows it."""

from __future__ import annotations

import base64
import io
from functools import cache
from html import escape
from math import cos, pi, sin, tau
from pathlib import Path

import segno
import typst
import weasyprint
from fpdf import FPDF
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from weasyprint.text.fonts import FontConfiguration

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


def _segments(path: str) -> list[tuple[str, list[float]]]:
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
    return " ".join(verb.upper() + " ".join(f"{n:.2f}" for n in numbers) for verb, numbers in _segments(path))


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


def by_fpdf2(page: Page) -> bytes:
    """Fonts, pictures and subsets anew for each document."""
    pdf = FPDF(orientation="landscape", unit="mm", format="A4")
    pdf.add_page()
    pdf.set_auto_page_break(False)
    pdf.set_text_shaping(True)
    pdf.image(io.BytesIO(svg().encode()), x=0, y=0, w=WIDTH, h=HEIGHT)
    for face, name in FILES.items():
        pdf.add_font(face, fname=FONTS / f"{name}.ttf")
    for line in lines(page):
        pdf.set_font(line.face, size=line.size)
        pdf.set_xy(left(line), line.y - line.size / MM)
        pdf.cell(text=line.text)
    for picture in images(page):
        content = io.BytesIO(pictures()[picture.image])
        pdf.image(content, x=picture.x, y=picture.y, w=picture.width, h=picture.height)
    square = code(page)
    pdf.image(io.BytesIO(qr_png(square.content)), x=square.x, y=square.y, w=square.side)
    return bytes(pdf.output())


def by_weasyprint(page: Page, fonts: FontConfiguration) -> bytes:
    """HTML and CSS, with the configuration of fonts kept."""
    faces = "".join(
        f'@font-face{{font-family:"{face}";src:url("{(FONTS / name).as_uri()}.ttf")}}' for face, name in FILES.items()
    )
    parts = [f"<img style='left:0;top:0;width:{WIDTH}mm' src='{_uri(svg().encode(), 'svg+xml')}'>"]
    parts += [
        f"<p style='font:{line.size}pt \"{line.face}\";left:{left(line):.2f}mm;top:{line.y - line.size / MM:.2f}mm'>"
        f"{escape(line.text)}</p>"
        for line in lines(page)
    ]
    parts += [
        f"<img style='left:{p.x}mm;top:{p.y}mm;width:{p.width}mm' src='{_uri(pictures()[p.image], 'png')}'>"
        for p in images(page)
    ]
    square = code(page)
    place = f"left:{square.x}mm;top:{square.y}mm;width:{square.side}mm"
    parts.append(f"<img style='{place}' src='{_uri(qr_png(square.content), 'png')}'>")
    style = f"@page{{size:A4 landscape;margin:0}}p,img{{position:absolute;margin:0;white-space:nowrap}}{faces}"
    html = weasyprint.HTML(string=f"<html lang=en><style>{style}</style>{''.join(parts)}")
    return bytes(html.write_pdf(font_config=fonts) or b"")


def _uri(content: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def register_for_reportlab() -> None:
    """Fonts once per process."""
    for face, name in FILES.items():
        pdfmetrics.registerFont(TTFont(face, FONTS / f"{name}.ttf"))


def by_reportlab(page: Page) -> bytes:
    """Its canvas, fonts registered once."""
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=(WIDTH * MM, HEIGHT * MM))
    canvas.setLineWidth(0.3)
    path = canvas.beginPath()
    for stroke in strokes():
        for verb, numbers in _segments(stroke):
            (path.moveTo if verb == "m" else path.curveTo)(*numbers)
    canvas.drawPath(path)
    for line in lines(page):
        canvas.setFont(line.face, line.size)
        canvas.drawString(left(line) * MM, (HEIGHT - line.y) * MM, line.text)
    for picture in images(page):
        _stamp(canvas, pictures()[picture.image], picture.x, picture.y, picture.width, picture.height)
    square = code(page)
    _stamp(canvas, qr_png(square.content), square.x, square.y, square.side, square.side)
    canvas.save()
    return kept.getvalue()


def _stamp(canvas: Canvas, content: bytes, x: float, y: float, width: float, height: float) -> None:
    reader = ImageReader(io.BytesIO(content))
    canvas.drawImage(reader, x * MM, (HEIGHT - y - height) * MM, width * MM, height * MM, mask="auto")


def typst_compiler(folder: Path) -> typst.Compiler:
    """A compiler kept, with its template and pictures in a folder."""
    (folder / "ground.svg").write_text(svg(), encoding="utf-8")
    for name, content in pictures().items():
        (folder / f"{name}.png").write_bytes(content)
    (folder / "certificate.typ").write_text("", encoding="utf-8")
    return typst.Compiler(root=folder, font_paths=[FONTS], ignore_system_fonts=True)


def by_typst(page: Page, compiler: typst.Compiler) -> bytes:
    """As PDF/A-3a, which it can do, by a compiler kept."""
    weights = {"serif-bold": 'weight:"bold",', "display-bold": 'weight:"bold",', "sans-bold": 'weight:"bold",'}
    families = {"display-bold": "Noto Serif Display", "sans-bold": "Noto Sans"}
    source = [
        '#set document(title:"Certificate",date:datetime(year:2026,month:1,day:1))',
        f"#set page(width:{WIDTH}mm,height:{HEIGHT}mm,margin:0mm)",
        '#place(image("ground.svg",width:100%,alt:"Border"))',
    ]
    for line in lines(page):
        style = 'style:"italic",' if line.face == "serif-italic" else ""
        words = line.text.replace('"', '\\"')
        family = families.get(line.face, "Noto Serif")
        source.append(
            f"#place(dx:{left(line):.2f}mm,dy:{line.y - line.size / MM:.2f}mm,"
            f'text(font:"{family}",{weights.get(line.face, "")}{style}size:{line.size}pt,"{words}"))'
        )
    source += [
        f'#place(dx:{p.x}mm,dy:{p.y}mm,image("{p.image}.png",width:{p.width}mm,alt:"Picture"))' for p in images(page)
    ]
    square = code(page)
    kept = io.BytesIO()
    segno.make(square.content, error="m").save(kept, kind="svg", scale=8)
    drawn = kept.getvalue().decode().replace("\\", "\\\\").replace('"', '\\"')
    source.append(
        f'#place(dx:{square.x}mm,dy:{square.y}mm,image(bytes("{drawn}"),format:"svg",width:{square.side}mm,alt:"Code"))'
    )
    return compiler.compile("\n".join(source).encode(), format="pdf", pdf_standards=["a-3a"])
