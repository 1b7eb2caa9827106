"""Typefaces in the file: only the glyphs that were used, under their own numbers, and what each reads as."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from trainreg.certificates.pdf.cuts import Cut
from trainreg.certificates.pdf.objects import array, dictionary

_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
    "<</Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName /Adobe-Identity-UCS def\n"
    "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_CMAP_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
_ITALIC_ANGLE = -12
_SYMBOLIC, _ITALIC = 4, 64
Used = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A typeface cut down, ready to be written: compressed programs and entries without references."""

    program: bytes
    program_length: int
    to_unicode: bytes
    font: str
    descendant: str
    descriptor: str


@cache
def digits(cut: Cut) -> Mapping[int, str]:
    """The glyphs of the ten digits of a cut that has them."""
    return {glyph: letter for glyph, letter in cut.character_of.items() if letter in "0123456789"}


def rounded(cut: Cut, used: Mapping[int, str]) -> Used:
    """The glyphs to embed, in order: with one digit come all, so that dates and numbers share one cut-down file."""
    figures = digits(cut)
    wanted = {**figures, **used} if figures.keys() & used.keys() else used
    return tuple(sorted(wanted.items()))


@lru_cache(maxsize=256)
def embed(cut: Cut, used: Used) -> Embedded:
    """Cut a typeface down; certificates of one event share most of what comes of it."""
    glyphs = [glyph for glyph, _ in used]
    program = cut.subset(glyphs)
    tag = hashlib.sha256(repr(glyphs).encode()).digest()
    font_name = "".join(chr(65 + byte % 26) for byte in tag[:6]) + "+" + cut.postscript_name
    widths = (f"{glyph} [{cut.thousandths(cut.nominal_width(glyph))}]" for glyph in glyphs)
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": f"/{font_name}",
        "CIDSystemInfo": "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
        "CIDToGIDMap": "/Identity",
        "W": array(widths),
    }
    font = {"Type": "/Font", "Subtype": "/Type0", "BaseFont": f"/{font_name}", "Encoding": "/Identity-H"}
    return Embedded(
        program=zlib.compress(program, 6),
        program_length=len(program),
        to_unicode=zlib.compress(_to_unicode(used), 6),
        font=dictionary(font)[2:-2],
        descendant=dictionary(descendant)[2:-2],
        descriptor=dictionary(_descriptor(cut, font_name))[2:-2],
    )


def _descriptor(cut: Cut, font_name: str) -> dict[str, object]:
    return {
        "Type": "/FontDescriptor",
        "FontName": f"/{font_name}",
        "Flags": _SYMBOLIC | (0 if cut.is_upright else _ITALIC),
        "FontBBox": f"[-1000 {cut.metrics['descender']} 2000 {cut.metrics['ascender']}]",
        "ItalicAngle": 0 if cut.is_upright else _ITALIC_ANGLE,
        "Ascent": cut.metrics["ascender"],
        "Descent": cut.metrics["descender"],
        "CapHeight": cut.metrics["capital"],
        "StemV": 140 if cut.is_bold else 80,
    }


def _to_unicode(used: Used) -> bytes:
    # Code 0 is the glyph of nothing, which no text shows and PDF/A lets nothing stand for.
    rows = [f"<{glyph:04X}> <{letters.encode('utf-16-be').hex().upper()}>" for glyph, letters in used if glyph]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (_CMAP_HEAD + body + _CMAP_FOOT).encode("ascii")
