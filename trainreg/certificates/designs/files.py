"""From the bytes of a design file to plain data, refusing what no design file ever holds."""

from __future__ import annotations

import json
from typing import Any

from trainreg.certificates.designs.refusals import DesignTooLarge, NestedTooDeep, NotADesign, SaidTwice

MOST_BYTES = 64_000
_DEEPEST = 8


def loaded(content: str | bytes, form: str) -> dict[str, Any]:
    """Read the file's JSON, each key once, numbers finite, nested no deeper than a design is."""
    text = _decoded(content)
    if _depth(text) > _DEEPEST:
        raise NestedTooDeep
    try:
        told = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise NotADesign from None
    if not isinstance(told, dict) or told.get("format") != form:
        raise NotADesign
    return told


def _decoded(content: str | bytes) -> str:
    try:
        raw = content.encode() if isinstance(content, str) else content
        if len(raw) > MOST_BYTES:
            raise DesignTooLarge(most=MOST_BYTES // 1000)
        return raw.decode("utf-8")
    except UnicodeError:
        raise NotADesign from None


def _depth(text: str) -> int:
    deepest = depth = 0
    for character in text:
        # Brackets within strings count too; templates close theirs, so a design stays far below the limit.
        depth += (character in "[{") - (character in "]}")
        deepest = max(deepest, depth)
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        names = [name for name, _ in pairs]
        raise SaidTwice(key=next(name for name in names if names.count(name) > 1)[:40])
    return told


def _no_constant(name: str) -> None:
    raise ValueError(name)
