"""The objects of a file that this room wrote, found by its cross-reference stream: enough to read our own, no more."""

from __future__ import annotations

import re
import struct
import zlib
from functools import cached_property

_LARGEST = 50_000_000
_ROW = struct.Struct(">BIH")
_PLAIN, _BUNDLED = 1, 2


class NotOurs(ValueError):
    """The bytes are not a file as this room writes it."""


class Contents:
    """Dictionaries and streams by their numbers; raises NotOurs where there is none."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        found = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", content[-64:])
        if not found:
            raise NotOurs("no end")
        self.trailer, rows = self._stream_at(int(found[1]))
        self._places = list(_ROW.iter_unpack(rows[: len(rows) // _ROW.size * _ROW.size]))
        self._bundles: dict[int, list[str]] = {}

    def __len__(self) -> int:
        """One more than the last object's number."""
        return len(self._places)

    @cached_property
    def catalogue(self) -> str:
        """The dictionary that all others hang on."""
        return self.entry(number("Root", self.trailer))

    def entry(self, wanted: int) -> str:
        """A dictionary that travels in an object stream."""
        kind, place, index = self._place(wanted)
        if kind != _BUNDLED:
            raise NotOurs(f"object {wanted} is no dictionary")
        if place not in self._bundles:
            entries, packed = self.stream(place)
            first = int(one(r"/First (\d+)", entries))
            head, body = packed[:first].decode("ascii").split(), packed[first:].decode("ascii")
            starts = [int(start) for start in head[1::2]]
            self._bundles[place] = [
                body[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)
            ]
        bundle = self._bundles[place]
        if index >= len(bundle):
            raise NotOurs(f"object {wanted} is not in its place")
        return bundle[index]

    def stream(self, wanted: int) -> tuple[str, bytes]:
        """The entries and the unpacked data of a stream."""
        kind, place, _ = self._place(wanted)
        if kind != _PLAIN:
            raise NotOurs(f"object {wanted} is no stream")
        return self._stream_at(place)

    def _place(self, wanted: int) -> tuple[int, int, int]:
        if not 0 < wanted < len(self._places):
            raise NotOurs(f"no object {wanted}")
        return self._places[wanted]

    def _stream_at(self, place: int) -> tuple[str, bytes]:
        start = self._content.find(b">>\nstream\n", place)
        entries = self._content[place : max(start, place)].decode("latin-1")
        if "endobj" in entries:
            raise NotOurs("an object that is no stream")
        data = start + len(b">>\nstream\n")
        length = int(one(r"/Length (\d+)", entries))
        try:
            return entries, zlib.decompressobj().decompress(self._content[data : data + length], _LARGEST)
        except zlib.error as problem:
            raise NotOurs("a stream that cannot be unpacked") from problem


def one(pattern: str, text: str) -> str:
    """The group of a pattern that must be there."""
    found = re.search(pattern, text)
    if not found:
        raise NotOurs(f"no {pattern}")
    return found[1]


def number(key: str, entries: str) -> int:
    """The object that an entry refers to."""
    return int(one(rf"/{key} (\d+) 0 R", entries))


def numbers(references: str) -> list[int]:
    """The objects of an array of references."""
    return [int(found) for found in re.findall(r"(\d+) 0 R", references)]


def words(key: str, entries: str) -> str:
    """The text of an entry, empty where it has none."""
    found = re.search(rf"/{key}\s?(?:\(([^()\\]*)\)|<FEFF([0-9A-F]*)>)", entries)
    if not found:
        return ""
    return found[1] if found[1] is not None else bytes.fromhex(found[2]).decode("utf-16-be")
