"""The formal design as plain pages for the newer writer: the same lines in the same places, tagged and spoken."""

from __future__ import annotations

import unicodedata

from trainreg.certificates.designs import DESIGNS
from trainreg.certificates.designs.formal_1 import DISPLAY, ITALIC, SANS_BOLD, SERIF, SERIF_BOLD
from trainreg.certificates.drawing.placed import PAGE_HEIGHT_MM, PAGE_WIDTH_MM
from trainreg.certificates.drawing.placed import Line as PlacedLine
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.pdf import page as plain
from trainreg.certificates.pdf.page import Anchor, Item, Line, QrCode, Strokes, Tag, Text

DESIGN = "formal-1"
_FAMILIES = {
    DISPLAY: "display-bold",
    SERIF: "serif",
    ITALIC: "serif-italic",
    SERIF_BOLD: "serif-bold",
    SANS_BOLD: "sans-bold",
}
_QR_WORDS = {"en": "QR code that leads to the check of this certificate", "mn": "Гэрчилгээг шалгах QR код"}


def page_of(facts: CertificateFacts) -> plain.Page:
    """The page of a record."""
    design = DESIGNS[DESIGN]
    left, top, side = design.qr_box()
    language = facts.languages[0]
    heading = facts.names[language]
    texts: list[Item] = [
        Text(
            lines=(_line(line),),
            language=_language(line.text, facts),
            tag=Tag.HEADING if line.text and line.text in heading else Tag.PARAGRAPH,
        )
        for line in design.lines(facts)
    ]
    words = _QR_WORDS.get(language, _QR_WORDS["en"])
    code = QrCode(content=facts.verify_url, x=left, y=top, side=side, alternative=words)
    return plain.Page(
        width=PAGE_WIDTH_MM,
        height=PAGE_HEIGHT_MM,
        language=language,
        ground=(design.ground(),),
        items=(Strokes(operators=design.strokes(facts)), *texts, code),
    )


def _line(placed: PlacedLine) -> Line:
    return Line(
        text=placed.text,
        face=_FAMILIES[placed.face],
        size=placed.size,
        x=placed.x,
        y=placed.y,
        colour=placed.colour,
        anchor=Anchor(placed.anchor.value),
        tracking=placed.tracking,
    )


def _language(text: str, facts: CertificateFacts) -> str:
    """Which of the paper's languages a line is in, by its letters."""
    is_cyrillic = any(unicodedata.name(letter, "").startswith("CYRILLIC") for letter in text)
    if is_cyrillic and "mn" in facts.languages:
        return "mn"
    return next((language for language in facts.languages if language != "mn"), facts.languages[0])
