"""What the fields of a design are called, how they are shown, and what a new element begins as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.certificates.editor.rows import Cell, Json, Row
from trainreg.certificates.pdf.faces import FAMILIES

PREFIX = "el-"
# What tells elements apart and what kind they are is kept, and is nobody's to type.
HIDDEN = frozenset({"id", "kind"})
HIDDEN_OF_PAGE = frozenset({"format", "page", "kind", "title", "languages"})
PAGES = {"landscape": (297.0, 210.0), "portrait": (210.0, 297.0)}
LANGUAGE_NAMES = {"en": _l("English"), "mn": _l("Mongolian"), "fr": _l("French"), "es": _l("Spanish")}
SIDES = ("x", "y", "width", "height")
RULE: Json = {"kind": "rule", "x1": 100, "y1": 105, "x2": 197, "y2": 105, "weight": 0.5, "colour": "ink"}
# What can be added; a picture comes by its own page, a line becomes part of the ground.
KINDS: Mapping[str, Any] = {
    "text": _l("Text"),
    "signatories": _l("Signatories"),
    "seal": _l("Seal"),
    "qr": _l("QR code"),
    "vertical": _l("Vertical Mongolian line"),
    "specimen": _l("Mark of a specimen"),
}
NAMED: Mapping[str, Any] = {**KINDS, "picture": _l("Picture")}
LABELS: Mapping[str, Any] = {
    "x": _l("From the left"),
    "y": _l("From the top"),
    "width": _l("Width"),
    "height": _l("Height"),
    "family": _l("Typeface"),
    "name_family": _l("Typeface of the name"),
    "title_family": _l("Typeface of the office"),
    "size": _l("Size of type"),
    "name_size": _l("Size of the name"),
    "title_size": _l("Size of the office"),
    "smallest": _l("Smallest size"),
    "wrap_at": _l("Two lines below"),
    "lines": _l("Lines at most"),
    "most": _l("Signatories at most"),
    "colour": _l("Colour"),
    "name_colour": _l("Colour of the name"),
    "title_colour": _l("Colour of the office"),
    "line_colour": _l("Colour of the line"),
    "align": _l("From side to side"),
    "upright": _l("From top to bottom"),
    "slot": _l("In which language"),
    "text": _l("Text"),
    "alternative": _l("Read aloud as"),
    "capitals": _l("In capitals"),
    "tracking": _l("Space between letters"),
    "leading": _l("Line spacing"),
    "gap": _l("Space above"),
    "tag": _l("Read as"),
    "image": _l("Picture"),
    "form": _l("What the code holds"),
    "room": _l("Room for signing"),
    "line": _l("Length of the line"),
    "widest": _l("Width of a signatory"),
    "weight": _l("Thickness"),
}
CASES: Mapping[str, Any] = {"one": _l("pages in one language"), "two": _l("pages in two languages")}
CHOICES: Mapping[str, Sequence[tuple[str, Any]]] = {
    "align": [("left", _l("Left")), ("middle", _l("Middle")), ("right", _l("Right"))],
    "upright": [("top", _l("Top")), ("middle", _l("Middle")), ("bottom", _l("Bottom"))],
    "slot": [("1", _l("First language of the page")), ("2", _l("Second language of the page"))],
    "tag": [("H1", _l("Heading")), ("P", _l("Paragraph"))],
    "form": [("address", _l("The address to check it at")), ("offline", _l("The signed facts, to check offline"))],
}
MILLIMETRES = {*("x", "y", "width", "height", "gap", "room", "line", "widest", "inset", "radius", "reach")}
POINTS = {*("size", "smallest", "wrap_at", "tracking", "weight", "name_size", "title_size")}
PLACEHOLDERS: Mapping[str, Any] = {
    "name": _l("name"),
    "title": _l("title of the certificate"),
    "opening": _l("opening words"),
    "deed": _l("what was done"),
    "event": _l("event"),
    "dates": _l("days"),
    "place": _l("place"),
    "duration": _l("duration"),
    "organisation": _l("organisation"),
    "project": _l("project"),
    "agency": _l("agency"),
    "issued_on": _l("day of issue"),
    "valid_until": _l("valid until"),
    "number": _l("register number"),
    "code": _l("code"),
    "address": _l("address to check it at"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """How the editor's page speaks of rows and fields; the templates ask it."""

    page_width: float
    page_height: float
    pictures: Sequence[tuple[str, str]] = ()
    families: Sequence[str] = ()
    colours: Sequence[str] = ()
    prefix: str = PREFIX

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        return list(KINDS.items())

    @property
    def placeholders(self) -> list[tuple[str, Any]]:
        return [(f"{{{name}}}", label) for name, label in PLACEHOLDERS.items()]

    def name(self, row: Row) -> str:
        """What an element is called in the list: its kind, and what tells it apart."""
        kind = str(NAMED.get(str(row.element.get("kind")), row.element.get("kind", "")))
        return f"{kind}: {str(row.element.get('id', '')).replace('_', ' ').replace('-', ' ')}"

    def label(self, row: Row, cell: Cell) -> str:
        """Its own name, and where one name stands for several fields, of what."""
        *way, name = cell.path.split(".")
        if name in LANGUAGE_NAMES and way:
            return f"{LABELS.get(way[-1], way[-1])} · {LANGUAGE_NAMES[name]}{self._part(way)}"
        label = str(LABELS.get(name, name.replace("_", " ")))
        if way and way[-1] in CASES:
            return f"{label} · {CASES[way[-1]]}"
        return f"{label}{self._part(way)}"

    def _part(self, way: Sequence[str]) -> str:
        number = next((one for one in way if one.isdecimal()), None)
        return f" · {int(number) + 1}" if number is not None else ""

    def case(self, cell: Cell) -> str:
        """Whether a side belongs to pages in one or in two languages, or to both."""
        way = cell.path.split(".")
        return way[1] if len(way) == 3 and way[0] == "box" else ""

    def unit(self, row: Row, cell: Cell) -> str:
        if cell.kind != "number":
            return ""
        return _("mm") if cell.name in MILLIMETRES else _("pt") if cell.name in POINTS else ""

    def side(self, cell: Cell) -> str:
        return cell.name if cell.name in SIDES and self.case(cell) else ""

    def width(self, row: Row, cell: Cell) -> str:
        if cell.name in SIDES:
            return "side"
        return "full" if self.is_long(row, cell) else "half"

    def choices(self, row: Row, cell: Cell) -> list[tuple[str, Any]]:
        if cell.name.endswith("family"):
            return [(name, name) for name in self.families]
        if cell.name.endswith("colour"):
            return [(name, name.replace("_", " ")) for name in self.colours]
        if cell.name == "image":
            return list(self.pictures)
        return list(CHOICES.get(cell.name, ()))

    def is_colour(self, cell: Cell) -> bool:
        return isinstance(cell.value, str) and cell.value.startswith("#") and len(cell.value) == 7

    def is_long(self, row: Row, cell: Cell) -> bool:
        return cell.kind == "text" and (cell.name == "text" or ".text." in f".{cell.path}.")

    def keeps_shape(self, row: Row) -> bool:
        return str(row.element.get("kind")) in {"picture", "qr"}

    def may_go(self, row: Row) -> bool:
        return True


def words_for(page: Json, pictures: Sequence[str]) -> Words:
    """The words for a design: how large its page is, and the pictures that it may show."""
    width, height = PAGES.get(str(page.get("page")), PAGES["landscape"])
    named = [(sha256, _("Picture %(number)s", number=number)) for number, sha256 in enumerate(pictures, 1)]
    colours = list(page["colours"]) if isinstance(page.get("colours"), Mapping) else []
    return Words(width, height, named, FAMILIES, colours)
