"""Photographs that people send: what is kept of them, and what is refused before it is unpacked."""

import io
import struct
import zlib

import pytest
from PIL import Image

from trainreg.kernel import photographs
from trainreg.kernel.photographs import (
    LONGEST_SIDE,
    BrokenPhotograph,
    NoPhotograph,
    PhotographTooLarge,
    PhotographTooSmall,
    PhotographTooWide,
    UnknownPhotograph,
    prepare_photograph,
)


def sent(size: tuple[int, int] = (400, 300), kind: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(target, kind, **options)
    return target.getvalue()


def kept(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(prepare_photograph(content).content))


def test_what_the_camera_noted_is_gone() -> None:
    notes = Image.Exif()
    notes[0x010F], notes[0x013B] = "CameraMaker", "Bolor the owner"
    notes.get_ifd(0x8825)[1] = "N"
    content = sent(exif=notes, comment=b"secret place", icc_profile=b"profile" * 20)
    assert b"Bolor" in content
    found = prepare_photograph(content).content
    assert not any(word in found for word in (b"Bolor", b"CameraMaker", b"Exif", b"secret", b"profile"))
    assert dict(kept(content).getexif()) == {}


def test_a_picture_taken_upright_stands_upright() -> None:
    notes = Image.Exif()
    notes[0x0112] = 6
    assert kept(sent((400, 300), exif=notes)).size == (300, 400)


def test_a_large_one_is_made_smaller_and_a_small_one_is_not() -> None:
    assert max(kept(sent((3200, 2000))).size) == LONGEST_SIDE
    assert kept(sent((400, 300))).size == (400, 300)


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("JPEG", "L")])
def test_it_is_a_jpeg_whatever_was_sent(kind: str, mode: str) -> None:
    image = kept(sent(kind=kind, mode=mode))
    assert image.format == "JPEG" and image.mode in {"L", "RGB"}


def test_what_is_transparent_stands_on_white() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(target, "PNG")
    assert kept(target.getvalue()).getpixel((5, 5)) == (255, 255, 255)


def test_the_same_file_gives_the_same_bytes() -> None:
    assert prepare_photograph(sent()).sha256 == prepare_photograph(sent()).sha256


def _png(width: int, height: int) -> bytes:
    head = struct.pack(">II5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NoPhotograph),
        (b"GIF89a" + b"\0" * 50, UnknownPhotograph),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", UnknownPhotograph),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, BrokenPhotograph),
        (sent()[:700], BrokenPhotograph),
        (_png(60_000, 60_000), PhotographTooWide),
        (_png(9_000, 9_000), PhotographTooWide),
        (_png(0, 300), BrokenPhotograph),
        (_png(300, 300), BrokenPhotograph),
        (sent((150, 400)), PhotographTooSmall),
    ],
)
def test_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        prepare_photograph(content)


def test_a_file_that_is_too_large_is_not_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photographs, "LARGEST_FILE", 100)
    with pytest.raises(PhotographTooLarge):
        prepare_photograph(sent())
