"""Raster pictures that people send, judged before they are unpacked and written anew at the size of print."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass, field
from hashlib import sha256

from PIL import Image, ImageOps, UnidentifiedImageError

from trainreg.certificates.editor.refusals import BrokenPicture, EmptyPicture, PictureTooWide, UnknownPicture
from trainreg.certificates.editor.rules import PictureUse
from trainreg.kernel.pictures import JPEG_WITHOUT_LENGTH, jpeg_sides

PNG, JPEG = "image/png", "image/jpeg"
DPI = 300
MOST_SIDE = 12_000
MOST_PIXELS = 36_000_000  # an A4 page at 600 dpi; unpacked it takes 140 MB for a moment
# How large each kind is printed at most, in millimetres along its longer side.
LARGEST = {PictureUse.LOGO: 60, PictureUse.SEAL: 50, PictureUse.SIGNATURE: 80, PictureUse.BACKGROUND: 303}
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_NEEDED = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_PALETTE = 256
_BROKEN = (
    *(UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, Warning),
    Image.DecompressionBombError,
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as it is kept: its bytes are what goes into the PDF."""

    media_type: str
    width: int
    height: int
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def prepare_raster(content: bytes, use: PictureUse) -> Prepared:
    """A PNG or JPEG made ready for paper; raises a `BadPicture`. Nothing is unpacked before its sides are known."""
    if content.startswith(_SIGNATURE):
        content = _plain_png(content)
        _ensure_sides(*struct.unpack(">II", content[16:24]))
    elif content.startswith(b"\xff\xd8\xff"):
        _ensure_sides(*_jpeg_sides(content))
    else:
        raise UnknownPicture
    return written(_opened(content, use), _pixels(use))


def as_kept(content: bytes) -> Prepared:
    """A picture that was written by `written`, here or in another house, as it is; raises a `BadPicture` for others."""
    if content.startswith(_SIGNATURE):
        if _plain_png(content) != content:
            raise UnknownPicture
        width, height = struct.unpack(">II", content[16:24])
        media_type = PNG
    elif content.startswith(b"\xff\xd8\xff"):
        if not _is_plain_jpeg(content):
            raise UnknownPicture
        width, height = _jpeg_sides(content)
        media_type = JPEG
    else:
        raise UnknownPicture
    if max(width, height) > _pixels(PictureUse.BACKGROUND) + 50:
        raise PictureTooWide(width=width, height=height, most=_pixels(PictureUse.BACKGROUND))
    _ensure_sides(width, height)
    _opened(content, PictureUse.BACKGROUND)
    return Prepared(media_type, width, height, content)


def written(image: Image.Image, most: int) -> Prepared:
    """The picture, at most so many pixels long, in the smallest form that loses nothing to the eye."""
    image = _simple(image)
    if max(image.size) > most:
        share = most / max(image.size)
        size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
    if image.mode in {"RGBA", "LA"} and image.getchannel("A").getextrema()[1] == 0:
        raise EmptyPicture
    png = _as_png(image)
    if image.mode in {"RGB", "L"} and len(png) > 60_000:
        photograph = _as_jpeg(image)
        if len(photograph) * 2 < len(png):
            return Prepared(JPEG, *image.size, photograph)
    return Prepared(PNG, *image.size, png)


def _pixels(use: PictureUse) -> int:
    return round(LARGEST[use] / 25.4 * DPI)


def _opened(content: bytes, use: PictureUse) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
            # A JPEG is unpacked at a half or a quarter where that is still more than print needs.
            image.draft(None, (2 * _pixels(use), 2 * _pixels(use)))
            image.load()
    except _BROKEN as error:
        raise BrokenPicture from error
    return ImageOps.exif_transpose(image)


def _simple(image: Image.Image) -> Image.Image:
    """In grey or colour, with transparency where there is some; nothing else comes along."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        if image.getchannel("A").getextrema()[0] == 255:
            image = image.convert("RGB")
    elif image.mode not in {"L", "RGB"}:
        image = image.convert("L" if image.mode == "1" else "RGB")
    plain = image.copy()
    plain.info = {}
    return plain


def _as_png(image: Image.Image) -> bytes:
    if image.mode == "RGB" and image.getcolors(_PALETTE) is not None:
        few = image.quantize(_PALETTE, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        if few.convert("RGB").tobytes() == image.tobytes():
            image = few
    target = io.BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()


def _as_jpeg(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=88, subsampling=0, optimize=True)
    return target.getvalue()


def _ensure_sides(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise BrokenPicture
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise PictureTooWide(width=width, height=height, most=6000)


def _plain_png(content: bytes) -> bytes:
    """Only what the pixels need: no text, no profiles, no further frames, nothing behind the end."""
    kept, at = [_SIGNATURE], len(_SIGNATURE)
    first = True
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content) or first != (kind == b"IHDR") or (first and length != 13):
            raise BrokenPicture
        if zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            raise BrokenPicture
        if kind in _PNG_NEEDED:
            kept.append(content[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at, first = end, False
    raise BrokenPicture


def _jpeg_sides(content: bytes) -> tuple[int, int]:
    sides = jpeg_sides(content)
    if sides is None:
        raise BrokenPicture
    return sides


def _is_plain_jpeg(content: bytes) -> bool:
    """Whether nothing but the picture stands in it: no notes, no places, no thumbnails, nothing behind the end."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xDA:
            return content.endswith(b"\xff\xd9") and content.find(b"\xff\xd9", at) == len(content) - 2
        if marker in JPEG_WITHOUT_LENGTH or 0xE1 <= marker <= 0xEF or marker == 0xFE:
            return False
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False
