"""How credentials write things: canonical JSON, multibase, moments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def canonical(value: Mapping[str, Any]) -> bytes:
    """JSON in its one form (RFC 8785), for what holds no number but whole ones and short decimals."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def multibase58(content: bytes) -> str:
    """Bytes in base 58 as Bitcoin writes them, marked as such."""
    number, letters = int.from_bytes(content, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        letters = _BASE58[digit] + letters
    return "z" + "1" * (len(content) - len(content.lstrip(b"\0"))) + letters


def moment(value: datetime) -> str:
    """A moment as XML Schema writes it, in whole seconds."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def start_of(day: date) -> datetime:
    """The first moment of a day, in UTC: a credential knows no other time zone."""
    return datetime.combine(day, time(), UTC)


def end_of(day: date) -> datetime:
    """The last second of a day, in UTC."""
    return datetime.combine(day, time(23, 59, 59), UTC)
