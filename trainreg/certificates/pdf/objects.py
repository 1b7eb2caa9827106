"""The objects of a file: fpdf2 numbers them, and they are written as they are.

fpdf2 finds the entries of its own objects with `dir()`, a third of the time that a certificate takes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from fpdf.syntax import PDFObject


class Entry(PDFObject):
    """A dictionary; `body` may be set after other objects have referred to it. A loose one is never packed."""

    def __init__(self, body: str = "", *, is_loose: bool = False) -> None:
        super().__init__()
        self.body = body
        self.is_loose = is_loose


class Stream(PDFObject):
    """Bytes with their entries, compressed already or left as they are."""

    def __init__(self, entries: str, data: bytes) -> None:
        super().__init__()
        self.entries = entries
        self.data = data

    def written(self) -> bytes:
        """The object as it stands in the file."""
        # CR LF ends the data, so that a last byte that looks like a line's end still counts.
        head = f"{self.id} 0 obj\n<<{self.entries}/Length {len(self.data)}>>\nstream\n"
        return b"".join((head.encode("ascii"), self.data, b"\r\nendstream\nendobj\n"))


def packed(entries: str, data: bytes, level: int = 6) -> Stream:
    """A compressed stream."""
    return Stream(f"{entries}/Filter/FlateDecode", zlib.compress(data, level))


def text(words: str) -> str:
    """A text string: as it is where it can be, otherwise as UTF-16."""
    if words.isascii() and words.isprintable() and not set("()\\") & set(words):
        return f"({words})"
    return f"<{(chr(0xFEFF) + words).encode('utf-16-be').hex().upper()}>"


def name(words: str) -> str:
    """A name, with what is no regular character written as its number."""
    return "/" + "".join(c if c.isascii() and (c.isalnum() or c in "-_.+") else _escaped(c) for c in words)


def _escaped(character: str) -> str:
    return "".join(f"#{byte:02X}" for byte in character.encode())


def dictionary(entries: Mapping[str, Any]) -> str:
    """A dictionary of entries written already; those without a value are left out."""
    return "<<" + "".join(f"/{key} {value}" for key, value in entries.items() if value is not None) + ">>"


def array(values: Iterable[Any]) -> str:
    """An array of values written already."""
    return f"[{' '.join(map(str, values))}]"
