"""Photographs that people send: judged before they are unpacked, written anew as a small JPEG, with nothing else in it.

What a camera notes beside the picture (place, time, owner, a thumbnail) does not survive being written anew.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass, field
from hashlib import sha256

from flask_babel import lazy_gettext as _l
from PIL import Image, ImageOps, UnidentifiedImageError

from trainreg.kernel.pictures import jpeg_sides
from trainreg.kernel.refusals import Invalid

LARGEST_FILE = 12 * 1024 * 1024
MOST_SIDE = 12_000
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600  # 13 cm on paper at 300 dots an inch
SHORTEST_SIDE = 200
QUALITY = 82
_PNG = b"\x89PNG\r\n\x1a\n"
_BROKEN = (
    *(UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, Warning),
    Image.DecompressionBombError,
)


class BadPhotograph(Invalid):
    """The base of what is said of a photograph; it stands beside the field that took the file."""

    field = "file"


class NoPhotograph(BadPhotograph):
    sentence = _l("Choose a photograph: a JPEG or PNG file.")


class UnknownPhotograph(BadPhotograph):
    sentence = _l("This is not a photograph we can print. Send it as JPEG or PNG.")


class PhotographTooLarge(BadPhotograph):
    sentence = _l("This file is too large: %(most)s MB at most.")


class PhotographTooWide(BadPhotograph):
    sentence = _l(
        "This picture has %(width)s × %(height)s points, more than paper can show. Reduce it to %(most)s a side."
    )


class PhotographTooSmall(BadPhotograph):
    sentence = _l("This picture is too small to be printed: it needs %(least)s points a side.")


class BrokenPhotograph(BadPhotograph):
    sentence = _l("This picture is damaged or not complete. Save it again and send it once more.")


@dataclass(frozen=True, slots=True)
class PreparedPhotograph:
    """A JPEG in colour or grey as it is kept and printed."""

    width: int
    height: int
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def prepare_photograph(content: bytes) -> PreparedPhotograph:
    """The photograph as it will be kept; raises a `BadPhotograph`. Slow work: it needs no database."""
    if not content:
        raise NoPhotograph
    if len(content) > LARGEST_FILE:
        raise PhotographTooLarge(most=LARGEST_FILE // 1024 // 1024)
    _ensure_sides(*_sides(content))
    image = _plain(_opened(content))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=QUALITY, optimize=True)
    return PreparedPhotograph(*image.size, target.getvalue())


def _sides(content: bytes) -> tuple[int, int]:
    """As the head of the file says; nothing is unpacked for it."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and len(content) > 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if not content.startswith(b"\xff\xd8\xff"):
        raise UnknownPhotograph
    sides = jpeg_sides(content)
    if sides is None:
        raise BrokenPhotograph
    return sides


def _ensure_sides(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise BrokenPhotograph
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise PhotographTooWide(width=width, height=height, most=6000)
    if min(width, height) < SHORTEST_SIDE:
        raise PhotographTooSmall(least=SHORTEST_SIDE)


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
            # A JPEG is unpacked at a half or a quarter where that is still more than is kept.
            image.draft(None, (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            image.load()
            return ImageOps.exif_transpose(image)
    except _BROKEN as error:
        raise BrokenPhotograph from error


def _plain(image: Image.Image) -> Image.Image:
    """In colour or grey on white, and nothing else comes along: no notes, no profile, no further frames."""
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    plain = image.convert("L" if image.mode in {"1", "L"} else "RGB").copy()
    plain.info = {}
    return plain
