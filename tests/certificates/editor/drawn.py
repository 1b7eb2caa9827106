"""Pictures to send in tests: good ones and hostile ones."""

import io
import struct
import zlib

from PIL import Image, ImageDraw

NS = 'xmlns="http://www.w3.org/2000/svg"'
LOGO_SVG = f"""<svg {NS} viewBox="0 0 40 20"><title>Logo</title>
<rect width="40" height="20" rx="3" fill="#0b4f57"/><circle cx="10" cy="10" r="6" fill="#f2b441"/>
<g transform="translate(18 4)" style="fill:none;stroke:#fff;stroke-width:2"><path d="M0 0h18M0 6h12M0 12h18"/></g>
</svg>"""


def png(width: int = 300, height: int = 200, mode: str = "RGB", colour: object = "navy", **options: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, (width, height), colour).save(target, "PNG", **options)
    return target.getvalue()


def signature_png() -> bytes:
    """Blue ink on nothing."""
    image = Image.new("RGBA", (900, 300), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(40, 220), (200, 60), (300, 240), (520, 90), (840, 180)], (20, 40, 140, 255), 12)
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def _landscape(size: tuple[int, int]) -> Image.Image:
    """Something as smooth and as restless as what a camera sees."""
    bands = [Image.radial_gradient("L").resize(size), Image.linear_gradient("L").resize(size)]
    grain = Image.effect_noise(size, 25)
    return Image.merge("RGB", [*(Image.blend(band, grain, 0.2) for band in bands), grain.reduce(4).resize(size)])


def photograph(size: tuple[int, int] = (1600, 1200), form: str = "JPEG", **options: object) -> bytes:
    target = io.BytesIO()
    _landscape(size).save(target, form, **options)
    return target.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(side: int = 15_700) -> bytes:
    """A few kilobytes that unpack to hundreds of megabytes."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * ((side // 8 + 1) * side), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
