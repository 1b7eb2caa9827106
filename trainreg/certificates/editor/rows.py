"""A design's JSON as rows of plain fields and back: what the editor's form shows, also without a script.

Every value of an element becomes one field under its dotted path (`box.x`, `text.en`). What a form does not show comes
back as it was, because each row carries the element it was made from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

Json = dict[str, Any]
LONGEST_VALUE = 2_000
MOST_ROWS = 80
NOT_A_NUMBER = _l("Write a number in digits, for example 0.5.")
_NUMBER = re.compile(r"-?[0-9]{1,5}(?:[.,][0-9]{1,4})?")


@dataclass(slots=True)
class Cell:
    """One field: where its value stands in the element, what was typed, and what is wrong with it."""

    path: str
    value: Any
    typed: str
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The last part of its path, by which it is known to the script and to the labels."""
        return self.path.rsplit(".", 1)[-1]

    @property
    def kind(self) -> str:
        if isinstance(self.value, bool):
            return "tick"
        if isinstance(self.value, int | float):
            return "number"
        return "list" if isinstance(self.value, list) else "text"


@dataclass(slots=True)
class Row:
    """One element as the form shows it. `key` tells rows apart while they are edited; it is not kept."""

    key: str
    element: Json
    cells: list[Cell]
    errors: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        return json.dumps(self.element, ensure_ascii=False, separators=(",", ":"))

    @property
    def has_errors(self) -> bool:
        return bool(self.errors) or any(cell.errors for cell in self.cells)


class NotANumber(ValueError):
    """What was typed where a number belongs."""


def flat(element: Mapping[str, Any], hidden: frozenset[str], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with its dotted path, in the order of the element."""
    for name, value in element.items():
        path = f"{before}{name}"
        if name in hidden or value is None:
            continue
        if isinstance(value, Mapping):
            yield from flat(value, hidden, f"{path}.")
        elif isinstance(value, list) and any(isinstance(one, Mapping | list) for one in value):
            yield from flat({str(place): one for place, one in enumerate(value)}, hidden, f"{path}.")
        else:
            yield path, value


def row_of(key: str, element: Json, hidden: frozenset[str] = frozenset()) -> Row:
    """The element as a row of fields."""
    return Row(key, element, [Cell(path, value, shown(value)) for path, value in flat(element, hidden)])


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e5 else str(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def row_typed(key: str, form: Mapping[str, str], prefix: str, hidden: frozenset[str] = frozenset()) -> Row:
    """The row as it was sent; raises ValueError when the element it carries is none."""
    base = json.loads(form.get(f"{prefix}{key}-base", ""))
    if not isinstance(base, dict) or not all(isinstance(base.get(name, ""), str) for name in ("id", "kind")):
        raise ValueError("an element is an object with a name and a kind")
    row = row_of(key, base, hidden)
    element = json.loads(json.dumps(base))
    for cell in row.cells:
        name = f"{prefix}{key}-{cell.path}"
        # A tick that is not set is not sent at all: its twin says that the field was on the page.
        if name not in form and f"{name}-asked" not in form:
            continue
        cell.typed = form.get(name, "")[:LONGEST_VALUE]
        try:
            put(element, cell.path, read(cell))
        except NotANumber:
            cell.errors.append(str(NOT_A_NUMBER))
    row.element = element
    return row


def read(cell: Cell) -> Any:
    """What was typed, as the kind of value that stood there; raises NotANumber."""
    typed = cell.typed.replace("\r\n", "\n")
    if cell.kind == "tick":
        return bool(typed)
    if cell.kind == "number":
        if not _NUMBER.fullmatch(typed.strip()):
            raise NotANumber
        number = float(typed.strip().replace(",", "."))
        return int(number) if number.is_integer() and isinstance(cell.value, int) else number
    if cell.kind == "list":
        parts = [part.strip() for part in typed.split(",") if part.strip()]
        return [float(part) if _NUMBER.fullmatch(part) else part for part in parts]
    return typed


def put(element: Json, path: str, value: Any) -> None:
    """Write a value where its path says."""
    *way, last = path.split(".")
    at: Any = element
    for name in way:
        at = at[int(name)] if isinstance(at, list) else at[name]
    at[last] = value
