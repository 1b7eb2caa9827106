"""The least that knows designs: enough for the editor to be tried with pages that the real writer draws."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from trainreg.certificates.editor.kits import Ready
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.pdf import faces
from trainreg.certificates.pdf.page import Anchor, Item, Line, Page, Picture, QrCode, Tag, Text
from trainreg.kernel.refusals import Invalid

KINDS = {"text", "picture", "qr", "signatories", "seal", "vertical", "specimen"}
INK = (0.1, 0.15, 0.25)


class OffThePage(Invalid):
    sentence = "%(element)s does not lie wholly on the page."


class WrongValue(Invalid):
    sentence = "%(element)s: “%(key)s” has a value that cannot be used."


def _text(name: str, template: str, size: float, box: list[float], tag: str = "P") -> dict[str, Any]:
    paragraph = {"text": {"en": template, "mn": template}, "size": size, "family": "serif", "colour": "ink", "tag": tag}
    return {"kind": "text", "id": name, "box": box, "align": "middle", "paragraphs": [paragraph]}


USUAL = json.dumps(
    {
        "format": "plain",
        "page": "landscape",
        "title": {"en": "Plain ministry"},
        "colours": {"gold": "#a07828", "ink": "#163053"},
        "ground": [],
        "elements": [
            _text("heading", "Certificate", 34, [50, 35, 197, 16], "H1"),
            _text("name", "{name}", 30, [35, 80, 227, 20]),
            _text("title", "{event}", 14, [35, 110, 227, 16]),
            {"kind": "qr", "id": "code", "box": {"one": [136.5, 150, 24, 24], "two": [136.5, 160, 24, 24]}},
            _text("number", "{register_number}", 9, [98, 186, 100, 8]),
        ],
    }
)


class PlainDesigns:
    """A design is text in boxes, pictures and a QR code."""

    def __init__(self) -> None:
        content = self.canonical(USUAL)
        self._ready = [Ready(self.digest(content), {"en": "Plain ministry", "mn": "Яамны"}, content, True)]

    def ready(self) -> Sequence[Ready]:
        return self._ready

    def canonical(self, content: str) -> str:
        told = json.loads(content)
        if not isinstance(told, dict) or not isinstance(told.get("elements"), list):
            raise WrongValue(element="design", key="elements")
        for element in told["elements"]:
            if element.get("kind") not in KINDS:
                raise WrongValue(element=element.get("id", ""), key="kind")
            for x, y, width, height in _boxes(element):
                if x + width > 297.01 or y + height > 210.01:
                    raise OffThePage(element=element["id"])
            for paragraph in element.get("paragraphs", []):
                if not 5 <= paragraph["size"] <= 200:
                    raise WrongValue(element=element["id"], key="size")
        return json.dumps(told, sort_keys=True, ensure_ascii=False)

    def digest(self, content: str) -> str:
        return hashlib.sha256(content.encode()).hexdigest()

    def page(self, content: str, facts: CertificateFacts, *, verify: str, offline: str) -> Page:
        told, language = json.loads(content), facts.languages[0]
        items: list[Item] = []
        for element in told["elements"]:
            x, y, width, height = _boxes(element)[-1]
            if element["kind"] == "text":
                paragraph = element["paragraphs"][0]
                line = _line(_filled(paragraph, facts, language), paragraph, x, y, width, height)
                items.append(Text(lines=(line,), language=language, tag=Tag(paragraph["tag"])))
            elif element["kind"] == "qr":
                items.append(QrCode(content=verify, x=x, y=y, side=width, alternative="QR"))
            elif element["kind"] == "picture":
                items.append(Picture(image=element["image"], x=x, y=y, width=width, height=height))
        return Page(width=297, height=210, language=language, ground=(), items=items)

    def flaws(self, content: str, facts: CertificateFacts) -> Sequence[str]:
        absent = "".join(faces.missing(name, "serif") for name in facts.names.values())
        return [f"Cannot be drawn: {absent}"] if absent else []

    def problems(self, content: str, pictures: Mapping[str, bytes]) -> Sequence[str]:
        return [] if "{name}" in content else ["The design lacks the name."]

    def new_element(self, kind: str, name: str) -> dict[str, Any]:
        if kind == "text":
            return _text(name, "Text", 12, [20, 20, 60, 10])
        return {"kind": kind, "id": name, "box": [20, 20, 30, 30]}

    def new_picture(self, name: str, sha256: str, width: float, height: float) -> dict[str, Any]:
        return {"kind": "picture", "id": name, "box": [20, 20, width, height], "image": sha256}


def _boxes(element: Mapping[str, Any]) -> list[list[float]]:
    box = element["box"]
    return [box] if isinstance(box, list) else [one for one in box.values() if one is not None]


def _filled(paragraph: Mapping[str, Any], facts: CertificateFacts, language: str) -> str:
    values = {"name": facts.names[language], "event": facts.event_title.get(language, "")}
    values["register_number"] = facts.register_number
    text: str = paragraph["text"].get(language, "")
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], ""), text) or " "


def _line(text: str, paragraph: Mapping[str, Any], x: float, y: float, width: float, height: float) -> Line:
    size = paragraph["size"]
    size *= min(1, width * 72 / 25.4 / (faces.measure(text, paragraph["family"], size) or 1))
    middle = y + height / 2 + size * 0.12
    return Line(
        text=text, face=paragraph["family"], size=size, x=x + width / 2, y=middle, colour=INK, anchor=Anchor.MIDDLE
    )
