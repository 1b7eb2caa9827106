"""The PDF of certificates: fpdf2 writes the document, our own hand places the glyphs.

fpdf2's text calls are left alone on purpose. They draw a missing glyph without an error, garble the
line after a fallback font, and subset every font anew in Python. Here every line comes shaped, the
codes in the file are the glyph numbers themselves, and nothing depends on the time of day.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from fpdf import FPDF
from fpdf.encryption import StandardSecurityHandler
from fpdf.enums import PDFResourceType
from fpdf.output import OutputProducer, PDFFont, PDFFontStream, PDFType3Font, ResourceCatalog
from fpdf.syntax import Name, PDFArray, PDFContentStream, PDFObject, Raw, build_obj_dict

from trainreg.certificates.drawing.typefaces import Run, Typeface

POINTS_PER_MM = 72 / 25.4
Colour = tuple[float, float, float]

_PRODUCER = "trainreg"
_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
    "<</Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName /Adobe-Identity-UCS def\n"
    "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_CMAP_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
_ITALIC_ANGLE = -12
_SYMBOLIC, _ITALIC = 4, 64


class _Lean(PDFObject):
    """fpdf2 looks for an object's entries with `dir()`, a third of the time a certificate takes; ours are plain."""

    def _build_obj_dict(self, security_handler: StandardSecurityHandler | None = None) -> dict[str, object]:
        return build_obj_dict(vars(self), _security_handler=security_handler, _obj_id=self.id)


class Form(_Lean, PDFContentStream):
    """A drawing kept once in the file and stamped as often as wanted: a PDF form XObject."""

    def __init__(self, packed: bytes, box: tuple[float, float, float, float], parts: str = "") -> None:
        super().__init__(packed)
        self.type = Name("XObject")
        self.subtype = Name("Form")
        self.filter = Name("FlateDecode")
        self.b_box = PDFArray([f"{edge:.2f}" for edge in box])
        self.resources = Raw(f"<< /XObject << {parts} >> >>" if parts else "<< >>")


class Ornament:
    """A vector drawing, compressed once per process, with the smaller drawings it stamps by name."""

    def __init__(
        self,
        operators: str,
        box: tuple[float, float, float, float],
        parts: dict[str, Ornament] | None = None,
    ) -> None:
        self.packed = zlib.compress(operators.encode("ascii"), 9)
        self.box = box
        self.parts = parts or {}


class _FontFile(_Lean, PDFFontStream):
    pass


class _Map(_Lean, PDFContentStream):
    pass


class _FontDescriptor(_Lean):
    def __init__(self, face: Typeface, font_name: str, font_file: _FontFile) -> None:
        super().__init__()
        italic = "Italic" in face.name
        metrics = face.metrics
        self.type = Name("FontDescriptor")
        self.font_name = Name(font_name)
        self.flags = _SYMBOLIC | (_ITALIC if italic else 0)
        self.font_b_box = Raw(f"[-1000 {metrics['descender']} 2000 {metrics['ascender']}]")
        self.italic_angle = _ITALIC_ANGLE if italic else 0
        self.ascent = metrics["ascender"]
        self.descent = metrics["descender"]
        self.cap_height = metrics["capital"]
        self.stem_v = 140 if "Bold" in face.name else 80
        self.font_file2 = font_file


class _CidFont(_Lean):
    """The glyphs of a typeface; the codes in the text are glyph numbers, so no map between them is embedded."""

    def __init__(self, face: Typeface, font_name: str, glyphs: Sequence[int], descriptor: _FontDescriptor) -> None:
        super().__init__()
        self.type = Name("Font")
        self.subtype = Name("CIDFontType2")
        self.base_font = Name(font_name)
        self.c_i_d_system_info = Raw("<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>")
        self.c_i_d_to_g_i_d_map = Name("Identity")
        self.font_descriptor = descriptor
        widths = (f"{glyph} [{face.thousandths(face.nominal_width(glyph))}]" for glyph in glyphs)
        self.w = Raw(f"[{' '.join(widths)}]")


class _Type0Font(_Lean, PDFFont):
    pass


class SheetProducer(OutputProducer):
    """Writes the typefaces a sheet used, cut down by HarfBuzz, and its ornaments."""

    def __init__(self, fpdf: FPDF) -> None:
        super().__init__(fpdf)
        if not isinstance(fpdf, Sheet):
            raise TypeError("only a Sheet knows its typefaces and ornaments")
        self._sheet = fpdf

    def _add_fonts(
        self, image_objects_per_index: Any, gfxstate_objs_per_name: Any, pattern_objs_per_name: Any
    ) -> dict[int, PDFFont | PDFType3Font]:
        return {index: self._embed(face, glyphs) for index, face, glyphs in self._sheet.used_typefaces()}

    def _embed(self, face: Typeface, glyphs: Sequence[int]) -> PDFFont:
        tag = hashlib.sha256(repr(glyphs).encode()).digest()
        font_name = "".join(chr(65 + byte % 26) for byte in tag[:6]) + "+" + face.name
        font_file = _FontFile(face.subset(glyphs))
        self._add_pdf_obj(font_file)
        descriptor = _FontDescriptor(face, font_name, font_file)
        self._add_pdf_obj(descriptor)
        descendant = _CidFont(face, font_name, glyphs, descriptor)
        self._add_pdf_obj(descendant)
        to_unicode = _Map(_to_unicode(face, glyphs), compress=True)
        self._add_pdf_obj(to_unicode)
        font = _Type0Font("Type0", font_name, encoding="Identity-H")
        font.descendant_fonts = PDFArray([descendant])
        font.to_unicode = to_unicode
        self._add_pdf_obj(font)
        return font

    def _add_images(self) -> dict[int, Any]:
        return {index: self._add_ornament(ornament) for index, ornament in self._sheet.used_ornaments()}

    def _add_ornament(self, ornament: Ornament) -> Form:
        parts = {name: self._add_ornament(part) for name, part in ornament.parts.items()}
        form = Form(ornament.packed, ornament.box, " ".join(f"/{name} {part.ref}" for name, part in parts.items()))
        self._add_pdf_obj(form)
        return form


def _to_unicode(face: Typeface, glyphs: Sequence[int]) -> bytes:
    rows = [
        f"<{glyph:04X}> <{face.character_of[glyph].encode('utf-16-be').hex().upper()}>"
        for glyph in glyphs
        if glyph in face.character_of
    ]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (_CMAP_HEAD + body + _CMAP_FOOT).encode("ascii")


class Sheet(FPDF):
    """A document of A4 pages whose bytes depend on nothing but what is put on them."""

    def __init__(
        self, *, title: str, language: str, created_on: date, fingerprint: str, orientation: str = "landscape"
    ) -> None:
        super().__init__(orientation=orientation, unit="mm", format="A4")
        self.set_title(title)
        self.set_lang(language)
        self.set_producer(_PRODUCER)
        self.set_creator(_PRODUCER)
        self.set_creation_date(datetime(created_on.year, created_on.month, created_on.day, tzinfo=UTC))
        self.set_auto_page_break(False)
        self._fingerprint = fingerprint[:32].upper()
        self._typefaces: dict[str, tuple[int, Typeface, set[int]]] = {}
        self._ornaments: dict[int, tuple[int, Ornament]] = {}

    def file_id(self) -> str:
        """The identity of the file comes from what it says, so that it is the same every time."""
        return f"<{self._fingerprint}><{self._fingerprint}>"

    def used_typefaces(self) -> Iterator[tuple[int, Typeface, list[int]]]:
        """Each typeface used so far, by its number in the file, with its glyphs in order."""
        for index, face, glyphs in self._typefaces.values():
            yield index, face, sorted(glyphs)

    def used_ornaments(self) -> Iterator[tuple[int, Ornament]]:
        """Each ornament stamped so far, by its number in the file."""
        yield from self._ornaments.values()

    def stamp(self, ornament: Ornament) -> None:
        """Put an ornament on the page, where its own coordinates say."""
        index, _ = self._ornaments.setdefault(id(ornament), (len(self._ornaments) + 1, ornament))
        self._catalogue.add(PDFResourceType.X_OBJECT, index, self.page)
        self._out(f"/I{index} Do")

    def operators(self, operators: str) -> None:
        """Put drawing operators on the page, in points from its lower left corner, and nothing after them."""
        self._out(f"q {operators} Q")

    def set_line(
        self, run: Run, face: Typeface, *, size: float, x: float, y: float, colour: Colour, tracking: float
    ) -> None:
        """Set a shaped line with its left end at x and its baseline at y, in points from below."""
        index, _, glyphs = self._typefaces.setdefault(face.name, (len(self._typefaces) + 1, face, set()))
        glyphs.update(glyph.number for glyph in run.glyphs)
        self._catalogue.add(PDFResourceType.FONT, index, self.page)
        red, green, blue = colour
        shown = (
            f"BT /F{index} {size:.2f} Tf {tracking:.3f} Tc {red:.3g} {green:.3g} {blue:.3g} rg "
            f"{x:.2f} {y:.2f} Td {show(run, face, size)} ET"
        )
        if not run.is_plain:
            spoken = b"\xfe\xff" + run.text.encode("utf-16-be")
            shown = f"/Span << /ActualText <{spoken.hex().upper()}> >> BDC {shown} EMC"
        self._out(shown)

    @property
    def _catalogue(self) -> ResourceCatalog:
        return self._resource_catalog

    def finished(self) -> bytes:
        """The bytes of the document; nothing can be added afterwards."""
        return bytes(self.output(output_producer_class=SheetProducer))


@lru_cache(maxsize=512)
def show(run: Run, face: Typeface, size: float) -> str:
    """The operators that show a line: glyph numbers, with kerning and moved marks between them."""
    shown: list[str] = []
    pieces: list[str] = []
    rise = back = 0

    def close() -> None:
        if pieces:
            shown.append("[" + "".join(pieces).replace("><", "") + "] TJ")
            pieces.clear()

    for glyph in run.glyphs:
        if glyph.y_offset != rise:
            close()
            rise = glyph.y_offset
            shown.append(f"{rise * size / face.units_per_em:.3f} Ts")
        back -= glyph.x_offset
        if back:
            pieces.append(str(face.thousandths(back)))
        pieces.append(f"<{glyph.number:04X}>")
        back = glyph.x_offset + face.nominal_width(glyph.number) - glyph.advance
    close()
    if rise:
        shown.append("0 Ts")
    return " ".join(shown)
