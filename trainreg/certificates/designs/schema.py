"""What a design file says, and how it becomes a design and a design a file (docs/certificate-designs.md).

`parse` refuses with a sentence whatever it does not know; `canonical` writes a design in its one form (RFC 8785), and
the SHA-256 of that is its name for ever.
"""

from __future__ import annotations

import hashlib
import json

from trainreg.certificates.designs import checks, files
from trainreg.certificates.designs import records as read
from trainreg.certificates.designs.parts import (
    LANGUAGES,
    Band,
    Border,
    Box,
    Design,
    Diamond,
    Element,
    Frame,
    GroundPart,
    Paragraph,
    PictureElement,
    Places,
    QrElement,
    Ribbon,
    Rosette,
    SealElement,
    SignatoriesElement,
    SpecimenElement,
    TextElement,
    Texts,
    VerticalElement,
)

FORMAT = "trainreg-design-1"

__all__ = [
    "FORMAT",
    "LANGUAGES",
    "Band",
    "Border",
    "Box",
    "Design",
    "Diamond",
    "Element",
    "Frame",
    "GroundPart",
    "Paragraph",
    "PictureElement",
    "Places",
    "QrElement",
    "Ribbon",
    "Rosette",
    "SealElement",
    "SignatoriesElement",
    "SpecimenElement",
    "TextElement",
    "Texts",
    "VerticalElement",
    "canonical",
    "digest",
    "parse",
]


def canonical(design: Design) -> str:
    """Write a design in its one form, from which it is read back the same."""
    told = read.plain(design) | {"format": FORMAT}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(design: Design) -> str:
    """The fingerprint of a design, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(design).encode()).hexdigest()


def parse(content: str | bytes) -> Design:
    """Read a design file; raises DesignRefused with a sentence that names the element at fault."""
    design = read.read_record(Design, files.loaded(content, FORMAT), "design", beside=frozenset({"format"}))
    checks.check(design)
    return design
