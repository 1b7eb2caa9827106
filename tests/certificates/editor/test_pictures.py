"""Pictures come in judged, cleaned and at the size of print."""

import io
import time

import pytest
from PIL import Image

from tests.certificates.editor.drawn import LOGO_SVG, NS, bomb, chunk, photograph, png, signature_png
from trainreg.certificates.editor import refusals
from trainreg.certificates.editor.pictures import LARGEST_FILE, prepare
from trainreg.certificates.editor.raster import Prepared, as_kept
from trainreg.certificates.editor.rules import PictureUse

LOGO = PictureUse.LOGO


def _opened(prepared: Prepared) -> Image.Image:
    return Image.open(io.BytesIO(prepared.content))


def test_a_flat_picture_is_kept_as_it_looks_in_few_bytes() -> None:
    prepared = prepare(png(colour="#123456"), LOGO)
    assert (prepared.media_type, prepared.width, prepared.height) == ("image/png", 300, 200)
    assert len(prepared.content) < 1000
    assert _opened(prepared).convert("RGB").getpixel((5, 5)) == (0x12, 0x34, 0x56)


def test_transparency_stays() -> None:
    image = _opened(prepare(signature_png(), PictureUse.SIGNATURE))
    assert image.mode == "RGBA"
    assert image.getpixel((0, 0))[3] == 0  # type: ignore[index]


def test_transparency_that_hides_nothing_goes() -> None:
    assert _opened(prepare(png(mode="RGBA", colour=(9, 8, 7, 255)), LOGO)).mode != "RGBA"


def test_nothing_to_see_is_refused() -> None:
    with pytest.raises(refusals.EmptyPicture):
        prepare(png(mode="RGBA", colour=(9, 8, 7, 0)), LOGO)


def test_a_photograph_is_reduced_to_print_and_loses_its_notes() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "taken at home"
    prepared = prepare(photograph(exif=exif), LOGO)
    assert prepared.media_type == "image/jpeg"
    assert (prepared.width, prepared.height) == (532, 709)  # 60 mm at 300 dpi, upright
    assert b"taken at home" not in prepared.content
    assert not _opened(prepared).getexif()


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "RGBA"])
def test_every_kind_of_png_is_taken(mode: str) -> None:
    source = Image.new("L", (40, 30), 100)
    source.paste(200, (0, 0, 20, 30))
    target = io.BytesIO()
    if mode == "I;16":
        source = Image.new("I;16", (40, 30))
        source.paste(40_000, (0, 0, 20, 30))
    else:
        source = source.convert(mode)
    source.save(target, "PNG")
    assert prepare(target.getvalue(), LOGO).width == 40


def test_cmyk_is_taken_as_colour() -> None:
    target = io.BytesIO()
    Image.new("CMYK", (30, 30), (0, 255, 255, 0)).save(target, "JPEG")
    red, green, _blue = _opened(prepare(target.getvalue(), LOGO)).convert("RGB").getpixel((9, 9))  # type: ignore[misc]
    assert red > 200
    assert green < 60


def test_the_same_picture_is_written_the_same() -> None:
    assert prepare(signature_png(), LOGO).content == prepare(signature_png(), LOGO).content
    assert prepare(LOGO_SVG.encode(), LOGO).sha256 == prepare(LOGO_SVG.encode(), LOGO).sha256


def test_what_was_written_is_known_again() -> None:
    for content in (signature_png(), photograph(), LOGO_SVG.encode(), png()):
        prepared = prepare(content, LOGO)
        assert as_kept(prepared.content) == prepared


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04"])
def test_what_hangs_behind_a_picture_is_gone(tail: bytes) -> None:
    noted = png()[:33] + chunk(b"tEXt", b"Comment\x00<script>") + png()[33:] + tail
    prepared = prepare(noted, LOGO)
    assert tail not in prepared.content
    assert b"<script>" not in prepared.content
    with pytest.raises(refusals.UnknownPicture):
        as_kept(noted)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    content = bomb()
    assert len(content) < 100_000
    began = time.process_time()
    with pytest.raises(refusals.PictureTooWide, match="15700"):
        prepare(content, LOGO)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "content",
    [png()[:-20], photograph()[:4000], png()[:40] + b"x" + png()[41:], b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"],
    ids=["png", "jpeg", "bit", "head", "jpeg head"],
)
def test_what_is_not_whole_is_refused(content: bytes) -> None:
    with pytest.raises(refusals.BrokenPicture):
        prepare(content, LOGO)


@pytest.mark.parametrize("content", [b"GIF89a..", b"%PDF-1.7", b"MZ", b"RIFF....WEBP", b"PK\x03\x04"])
def test_other_files_are_refused_whatever_they_are_called(content: bytes) -> None:
    with pytest.raises(refusals.UnknownPicture):
        prepare(content, LOGO)


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(refusals.NoPicture):
        prepare(b"", LOGO)
    with pytest.raises(refusals.PictureTooLarge):
        prepare(b"\x89PNG" + bytes(LARGEST_FILE), LOGO)


def test_an_svg_is_drawn_finely_and_as_it_looks() -> None:
    prepared = prepare(LOGO_SVG.encode(), LOGO)
    image = _opened(prepared).convert("RGBA")
    assert image.width == 1417
    assert image.height in {708, 709}
    across = image.width / 40
    assert image.getpixel((0, 0))[3] == 0  # type: ignore[index] # outside the rounded corner
    assert image.getpixel((int(10 * across), int(10 * across)))[:3] == (0xF2, 0xB4, 0x41)  # type: ignore[index]
    assert image.getpixel((int(25 * across), int(4 * across)))[:3] == (255, 255, 255)  # type: ignore[index]
    assert image.getpixel((int(35 * across), int(13 * across)))[:3] == (0x0B, 0x4F, 0x57)  # type: ignore[index]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect width="9" height="9" onload="alert(1)"/>',
        '<image href="http://example.org/x.png"/>',
        '<g xmlns:x="http://www.w3.org/1999/xlink"><rect width="9" height="9" x:href="http://example.org"/></g>',
        "<foreignObject><p>text</p></foreignObject>",
        "<style>@import url(http://example.org)</style>",
        '<rect width="9" height="9" style="fill: URL (#a)"/>',
        '<rect width="9" height="9" fill="url(http://example.org/#a)"/>',
        r'<rect width="9" height="9" style="fill:u\72l(#a)"/>',
        '<a href="javascript:alert(1)"><rect width="9" height="9"/></a>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_a_hostile_svg_is_refused(inside: str) -> None:
    with pytest.raises(refusals.HostileSvg):
        prepare(f'<svg {NS} viewBox="0 0 9 9">{inside}</svg>'.encode(), LOGO)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
    ],
)
def test_entities_are_refused(head: str) -> None:
    with pytest.raises(refusals.HostileSvg):
        prepare(f'<?xml version="1.0"?>{head}<svg {NS} viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'.encode(), LOGO)


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<text>Name</text>", "<text>"),
        ('<use id="a"/>', "<use>"),
        ('<linearGradient id="a"/>', "<linearGradient>"),
        ('<rect width="50%" height="9"/>', "width"),
        ('<rect width="9" height="9" filter="blur(2px)"/>', "filter"),
        ('<g opacity="0.5"><rect width="9" height="9"/></g>', "opacity"),
        ('<path d="M0 0 banana"/>', "shape"),
        ('<rect width="9" height="9" fill="not-a-colour"/>', "colour"),
    ],
)
def test_what_is_not_drawn_faithfully_is_named(inside: str, what: str) -> None:
    with pytest.raises(refusals.NotDrawnSvg) as refused:
        prepare(f'<svg {NS} viewBox="0 0 9 9">{inside}</svg>'.encode(), LOGO)
    assert what in str(refused.value.facts["what"])


@pytest.mark.parametrize("tag", ["<svg>", "<html>", "<svg", f'<svg {NS} viewBox="0 0 x y"/>', f"<svg {NS}/>"])
def test_markup_that_is_no_picture_is_refused(tag: str) -> None:
    with pytest.raises(refusals.BadPicture):
        prepare(tag.encode(), LOGO)


def test_a_deep_and_a_long_svg_are_refused() -> None:
    for inside in ("<g>" * 400 + "</g>" * 400, '<path d="M0 0h9"/>' * 6000):
        with pytest.raises(refusals.NotDrawnSvg):
            prepare(f'<svg {NS} viewBox="0 0 9 9">{inside}</svg>'.encode(), LOGO)
