"""A draft as it stands in the editor: rows of fields, what was typed in them, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from trainreg.certificates.editor.elements import HIDDEN, HIDDEN_OF_PAGE, KINDS, PREFIX, RULE, SIDES
from trainreg.certificates.editor.kits import designs
from trainreg.certificates.editor.rows import MOST_ROWS, Cell, Json, Row, row_of, row_typed
from trainreg.kernel.refusals import Invalid, Refused

PAGE = "page"


class NotSent(Invalid):
    """What came is nothing that the editor's page sends."""


@dataclass(slots=True)
class Editing:
    """The rows in the order in which the page is read aloud; `whole` is what concerns all of the page."""

    revision: int
    whole: Row
    rows: list[Row]
    errors: list[str] = field(default_factory=list)
    status: int = 200
    said: str = ""

    @property
    def design(self) -> Json:
        return self.whole.element | {"elements": [closed(row.element) for row in self.rows]}

    @property
    def content(self) -> str:
        return json.dumps(self.design, ensure_ascii=False)

    @property
    def has_errors(self) -> bool:
        return bool(self.errors) or self.whole.has_errors or any(row.has_errors for row in self.rows)

    def row(self, key: str) -> Row:
        found = next((row for row in self.rows if row.key == key), None)
        if found is None:
            raise NotSent
        return found


def opened(element: Json) -> Json:
    """The element with its place spelt out: `both` where pages in one and in two languages have it alike."""
    box = element.get("box")
    if isinstance(box, list):
        return element | {"box": {"both": _sides(box)}}
    if not isinstance(box, Mapping):
        return element
    cases = {case: _sides(one) for case, one in box.items() if one is not None}
    if len(cases) == 2 and cases.get("one") == cases.get("two"):
        return element | {"box": {"both": cases["one"]}}
    return element | {"box": cases}


def closed(element: Json) -> Json:
    """The element as a design's file has it."""
    box = element.get("box")
    if not isinstance(box, Mapping):
        return element
    if not all(isinstance(one, Mapping) and set(one) == set(SIDES) for one in box.values()):
        raise NotSent
    cases = {case: [one[side] for side in SIDES] for case, one in box.items()}
    return element | {"box": cases.get("both", cases)}


def _sides(box: Any) -> Json:
    return dict(zip(SIDES, box, strict=True)) if isinstance(box, list) else dict(box)


def from_content(content: str, revision: int) -> Editing:
    """The draft as it was saved."""
    told: Json = json.loads(content)
    elements = told.pop("elements")
    rows = [row_of(str(number), opened(element), HIDDEN) for number, element in enumerate(elements, 1)]
    return Editing(revision, row_of(PAGE, told, HIDDEN_OF_PAGE), rows)


def from_form(form: MultiDict[str, str]) -> Editing:
    """The draft as it was typed; raises NotSent."""
    typed: Mapping[str, str] = form
    try:
        keys = list(dict.fromkeys(form.getlist("row")))
        if len(keys) > MOST_ROWS:
            raise NotSent
        rows = [row_typed(key, typed, PREFIX, HIDDEN) for key in keys]
        whole = row_typed(PAGE, typed, PREFIX, HIDDEN_OF_PAGE)
        for row in rows:
            closed(row.element)
        return Editing(int(form.get("revision", "0")), whole, rows)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotSent from error


def judged(editing: Editing) -> str | None:
    """The canonical design that was typed; None, with the sentence beside what it speaks of, when it is none."""
    if editing.has_errors:
        editing.status = 422
        return None
    try:
        return designs().canonical(editing.content)
    except Refused as refusal:
        tell(editing, refusal)
        return None


def tell(editing: Editing, refusal: Refused) -> None:
    """Put a refusal's sentence beside the field or the element that it names, else at the top."""
    editing.status = refusal.status
    element, key = str(refusal.facts.get("element", "")), str(refusal.facts.get("key", ""))
    row = next((one for one in editing.rows if one.element.get("id") == element), None)
    if row is None:
        editing.errors.append(str(refusal))
        return
    cell = next((one for one in row.cells if key and _is_at(one, key)), None)
    (cell or row).errors.append(str(refusal))


def _is_at(cell: Cell, key: str) -> bool:
    return cell.path == key or cell.path.endswith(f".{key}") or key.endswith(f".{cell.name}")


def new_row(kind: str, taken: set[str]) -> Json:
    """A new element under a name that no other has; raises NotSent for a kind that there is not."""
    if kind not in KINDS:
        raise NotSent
    number = next(number for number in range(1, MOST_ROWS + 2) if f"{kind}-{number}" not in taken)
    return designs().new_element(kind, f"{kind}-{number}")


def pressed(editing: Editing, action: str) -> bool:
    """Add, move or remove a row, as a button without a script asks; False when the button was another."""
    verb, _dash, key = action.partition("-")
    if verb == "add" and key == "rule":
        element = editing.whole.element | {"ground": [*editing.whole.element.get("ground", []), dict(RULE)]}
        editing.whole = row_of(PAGE, element, HIDDEN_OF_PAGE)
        return True
    if verb == "add":
        number = max((int(row.key) for row in editing.rows if row.key.isdecimal()), default=0) + 1
        ids = {str(row.element.get("id", "")) for row in editing.rows}
        if len(editing.rows) >= MOST_ROWS:
            raise NotSent
        editing.rows.append(row_of(str(number), opened(new_row(key, ids)), HIDDEN))
        return True
    if verb not in {"up", "down", "remove"}:
        return False
    row = editing.row(key)
    place = editing.rows.index(row)
    editing.rows.remove(row)
    if verb != "remove":
        editing.rows.insert(max(0, place + (-1 if verb == "up" else 1)), row)
    return True
