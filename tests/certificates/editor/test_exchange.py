"""A design as one file: it comes back as it went, and nothing hostile comes in."""

import io
import json
import struct
import zipfile
from collections.abc import Mapping

import pytest

from tests.certificates.editor.drawn import photograph, signature_png
from trainreg.certificates.editor.exchange import (
    FORMAT,
    LARGEST_FILE,
    DesignFileTooLarge,
    NotADesignFile,
    PictureDiffers,
    StrangePart,
    packed,
    unpacked,
)
from trainreg.certificates.editor.pictures import prepare
from trainreg.certificates.editor.rules import PictureUse
from trainreg.kernel.refusals import Refused

ABOUT = json.dumps({"format": FORMAT, "name": {"en": "Ours", "mn": "Манай"}}).encode()
SIGNATURE = prepare(signature_png(), PictureUse.SIGNATURE)
PHOTOGRAPH = prepare(photograph(), PictureUse.LOGO)


def _zip(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_it_comes_back_as_it_went() -> None:
    content = packed({"en": "Ours"}, '{"a":1}', [SIGNATURE, PHOTOGRAPH])
    found = unpacked(content)
    assert (found.name, found.design) == ({"en": "Ours"}, '{"a":1}')
    assert {one.sha256 for one in found.pictures} == {SIGNATURE.sha256, PHOTOGRAPH.sha256}
    assert packed(found.name, found.design, [PHOTOGRAPH, SIGNATURE]) == content


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "pictures/../design.json",
        "..\\design.json",
        "pictures/x.png",
        "run.sh",
        "pictures/",
        f"pictures/{'0' * 64}.svg",
        "design.json ",
        "__MACOSX/._design.json",
    ],
)
def test_strange_names_are_refused(name: str) -> None:
    with pytest.raises(StrangePart):
        unpacked(_zip({"about.json": ABOUT, "design.json": b"{}", name: b"x"}))


def test_the_same_name_twice_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, pytest.warns(UserWarning):
        for content in (b"{}", b'{"other": 1}'):
            archive.writestr("design.json", content)
    with pytest.raises(StrangePart):
        unpacked(target.getvalue())


@pytest.mark.parametrize("part", ["design.json", "about.json", f"pictures/{SIGNATURE.sha256}.png"])
def test_a_bomb_is_refused(part: str) -> None:
    content = _zip({"about.json": ABOUT, "design.json": b"{}"} | {part: bytes(50_000_000)})
    assert len(content) < 100_000
    with pytest.raises(DesignFileTooLarge):
        unpacked(content)


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(_zip({"design.json": bytes(50_000_000), "about.json": ABOUT}))
    true, said = struct.pack("<I", 50_000_000), struct.pack("<I", 100)
    assert content.count(true) == 2  # where the part begins, and in the list at the end
    with pytest.raises((DesignFileTooLarge, NotADesignFile)):
        unpacked(bytes(content.replace(true, said)))


def test_many_parts_and_a_large_file_are_refused() -> None:
    with pytest.raises(DesignFileTooLarge):
        unpacked(_zip({f"pictures/{number:064x}.png": b"x" for number in range(60)}))
    with pytest.raises(DesignFileTooLarge):
        unpacked(bytes(LARGEST_FILE + 1))


@pytest.mark.parametrize(
    "path_and_content",
    [
        (f"pictures/{'0' * 64}.png", SIGNATURE.content),
        (f"pictures/{SIGNATURE.sha256}.jpg", SIGNATURE.content),
        (f"pictures/{SIGNATURE.sha256}.png", SIGNATURE.content[:-1]),
        (f"pictures/{SIGNATURE.sha256}.png", SIGNATURE.content + b"<script>"),
        (f"pictures/{SIGNATURE.sha256}.png", b"<svg/>"),
        (f"pictures/{SIGNATURE.sha256}.png", signature_png().replace(b"IDAT", b"IDAX")),
    ],
    ids=["digest", "ending", "short", "tail", "svg", "broken"],
)
def test_pictures_that_are_not_what_they_are_called_are_refused(path_and_content: tuple[str, bytes]) -> None:
    path, content = path_and_content
    with pytest.raises(PictureDiffers):
        unpacked(_zip({"about.json": ABOUT, "design.json": b"{}", path: content}))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"%PDF-1.7",
        packed({"en": "x"}, "{}", [])[:-30],
        packed({"en": "x"}, "{}", [])[20:],
        _zip({"design.json": b"{}"}),
        _zip({"about.json": ABOUT}),
        _zip({"about.json": b"[]", "design.json": b"{}"}),
        _zip({"about.json": b"{", "design.json": b"{}"}),
        _zip({"about.json": b"[" * 16_000, "design.json": b"{}"}),
        _zip({"about.json": b'{"format":"other","name":{}}', "design.json": b"{}"}),
        _zip({"about.json": ABOUT, "design.json": b"\xff\xfe"}),
        _zip({"about.json": ABOUT, "design.json": b"{}"}, zipfile.ZIP_LZMA)[:-60],
    ],
)
def test_what_is_no_design_file_is_refused(content: bytes) -> None:
    with pytest.raises(NotADesignFile):
        unpacked(content)


def test_every_cut_and_flip_is_read_or_refused() -> None:
    """No damage gives anything but a sentence, or the very same design."""
    content = packed({"en": "Ours"}, '{"a":1}', [])
    for place in range(len(content)):
        for damaged in (content[:place], content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]):
            try:
                found = unpacked(damaged)
            except Refused:
                continue
            assert found.design == '{"a":1}'


def test_names_that_cannot_be_shown_stay_outside() -> None:
    about = json.dumps({"format": FORMAT, "name": {"en": "Ours\u202e", "mn": 7, "xx-y": "a", "fr": "x" * 500}}).encode()
    assert unpacked(_zip({"about.json": about, "design.json": b"{}"})).name == {"fr": "x" * 100}
