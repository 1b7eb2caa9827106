"""The badge as a picture, with or without the credential baked into it (Open Badges 3.0, section 5.3)."""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from PIL import Image, ImageDraw

from trainreg.certificates.credentials.badges import SIDE, Badge, Outline, Words, font

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_KEYWORD = b"openbadgecredential"
_BEHIND_HEADER = 8 + 25  # bytes of a PNG: its signature, and the chunk that tells its size
_COLOURS = 64  # are enough for two inks and their edges, and make the file a quarter as large
_FINER = 3  # times as large when it is drawn, so that its edges come out smooth
_FAMILIES = {"NotoSerif-Bold": "Noto Serif, Georgia, serif", "NotoSans-Bold": "Noto Sans, Arial, sans-serif"}


def as_svg(badge: Badge, token: str = "") -> bytes:
    """The badge as SVG; with a token, baked."""
    baked = f"<openbadges:credential verify={quoteattr(token)}></openbadges:credential>" if token else ""
    shapes = "".join(_outline(one) if isinstance(one, Outline) else _words(one) for one in badge.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{NAMESPACE}" viewBox="0 0 {SIDE} {SIDE}" '
        f'width="{SIDE}" height="{SIDE}" role="img">{baked}<title>{escape(badge.title)}</title>{shapes}</svg>\n'
    ).encode()


def _outline(one: Outline) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in one.points)
    pen = f' stroke="{one.stroke}" stroke-width="{one.width:g}"' if one.stroke else ""
    return f'<polygon points="{points}" fill="{one.fill or "none"}"{pen}/>'


def _words(one: Words) -> str:
    # Whatever typeface the reader has, the line comes out as wide as in ours.
    return (
        f'<text x="{one.x:g}" y="{one.baseline:g}" text-anchor="middle" font-family={quoteattr(_FAMILIES[one.face])} '
        f'font-weight="700" font-size="{one.size}" textLength="{one.width:g}" lengthAdjust="spacingAndGlyphs" '
        f'fill="{one.colour}">{escape(one.text)}</text>'
    )


def as_png(badge: Badge, token: str = "") -> bytes:
    """The badge as PNG; with a token, baked."""
    picture = _drawn(badge)
    if not token:
        return picture
    content = _KEYWORD + b"\0\0\0\0\0" + token.encode("ascii")  # neither packed, nor in a language, nor translated
    checked = b"iTXt" + content
    chunk = struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
    return picture[:_BEHIND_HEADER] + chunk + picture[_BEHIND_HEADER:]


@lru_cache(maxsize=64)
def _drawn(badge: Badge) -> bytes:
    """Drawing takes a tenth of a second, and all who earned it at one event have the same badge."""
    large = Image.new("RGBA", (SIDE * _FINER, SIDE * _FINER), (255, 255, 255, 0))
    pen = ImageDraw.Draw(large)
    for one in badge.shapes:
        if isinstance(one, Words):
            at = (one.x * _FINER, one.baseline * _FINER)
            pen.text(at, one.text, fill=one.colour, font=font(one.face, one.size * _FINER), anchor="ms")
            continue
        points = [(x * _FINER, y * _FINER) for x, y in one.points]
        if one.fill:
            pen.polygon(points, fill=one.fill)
        if one.stroke:
            pen.line([*points, points[0]], fill=one.stroke, width=max(1, round(one.width * _FINER)), joint="curve")
    small = large.resize((SIDE, SIDE), Image.Resampling.LANCZOS).quantize(_COLOURS, Image.Quantize.FASTOCTREE)
    content = io.BytesIO()
    small.save(content, "PNG", optimize=True)
    return content.getvalue()
