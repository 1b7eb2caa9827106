"""What a design must be beyond its form: colours and placeholders that exist, boxes on the page, name and QR free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import combinations

from trainreg.certificates.designs import refusals, templates
from trainreg.certificates.designs.parts import (
    SMALLEST_TYPE,
    Band,
    Box,
    Design,
    Element,
    Frame,
    Paragraph,
    QrElement,
    Ribbon,
    SpecimenElement,
    TextElement,
    VerticalElement,
)
from trainreg.certificates.designs.wording_2 import FACTS, PARTS
from trainreg.certificates.pdf.faces import FAMILIES

_ALL = FACTS | PARTS
_TOLERANCE = 0.01


def check(design: Design) -> None:
    """Refuse a design that could not be drawn or would mislead; raises DesignRefused."""
    ids = [element.id for element in design.elements]
    for name in ids:
        if ids.count(name) > 1:
            raise refusals.SameIdTwice(element=name)
    _check_wording(design)
    for part in design.ground:
        _check_looks(design, part.kind, part)
        if isinstance(part, Band | Frame | Ribbon):
            _check_box(design, part.kind, part.box)
    for element in design.elements:
        _check_element(design, element)
    for languages in (1, 2):
        _check_needed(design, languages)
        _check_overlaps(design, languages)


def templates_of(element: Element) -> Iterator[str]:
    """Every template an element prints."""
    if isinstance(element, VerticalElement):
        yield element.text
    if isinstance(element, TextElement):
        for paragraph in element.paragraphs:
            yield from _templates_of_paragraph(paragraph)


def _templates_of_paragraph(paragraph: Paragraph) -> Iterable[str]:
    return paragraph.text.values() if isinstance(paragraph.text, Mapping) else (paragraph.text,)


def has_name(element: Element) -> bool:
    """Whether the element prints the person's name."""
    return any({"name", "name_mong"} & {*templates.placeholders(template)} for template in templates_of(element))


def _check_wording(design: Design) -> None:
    for by_kind in design.wording.values():
        for parts in by_kind.values():
            for part, template in parts.items():
                if part not in PARTS:
                    raise refusals.UnknownKey(element="wording", key=part)
                _check_template("wording", template, FACTS)


def _check_template(element: str, template: str, known: frozenset[str]) -> None:
    try:
        names = templates.placeholders(template)
    except templates.TemplateError:
        raise refusals.BadTemplate(element=element, text=template[:60]) from None
    for name in names:
        if name not in known:
            raise refusals.NoSuchPlaceholder(element=element, placeholder=f"{{{name[:40]}}}")


def _check_element(design: Design, element: Element) -> None:
    _check_looks(design, element.id, element)
    for box in (element.box.one, element.box.two):
        if box:
            _check_box(design, element.id, box)
    for template in templates_of(element):
        _check_template(element.id, template, _ALL)
    if isinstance(element, TextElement):
        for paragraph in element.paragraphs:
            _check_looks(design, element.id, paragraph)
            if paragraph.slot not in {"1", "2", *design.languages}:
                raise refusals.WrongValue(element=element.id, key="slot")
            if paragraph.capitals and has_name(element):
                raise refusals.NameInCapitals(element=element.id)


def _check_looks(design: Design, element: str, part: object) -> None:
    for each in fields(part):  # type: ignore[arg-type]
        value = getattr(part, each.name)
        if each.name.endswith("colour") and value not in design.colours:
            raise refusals.NoSuchColour(element=element, colour=value)
        if each.name.endswith("family") and value not in FAMILIES:
            raise refusals.NoSuchFamily(element=element, family=value)
        if each.name.endswith(("size", "smallest", "wrap_at")) and value is not None and value < SMALLEST_TYPE:
            raise refusals.TypeTooSmall(element=element, least=int(SMALLEST_TYPE))


def _check_box(design: Design, element: str, box: Box) -> None:
    width, height = design.size
    if box.x + box.width > width + _TOLERANCE or box.y + box.height > height + _TOLERANCE:
        raise refusals.OffThePage(element=element)


def _check_needed(design: Design, languages: int) -> None:
    shown = [element for element in design.elements if element.box.on(languages)]
    printed = {
        name
        for element in shown
        if isinstance(element, TextElement)
        for paragraph in element.paragraphs
        if paragraph.slot == "1"
        for template in _templates_of_paragraph(paragraph)
        for name in templates.placeholders(template)
    }
    lacking = {
        "name": "name" not in printed,
        "number": not printed & {"number", "number_line"},
        "code": not printed & {"code", "code_line", "address", "address_line"},
        "QR": not any(isinstance(element, QrElement) and element.form == "address" for element in shown),
        "specimen": not any(isinstance(element, SpecimenElement) for element in shown),
    }
    for what, is_lacking in lacking.items():
        if is_lacking:
            raise refusals.Lacks(what=what, languages=languages)


def _check_overlaps(design: Design, languages: int) -> None:
    for first, second in combinations(design.elements, 2):
        one, other = first.box.on(languages), second.box.on(languages)
        needs_room = any(isinstance(element, QrElement) or has_name(element) for element in (first, second))
        if one and other and needs_room and _meet(one, other):
            is_first_free = isinstance(first, QrElement) or has_name(first)
            over, under = (second, first) if is_first_free else (first, second)
            raise refusals.Overlaps(element=over.id, other=under.id)


def _meet(one: Box, other: Box) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > _TOLERANCE and down > _TOLERANCE
