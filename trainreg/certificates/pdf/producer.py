"""From drawn pages to a file: fpdf2 keeps the pages and numbers the objects, and here they are put together.

Small objects travel compressed in object streams, so that a thousand tagged pages stay small. The file holds the
space for a signature from the start; nothing is appended to it afterwards.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Any

from fpdf import FPDF
from fpdf.output import OutputProducer
from fpdf.syntax import PDFObject

from trainreg.certificates.drawing.sheet import POINTS_PER_MM, Ornament
from trainreg.certificates.pdf import signature
from trainreg.certificates.pdf.attachments import attach
from trainreg.certificates.pdf.canvas import Canvas, Names
from trainreg.certificates.pdf.colours import srgb
from trainreg.certificates.pdf.cuts import Cut
from trainreg.certificates.pdf.embedding import embed, rounded
from trainreg.certificates.pdf.metadata import About, information, xmp
from trainreg.certificates.pdf.objects import Entry, Stream, array, dictionary, packed, text
from trainreg.certificates.pdf.page import Attachment, Page, Signer
from trainreg.certificates.pdf.pictures import prepare
from trainreg.certificates.pdf.structure import structure

_PER_STREAM = 200
_VERSION = b"%PDF-1.7\n%\xe9\xeb\xf1\xbf\n"


class Document(FPDF):
    """A document of pages; what it is made of, in the order in which it was given."""

    def __init__(self, about: About, signer: Signer | None, attachments: Sequence[Attachment]) -> None:
        super().__init__(unit="mm")
        self.about = about
        self.signer = signer
        self.attachments = sorted(attachments, key=lambda attachment: attachment.name)
        self.names = Names()
        self.canvases: list[Canvas] = []
        self.set_auto_page_break(False)

    def draw(self, page: Page) -> None:
        """Add a page."""
        self.add_page(format=(page.width, page.height), orientation="portrait")
        self.canvases.append(Canvas(page, self.names))

    def finished(self) -> bytes:
        """The bytes of the document; nothing can be added afterwards."""
        return bytes(self.output(output_producer_class=Producer))


class Producer(OutputProducer):
    """Writes the objects of a Document."""

    def __init__(self, fpdf: FPDF) -> None:
        super().__init__(fpdf)
        if not isinstance(fpdf, Document):
            raise TypeError("only a Document knows what its pages mean")
        self._document = fpdf
        self._places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        signer = fpdf.signer
        self._signature = signature.empty_signature(signer, fpdf.about) if signer else None

    def add(self, item: PDFObject) -> str:
        """Take an object into the file and give its reference."""
        self._add_pdf_obj(item)
        return item.ref

    def bufferize(self) -> bytearray:
        """The whole file."""
        document = self._document
        catalog = self._catalog()
        about = self.add(Entry(information(document.about)))
        self._write({"Root": catalog, "Info": about})
        if document.signer and self._signature:
            signature.sign(self.buffer, document.signer, self._places[self._signature.id][1])
        return self.buffer

    def _catalog(self) -> str:
        document = self._document
        pages, catalog, widget = Entry(), Entry(), ""
        pages_ref, catalog_ref = self.add(pages), self.add(catalog)
        resources = self.add(Entry(self._resources()))
        leaves = [Entry() for _ in document.canvases]
        refs = [self.add(leaf) for leaf in leaves]
        if document.signer and self._signature:
            signed = self.add(self._signature)
            widget = signature.add_field(self.add, document.signer, signed, refs[0], len(refs))
        for number, (leaf, canvas) in enumerate(zip(leaves, document.canvases, strict=True)):
            leaf.body = self._page(number, canvas, pages_ref, resources, widget if number == 0 else "")
        pages.body = f"<</Type/Pages/Count {len(refs)}/Kids {array(refs)}>>"
        drawn = list(zip(document.canvases, refs, strict=True))
        profile = self.add(packed("/N 3/Alternate/DeviceRGB", srgb()))
        condition = text("sRGB IEC61966-2.1")
        entries = {
            "Type": "/Catalog",
            "Pages": pages_ref,
            "Lang": text(document.about.language),
            "MarkInfo": "<</Marked true>>",
            "ViewerPreferences": "<</DisplayDocTitle true>>",
            "Metadata": self.add(Stream("/Type/Metadata/Subtype/XML", xmp(document.about))),
            "OutputIntents": f"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier{condition}"
            f"/Info{condition}/DestOutputProfile {profile}>>]",
            "StructTreeRoot": structure(self.add, drawn, document.about.language, widget),
            "AcroForm": f"<</Fields[{widget}]/SigFlags 3>>" if widget else None,
            **attach(self.add, document.attachments, document.about),
        }
        catalog.body = dictionary(entries)
        return catalog_ref

    def _page(self, number: int, canvas: Canvas, pages: str, resources: str, widget: str) -> str:
        page = canvas.page
        content = self.add(packed("", "\n".join(canvas.operators).encode("ascii")))
        sheet = (0.0, 0.0, page.width, page.height)
        left, top, width, height = page.trim or sheet
        trim = (left, page.height - top - height, left + width, page.height - top)
        is_clear = any(prepare(picture).mask for picture in canvas.pictures)
        return dictionary(
            {
                "Type": "/Page",
                "Parent": pages,
                "MediaBox": _edges(sheet),
                "TrimBox": _edges(trim) if page.trim else None,
                "Contents": content,
                "Resources": resources,
                "StructParents": number,
                "Tabs": "/S",
                "Group": "<</S/Transparency/CS/DeviceRGB>>" if is_clear else None,
                "Annots": f"[{widget}]" if widget else None,
            }
        )

    def _resources(self) -> str:
        names = self._document.names
        fonts = {f"F{cut.code}": self._font(cut, used) for cut, used in names.glyphs.items()}
        drawings = {name: self._ornament(ornament) for name, ornament in names.ornaments.values()}
        drawings |= {name: self._picture(digest) for digest, name in names.pictures.items()}
        return dictionary({"Font": dictionary(fonts), "XObject": dictionary(drawings)})

    def _font(self, cut: Cut, used: dict[int, str]) -> str:
        found = embed(cut, rounded(cut, used))
        program = self.add(Stream(f"/Length1 {found.program_length}/Filter/FlateDecode", found.program))
        descriptor = self.add(Entry(f"<<{found.descriptor}/FontFile2 {program}>>"))
        descendant = self.add(Entry(f"<<{found.descendant}/FontDescriptor {descriptor}>>"))
        read = self.add(Stream("/Filter/FlateDecode", found.to_unicode))
        return self.add(Entry(f"<<{found.font}/DescendantFonts[{descendant}]/ToUnicode {read}>>"))

    def _ornament(self, ornament: Ornament) -> str:
        parts = dictionary({name: self._ornament(part) for name, part in ornament.parts.items()})
        box = array(f"{edge:.2f}" for edge in ornament.box)
        entries = f"/Type/XObject/Subtype/Form/BBox {box}/Resources<</XObject {parts}>>/Filter/FlateDecode"
        return self.add(Stream(entries, ornament.packed))

    def _picture(self, digest: str) -> str:
        picture, mask = prepare(digest).objects()
        if mask:
            picture.entries += f"/SMask {self.add(mask)}"
        return self.add(picture)

    def _write(self, trailer: dict[str, Any]) -> None:
        objects = [item for item in self.pdf_objs if isinstance(item, Entry | Stream)]
        self.buffer += _VERSION
        small = [item for item in objects if isinstance(item, Entry) and not item.is_loose]
        for item in objects:
            if isinstance(item, Stream) or item.is_loose:
                self._place(item)
        for start in range(0, len(small), _PER_STREAM):
            part = small[start : start + _PER_STREAM]
            bundle = _bundle(part)
            self._add_pdf_obj(bundle)
            self._place(bundle)
            self._places |= {item.id: (2, bundle.id, index) for index, item in enumerate(part)}
        self._cross_references(trailer)

    def _place(self, item: Entry | Stream) -> None:
        self._places[item.id] = (1, len(self.buffer), 0)
        plain = item.written() if isinstance(item, Stream) else f"{item.id} 0 obj\n{item.body}\nendobj\n".encode()
        self.buffer += plain

    def _cross_references(self, trailer: dict[str, Any]) -> None:
        self.obj_id += 1
        start = len(self.buffer)
        self._places[self.obj_id] = (1, start, 0)
        rows = b"".join(struct.pack(">BIH", *self._places[number]) for number in range(self.obj_id + 1))
        identity = self._document.about.fingerprint[:32].upper().ljust(32, "0")
        entries = {
            "Type": "/XRef",
            "Size": self.obj_id + 1,
            "W": "[1 4 2]",
            **trailer,
            "ID": f"[<{identity}><{identity}>]",
            "Filter": "/FlateDecode",
        }
        table = Stream(dictionary(entries)[2:-2], zlib.compress(rows, 6))
        table.id = self.obj_id
        self.buffer += table.written() + f"startxref\n{start}\n%%EOF\n".encode()


def _bundle(items: Sequence[Entry]) -> Stream:
    """An object stream of dictionaries."""
    heads: list[str] = []
    length = 0
    for item in items:
        heads.append(f"{item.id} {length}")
        length += len(item.body) + 1
    head = " ".join(heads) + "\n"
    body = head + "\n".join(item.body for item in items)
    return packed(f"/Type/ObjStm/N {len(items)}/First {len(head)}", body.encode("ascii"))


def _edges(box: tuple[float, float, float, float]) -> str:
    return array(f"{edge * POINTS_PER_MM:.2f}" for edge in box)
