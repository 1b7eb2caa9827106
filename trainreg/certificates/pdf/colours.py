"""The colour profile of the file: sRGB as IEC 61966-2.1 defines it, put together here and free of any licence."""

from __future__ import annotations

import struct
from functools import cache

_SIZE_OF_HEADER = 128
# D50, the white of every profile; the primaries of sRGB adapted to it (Bradford), as published by the ICC.
_WHITE = (0.9642, 1.0, 0.8249)
_RED = (0.43607, 0.22249, 0.01392)
_GREEN = (0.38515, 0.71687, 0.09708)
_BLUE = (0.14307, 0.06061, 0.71410)
_ADAPTATION = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
# Y = ((X + 0.055) / 1.055) ^ 2.4 from 0.04045 on, X / 12.92 below.
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _words(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    return (
        b"mluc" + struct.pack(">5I", 0, 1, 12, int.from_bytes(b"enUS"), len(encoded)) + struct.pack(">I", 28) + encoded
    )


def _colour(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*values)


@cache
def srgb() -> bytes:
    """The profile (ICC version 4), the same bytes always."""
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + _fixed(*_CURVE)
    tags = {
        b"desc": _words("sRGB IEC61966-2.1"),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": _colour(_WHITE),
        b"chad": b"sf32\0\0\0\0" + _fixed(*_ADAPTATION),
        b"rXYZ": _colour(_RED),
        b"gXYZ": _colour(_GREEN),
        b"bXYZ": _colour(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    places: dict[bytes, int] = {}
    body = b""
    start = _SIZE_OF_HEADER + 4 + 12 * len(tags)
    for content in tags.values():
        if content not in places:
            places[content] = start + len(body)
            body += content + b"\0" * (-len(content) % 4)
    table = struct.pack(">I", len(tags)) + b"".join(
        tag + struct.pack(">II", places[content], len(content)) for tag, content in tags.items()
    )
    return _header(start + len(body)) + table + body


def _header(size: int) -> bytes:
    made = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head = struct.pack(">I4xI4s4s4s", size, 0x04200000, b"mntr", b"RGB ", b"XYZ ") + made + b"acsp"
    return (head + b"\0" * 28 + _fixed(*_WHITE)).ljust(_SIZE_OF_HEADER, b"\0")
