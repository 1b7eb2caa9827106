"""Plain data from JSON into frozen dataclasses and back: each field says how it is read, nothing else is let in."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, field, fields, is_dataclass
from typing import Any, TypeVar

from trainreg.certificates.designs.refusals import Missing, TooMany, UnknownKey, WrongValue
from trainreg.kernel.text import problem_in

Record = TypeVar("Record")
Reader = Callable[[Any, str, str], Any]
"""Reads a value of the element and under the key named; raises DesignRefused."""

_MOST_LINES = 8  # that are typed in one text
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_-]{0,39}")
SHA256 = re.compile(r"[0-9a-f]{64}")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?")


class Row:
    """A record that a file writes as a list of its values."""

    __slots__ = ()


def entry(read: Reader, *, default: Any = MISSING, factory: Any = MISSING) -> Any:
    """A field of a record that is read in this way; without a default it must be there."""
    if factory is not MISSING:
        return field(default_factory=factory, metadata={"read": read})
    return field(default=default, metadata={"read": read})


def read_record(kind: type[Record], told: Any, element: str, *, beside: frozenset[str] = frozenset()) -> Record:
    """Build a record from what a file told, refusing whatever it does not know."""
    if not isinstance(told, dict):
        raise WrongValue(element=element, key=kind.__name__.lower())
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    for key in told:
        if key not in known and key not in beside:
            raise UnknownKey(element=element, key=str(key)[:40])
    values = {}
    for name, each in known.items():
        if name in told:
            values[name] = each.metadata["read"](told[name], element, name)
        elif each.default is MISSING and each.default_factory is MISSING:
            raise Missing(element=element, key=name)
    return kind(**values)


def plain(value: Any) -> Any:
    """The same as plain data; whole numbers are written without a point, as RFC 8785 does."""
    if isinstance(value, Row):
        return [plain(getattr(value, each.name)) for each in fields(value)]  # type: ignore[arg-type]
    if is_dataclass(value):
        told = {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        kind = getattr(value, "kind", None)
        return told | {"kind": kind} if isinstance(kind, str) else told
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def number(least: float, most: float) -> Reader:
    """A finite number in the range, kept to the thousandth."""

    def read(told: Any, element: str, key: str) -> float:
        is_number = isinstance(told, int | float) and not isinstance(told, bool)
        if not is_number or not math.isfinite(told) or not least <= told <= most:
            raise WrongValue(element=element, key=key)
        return round(float(told), 3)

    return read


def whole(least: int, most: int) -> Reader:
    """A whole number in the range."""

    def read(told: Any, element: str, key: str) -> int:
        if not isinstance(told, int) or isinstance(told, bool) or not least <= told <= most:
            raise WrongValue(element=element, key=key)
        return told

    return read


def words(most: int) -> Reader:
    """A line of text that can be printed."""

    def read(told: Any, element: str, key: str) -> str:
        if not isinstance(told, str) or len(told) > most or problem_in(told):
            raise WrongValue(element=element, key=key)
        return told

    return read


def lines_of_words(most: int) -> Reader:
    """Text that may be broken into lines where its author wants them."""
    line = words(most)

    def read(told: Any, element: str, key: str) -> str:
        if not isinstance(told, str) or len(told) > most or told.count("\n") >= _MOST_LINES:
            raise WrongValue(element=element, key=key)
        return "\n".join(line(one, element, key) for one in told.split("\n"))

    return read


def one_of(choices: type | tuple[str, ...]) -> Reader:
    """One of some words."""
    allowed = choices if isinstance(choices, tuple) else tuple(choices)  # type: ignore[arg-type]

    def read(told: Any, element: str, key: str) -> str:
        if not isinstance(told, str) or told not in allowed:
            raise WrongValue(element=element, key=key)
        return told

    return read


def matching(pattern: re.Pattern[str]) -> Reader:
    """A word that has this shape."""

    def read(told: Any, element: str, key: str) -> str:
        if not isinstance(told, str) or not pattern.fullmatch(told):
            raise WrongValue(element=element, key=key)
        return told

    return read


identifier = matching(_IDENTIFIER)
sha256 = matching(SHA256)
colour = matching(_COLOUR)
language = matching(_LANGUAGE)


def optional(read: Reader) -> Reader:
    """Null, or what the reader reads."""
    return lambda told, element, key: None if told is None else read(told, element, key)


def either(text: Reader, others: Reader) -> Reader:
    """A string read in one way, anything else in another."""
    return lambda told, element, key: (text if isinstance(told, str) else others)(told, element, key)


def listed(read: Reader, most: int) -> Reader:
    """So many values at most, each read alike."""

    def read_all(told: Any, element: str, key: str) -> tuple[Any, ...]:
        if not isinstance(told, list):
            raise WrongValue(element=element, key=key)
        if len(told) > most:
            raise TooMany(element=element, key=key, most=most)
        return tuple(read(each, element, key) for each in told)

    return read_all


def mapped(key_read: Reader, read: Reader, most: int) -> Reader:
    """Values by a key, in the order of their keys, so that two files that mean the same are the same."""

    def read_all(told: Any, element: str, key: str) -> Mapping[str, Any]:
        if not isinstance(told, dict):
            raise WrongValue(element=element, key=key)
        if len(told) > most:
            raise TooMany(element=element, key=key, most=most)
        return {
            key_read(name, element, key): read(inner, element, f"{key}.{name}") for name, inner in sorted(told.items())
        }

    return read_all
