"""Raster pictures of a page, found by the fingerprint of their bytes and prepared once per process."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from trainreg.certificates.pdf.objects import Stream

Loader = Callable[[str], bytes]
_MOST_PIXELS = 40_000_000


class PictureUnusable(ValueError):
    """A picture is not a PNG or JPEG in grey or RGB, or is too large."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as a file holds it: its entries and compressed samples, and those of its soft mask."""

    entries: str
    data: bytes
    mask_entries: str = ""
    mask: bytes = b""

    def objects(self) -> tuple[Stream, Stream | None]:
        """Fresh objects of one file: the picture and its mask."""
        return Stream(self.entries, self.data), Stream(self.mask_entries, self.mask) if self.mask else None


def _unprovided(digest: str) -> bytes:
    raise LookupError(f"no picture {digest}: nobody provides pictures")


_loaders: list[Loader] = [_unprovided]


def provide(loader: Loader) -> None:
    """Say where the bytes of a picture come from, by their SHA-256 in hexadecimal; replaces who did before."""
    _loaders[:] = [loader]
    prepare.cache_clear()


def loader() -> Loader:
    """Who provides pictures now."""
    return _loaders[0]


@lru_cache(maxsize=128)
def prepare(digest: str) -> Prepared:
    """Load and prepare a picture."""
    return prepared(_loaders[0](digest))


def prepared(content: bytes) -> Prepared:
    """Make a PNG or JPEG ready for a file; raises PictureUnusable."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise PictureUnusable(f"a picture of {image.width} by {image.height} is too large")
            if image.format == "JPEG":
                return _jpeg(image, content)
            return _png(image)
    except (OSError, SyntaxError, Image.DecompressionBombError) as problem:
        raise PictureUnusable(str(problem)) from problem


def _entries(image: Image.Image, colours: str, encoding: str) -> str:
    return (
        f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"
        f"/ColorSpace {colours}/BitsPerComponent 8/Filter/{encoding}"
    )


def _jpeg(image: Image.Image, content: bytes) -> Prepared:
    spaces = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}
    if image.mode not in spaces:
        raise PictureUnusable(f"a JPEG in {image.mode} has no place in a document in RGB")
    image.load()
    return Prepared(_entries(image, spaces[image.mode], "DCTDecode"), content)


def _png(image: Image.Image) -> Prepared:
    full = image.convert("RGBA")
    mask = full.getchannel("A")
    lowest, _ = mask.getextrema()
    solid = full.convert("RGB")
    mask_entries = _entries(mask, "/DeviceGray", "FlateDecode")
    colours, samples = _samples(solid)
    main = (_entries(solid, colours, "FlateDecode"), zlib.compress(samples, 9))
    return Prepared(*main) if lowest == 255 else Prepared(*main, mask_entries, zlib.compress(mask.tobytes(), 9))


def _samples(image: Image.Image) -> tuple[str, bytes]:
    """The colour space and the samples: by number where there are few colours, a third of the bytes."""
    found = image.getcolors(256)
    if found is None:
        return "/DeviceRGB", image.tobytes()
    palette: list[tuple[int, int, int]] = sorted(colour for _, colour in found)  # type: ignore[misc]
    number = {bytes(colour): index for index, colour in enumerate(palette)}
    raw = image.tobytes()
    samples = bytes(number[raw[place : place + 3]] for place in range(0, len(raw), 3))
    table = b"".join(map(bytes, palette)).hex().upper()
    return f"[/Indexed/DeviceRGB {len(palette) - 1}<{table}>]", samples
