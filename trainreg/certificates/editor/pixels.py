"""A page of a PDF as pixels: PDFium draws one at a time, because it is not made for several threads at once."""

from __future__ import annotations

import io
from threading import Lock

import pypdfium2
from PIL import Image

_ONE_AT_A_TIME = Lock()
CLEAR = (255, 255, 255, 0)
WHITE = (255, 255, 255, 255)


def first_page(content: bytes, *, width: int, ground: tuple[int, int, int, int] = WHITE) -> Image.Image:
    """The first page of a PDF, so many pixels wide."""
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(content) as document:
        page = document[0]
        bitmap = page.render(scale=width / page.get_width(), fill_color=ground, rev_byteorder=True, maybe_alpha=True)
        image: Image.Image = bitmap.to_pil().copy()
        bitmap.close()
        page.close()
    return image


def as_png(image: Image.Image) -> bytes:
    """In 8 bits a pixel where that is what it takes: a page for the screen, not for keeping."""
    target = io.BytesIO()
    image.convert("RGB").save(target, "PNG", compress_level=6)
    return target.getvalue()
