"""The tree of what a document says: a section for each page, in reading order, and the field of the signature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from trainreg.certificates.pdf.canvas import Canvas, Element
from trainreg.certificates.pdf.objects import Entry, array, dictionary, text

Add = Callable[[Entry], str]


def structure(add: Add, drawn: Sequence[tuple[Canvas, str]], language: str, widget: str = "") -> str:
    """Write the tree of pages (with their references) and of a signature's widget; gives the root's reference.

    The parents of page n are entry n of the parent tree, the widget's the one after the last page.
    """
    root, document = Entry(), Entry()
    root_ref, document_ref = add(root), add(document)
    parents: list[str] = []
    kids: list[str] = []
    for number, (canvas, page) in enumerate(drawn):
        leaves: list[str] = []
        parts = [list(elements) for _, elements in groupby(canvas.elements, key=lambda element: element.part)]
        for elements in parts:
            is_section = len(drawn) > 1 or len(parts) > 1
            section = Entry()
            above = add(section) if is_section else document_ref
            refs = [
                add(Entry(_element(element, above, page, place, language)))
                for place, element in enumerate(elements, start=len(leaves))
            ]
            section.body = f"<</Type/StructElem/S/Sect/P {document_ref}/K {array(refs)}>>"
            kids += [above] if is_section else refs
            leaves += refs
        parents.append(f"{number} {array(leaves)}")
    if widget:
        content = f"<</Type/OBJR/Obj {widget}/Pg {drawn[0][1]}>>"
        kids.append(add(Entry(f"<</Type/StructElem/S/Form/P {document_ref}/K{content}>>")))
        parents.append(f"{len(drawn)} {kids[-1]}")
    document.body = f"<</Type/StructElem/S/Document/P {root_ref}/Lang{text(language)}/K {array(kids)}>>"
    tree = add(Entry(f"<</Nums {array(parents)}>>"))
    root.body = f"<</Type/StructTreeRoot/K {document_ref}/ParentTree {tree}/ParentTreeNextKey {len(parents)}>>"
    return root_ref


def _element(element: Element, above: str, page: str, place: int, language: str) -> str:
    entries: dict[str, object] = {"Type": "/StructElem", "S": f"/{element.tag}", "P": above, "Pg": page, "K": place}
    entries["Lang"] = text(element.language or language)
    if element.alternative:
        entries["Alt"] = text(element.alternative)
    if element.spoken:
        entries["ActualText"] = text(element.spoken)
    if element.box:
        entries["A"] = f"<</O/Layout/BBox {array(f'{edge:.2f}' for edge in element.box)}>>"
    return dictionary(entries)
