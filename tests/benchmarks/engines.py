"""One certificate, drawn by the engines that others use, each as its manual shows it."""

from __future__ import annotations

import base64
import io
from html import escape
from pathlib import Path

import segno
import typst
import weasyprint
from fpdf import FPDF
from PIL import ImageFile
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from weasyprint.text.fonts import FontConfiguration

from tests.benchmarks.drawing import (
    FILES,
    FONTS,
    HEIGHT,
    MM,
    WIDTH,
    code,
    images,
    left,
    lines,
    pictures,
    qr_png,
    segments,
    strokes,
    svg,
)
from trainreg.certificates.pdf.page import Page

# WeasyPrint makes the picture library of the whole process lenient; other tests hold it to strictness.
ImageFile.LOAD_TRUNCATED_IMAGES = False


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
        for verb, numbers in segments(stroke):
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
