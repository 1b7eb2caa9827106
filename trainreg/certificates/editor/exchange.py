"""A design as one file, for another house or for keeping: its canonical JSON with the pictures it names."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.certificates.editor.raster import JPEG, Prepared, as_kept
from trainreg.certificates.editor.refusals import BadPicture
from trainreg.kernel.refusals import Invalid
from trainreg.kernel.text import one_line, problem_in
from trainreg.kernel.types import Text

FORMAT = "trainreg-design-file-1"
LARGEST_FILE = 12 * 1024 * 1024
MOST_PARTS = 42
_LARGEST = {"about.json": 16 * 1024, "design.json": 512 * 1024}
_LARGEST_PICTURE = 4 * 1024 * 1024
_PICTURE = re.compile(r"pictures/([0-9a-f]{64})\.(png|jpg)")
_ENDINGS = {"image/png": "png", JPEG: "jpg"}
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError),
)
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # no clock in it: the same design makes the same file


class NotADesignFile(Invalid):
    sentence = _l("This is not a design file of trainreg. Choose a file that was exported from a design's page.")
    field = "file"


class DesignFileTooLarge(Invalid):
    sentence = _l("This design file is larger than any that is exported here, or unpacks to more than it should.")
    field = "file"


class StrangePart(Invalid):
    sentence = _l("This design file holds something that does not belong there: %(name)s.")
    field = "file"


class PictureDiffers(Invalid):
    sentence = _l("A picture in this design file is damaged or was exchanged: %(name)s.")
    field = "file"


@dataclass(frozen=True, slots=True)
class DesignFile:
    """What stands in such a file: the design's JSON as it was found, its names, its pictures."""

    name: Text
    design: str
    pictures: Sequence[Prepared] = field(default=(), repr=False)


def packed(name: Mapping[str, str], design: str, pictures: Sequence[Prepared]) -> bytes:
    """The file: the same content gives the same bytes."""
    about = json.dumps({"format": FORMAT, "name": dict(name)}, ensure_ascii=False, sort_keys=True)
    parts = {"about.json": about.encode(), "design.json": design.encode()}
    parts |= {f"pictures/{one.sha256}.{_ENDINGS[one.media_type]}": one.content for one in pictures}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path, content in sorted(parts.items()):
            entry = zipfile.ZipInfo(path, _ALWAYS)
            entry.compress_type = zipfile.ZIP_STORED if path.startswith("pictures/") else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def unpacked(content: bytes) -> DesignFile:
    """Read such a file from anybody; raises a refusal with its sentence. Nothing is written to the disk."""
    if len(content) > LARGEST_FILE:
        raise DesignFileTooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(archive)
    except _BROKEN as error:
        raise NotADesignFile from error
    if not {"about.json", "design.json"} <= parts.keys():
        raise NotADesignFile
    pictures = [_picture(path, part) for path, part in parts.items() if path.startswith("pictures/")]
    try:
        return DesignFile(_name(parts["about.json"]), parts["design.json"].decode(), pictures)
    except (ValueError, RecursionError) as error:
        raise NotADesignFile from error


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise DesignFileTooLarge
    parts: dict[str, bytes] = {}
    for entry in entries:
        name = entry.filename
        if name in parts or not (name in _LARGEST or _PICTURE.fullmatch(name)):
            raise StrangePart(name=_shown(name))
        largest = _LARGEST.get(name, _LARGEST_PICTURE)
        if entry.file_size > largest:
            raise DesignFileTooLarge
        with archive.open(entry) as part:
            parts[name] = part.read(largest + 1)  # what the entry says of its size may be a lie
        if len(parts[name]) > largest or sum(map(len, parts.values())) > LARGEST_FILE:
            raise DesignFileTooLarge
    return parts


def _picture(path: str, content: bytes) -> Prepared:
    match = _PICTURE.fullmatch(path)
    try:
        prepared = as_kept(content)
    except BadPicture as error:
        raise PictureDiffers(name=_shown(path)) from error
    if match is None or prepared.sha256 != match[1] or _ENDINGS[prepared.media_type] != match[2]:
        raise PictureDiffers(name=_shown(path))
    return prepared


def _name(about: bytes) -> Text:
    told: Any = json.loads(about)
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("name"), dict):
        raise NotADesignFile
    names = {code: one_line(text) for code, text in told["name"].items() if isinstance(text, str)}
    return {
        code: text[:100] for code, text in names.items() if re.fullmatch("[a-z]{2}", code) and problem_in(text) is None
    }


def _shown(name: str) -> str:
    return name[:80] if problem_in(name) is None else "…"
