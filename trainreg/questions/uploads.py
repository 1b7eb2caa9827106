"""Files that people send: what they are is judged by their content, never by their name."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from trainreg.kernel.pictures import jpeg_sides
from trainreg.kernel.text import one_line, problem_in

LARGEST = 5 * 1024 * 1024
LONGEST_NAME = 100
LONGEST_SIDE = 12_000
MOST_PIXELS = 60_000_000
MOST_PARTS = 2_000
_PDF = re.compile(rb"%PDF-[12]\.[0-9]")
_PNG = b"\x89PNG\r\n\x1a\n"


class FileKind(StrEnum):
    """The kinds of files that are taken; the value is the name's ending."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    DOCX = "docx"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ACCEPT = ",".join([".jpeg", *(f".{kind.value}" for kind in FileKind)])


class FileProblem(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    UNKNOWN = "unknown"
    TOO_WIDE = "too wide"


class BadFile(ValueError):
    """Carries the problem."""

    def __init__(self, problem: FileProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


@dataclass(frozen=True)
class Upload:
    """A file that was judged."""

    name: str
    kind: FileKind
    content: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    @property
    def facts(self) -> dict[str, str | int]:
        """What is kept of it as the answer, beside the file itself."""
        return {"name": self.name, "kind": self.kind.value, "size": len(self.content)}


def judged(name: str | None, content: bytes, *, largest: int = LARGEST) -> Upload:
    """The file with its true kind; raises BadFile."""
    if not content:
        raise BadFile(FileProblem.EMPTY)
    if len(content) > largest:
        raise BadFile(FileProblem.TOO_LARGE)
    kind = _kind_of(content)
    return Upload(_safe_name(name, kind), kind, content)


def _kind_of(content: bytes) -> FileKind:
    if _PDF.match(content):
        return FileKind.PDF
    if content.startswith(_PNG):
        _ensure_sides(*_png_sides(content))
        return FileKind.PNG
    if content.startswith(b"\xff\xd8\xff"):
        _ensure_sides(*_jpeg_sides(content))
        return FileKind.JPEG
    if content.startswith(b"PK\x03\x04") and _is_word(content):
        return FileKind.DOCX
    raise BadFile(FileProblem.UNKNOWN)


def _ensure_sides(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise BadFile(FileProblem.UNKNOWN)
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise BadFile(FileProblem.TOO_WIDE)


def _png_sides(content: bytes) -> tuple[int, int]:
    if content[12:16] != b"IHDR" or len(content) < 33:
        raise BadFile(FileProblem.UNKNOWN)
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg_sides(content: bytes) -> tuple[int, int]:
    sides = jpeg_sides(content)
    if sides is None:
        raise BadFile(FileProblem.UNKNOWN)
    return sides


def _is_word(content: bytes) -> bool:
    """A Word document without macros; only the list of its parts is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = {part.filename for part in parts.infolist()[: MOST_PARTS + 1]}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    is_small = len(names) <= MOST_PARTS
    return is_small and {"[Content_Types].xml", "word/document.xml"} <= names and "word/vbaProject.bin" not in names


def _safe_name(name: str | None, kind: FileKind) -> str:
    """The name without folders, its ending that of the true kind; a name that cannot be shown is replaced."""
    own = one_line(re.split(r"[\\/]", name or "")[-1])
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", own).strip(". ")[:LONGEST_NAME]
    if not stem or problem_in(stem) is not None:
        stem = "file"
    return f"{stem}.{kind.value}"
