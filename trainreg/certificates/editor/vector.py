"""SVG pictures: refused when they hold more than a picture needs, else drawn once, finely, into pixels."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from fpdf import FPDF
from fpdf.svg import SVGObject
from PIL import Image

from trainreg.certificates.editor.pixels import CLEAR, first_page
from trainreg.certificates.editor.raster import LARGEST, Prepared, written
from trainreg.certificates.editor.refusals import BrokenPicture, HostileSvg, NotDrawnSvg, SvgWithoutSize
from trainreg.certificates.editor.rules import PictureUse

DPI = 600
MOST_PIXELS = 3600  # along the longer side
MOST_ELEMENTS = 5_000
MOST_DEPTH = 30
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_SILENT = {"title", "desc", "metadata"}
_HOSTILE = {"script", "foreignObject", "iframe", "image", "a", "animate", "set", "handler", "audio", "video", "style"}
_PLACES = {"d", "points", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2"}
_PAINT = {
    *("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "fill-rule"),
    *("stroke-dasharray", "stroke-dashoffset", "opacity", "fill-opacity", "stroke-opacity", "transform"),
}
# What changes nothing in how these shapes look, or says only what is usual anyway.
_WITHOUT_EFFECT = {
    *("id", "class", "version", "baseProfile", "preserveAspectRatio", "role", "xml:space", "enable-background"),
    *("clip-rule", "shape-rendering", "color-rendering", "image-rendering", "text-rendering", "color-interpolation"),
    *("font-family", "font-size", "font-weight", "font-style", "text-anchor", "overflow", "paint-order", "data-name"),
    *("vector-effect", "tabindex", "focusable", "color", "solid-color", "white-space", "line-height"),
}
_HARMLESS = {"display": {"inline", "block"}, "visibility": {"visible"}, "mix-blend-mode": {"normal"}}
_NOTHING = {"mask", "clip-path", "filter", "marker", "marker-start", "marker-mid", "marker-end"}
_NUMBER = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)\s*(?:px|mm|cm|in|pt|pc)?\s*", re.IGNORECASE)
_ESCAPE = re.compile(r"\\|/\*")


def prepare_svg(content: bytes, use: PictureUse) -> Prepared:
    """An SVG drawn at 600 dpi; raises a `BadPicture` that says what stands in the way."""
    root = _parsed(content)
    width, height = _size_of(root)
    most = min(MOST_PIXELS, round(LARGEST[use] / 25.4 * DPI))
    clean = _rebuilt(root, width, height)
    return written(_drawn(clean, width, height, most), most)


def _parsed(content: bytes) -> Element:
    if len(content) > 512 * 1024:
        raise NotDrawnSvg(what="more than 500 kB of shapes")
    try:
        root: Element = fromstring(content, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise HostileSvg(what="<!DOCTYPE>, <!ENTITY>") from error
    except (ParseError, ValueError, LookupError) as error:
        raise BrokenPicture from error
    if root.tag != f"{_SVG}svg":
        raise BrokenPicture
    return root


def _size_of(root: Element) -> tuple[float, float]:
    """The sides of the viewBox, or of the picture itself."""
    box = (root.get("viewBox") or "").replace(",", " ").split()
    if box:
        try:
            _left, _top, width, height = (float(part) for part in box)
        except ValueError as error:
            raise SvgWithoutSize from error
    else:
        sides = [_NUMBER.fullmatch(root.get(side) or "") for side in ("width", "height")]
        if None in sides:
            raise SvgWithoutSize
        width, height = (float(side[1]) for side in sides if side)
    if not (0 < width < 1e6 and 0 < height < 1e6 and 1 / 50 < width / height < 50):
        raise SvgWithoutSize
    return width, height


def _rebuilt(root: Element, width: float, height: float) -> Element:
    """The picture with nothing in it but shapes whose every word is understood."""
    clean = Element("svg", {"viewBox": root.get("viewBox") or f"0 0 {width} {height}", "xmlns": _SVG.strip("{}")})
    clean.attrib |= _attributes(root, besides=frozenset({"viewBox", "width", "height", "x", "y"}))
    count = 0

    def copy(source: Element, target: Element, depth: int) -> None:
        nonlocal count
        for child in source:
            count += 1
            if count > MOST_ELEMENTS or depth > MOST_DEPTH:
                raise NotDrawnSvg(what=f"> {MOST_ELEMENTS} shapes")
            name = _name_of(child)
            if name:
                words = _attributes(child)
                if name == "g" and words.get("opacity", "1") not in {"1", "1.0"}:
                    raise NotDrawnSvg(what="<g opacity>")  # it would be given to each shape, not to the whole
                copy(child, SubElement(target, name, words), depth + 1)

    copy(root, clean, 0)
    return clean


def _name_of(element: Element) -> str:
    """The shape's name; empty for what is not drawn anyway."""
    space, _brace, name = element.tag.rpartition("}")
    if name in _HOSTILE or name.casefold() in {"script", "foreignobject"}:
        raise HostileSvg(what=f"<{name}>")
    if f"{space}}}" != _SVG or name in _SILENT:
        return ""  # what drawing programs note for themselves
    if name == "defs" and not any(child.tag.startswith(_SVG) for child in element):
        return ""
    if name not in _DRAWN or name == "svg":
        raise NotDrawnSvg(what=f"<{name}>")
    return name


def _attributes(element: Element, besides: frozenset[str] = frozenset()) -> dict[str, str]:
    kept: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key.startswith("{"):
            if key.endswith("}href"):
                raise HostileSvg(what=f"href={value[:40]}")
            continue
        if key == "style":
            kept |= _styles(value)
        elif key not in besides:
            kept |= _one(key, value)
    return kept


def _styles(text: str) -> dict[str, str]:
    if _ESCAPE.search(text):
        raise HostileSvg(what="style=")
    kept: dict[str, str] = {}
    for declaration in filter(None, (part.strip() for part in text.split(";"))):
        key, colon, value = declaration.partition(":")
        if not colon:
            raise NotDrawnSvg(what=f"style={declaration[:40]}")
        kept |= _one(key.strip(), value.strip())
    return kept


def _one(key: str, value: str) -> dict[str, str]:
    """One property, if it is understood; nothing where it makes no difference."""
    lower = value.casefold()
    if key.casefold().startswith("on") or key == "href":
        raise HostileSvg(what=f"{key}=")
    if "url(" in lower.replace(" ", "") or "javascript:" in lower or "@import" in lower:
        raise HostileSvg(what=f"{key}: url()")
    if key in _PLACES or key in _PAINT:
        if lower in {"inherit", "context-fill", "context-stroke"} or "!important" in lower or "%" in value:
            raise NotDrawnSvg(what=f"{key}: {value[:40]}")
        return {} if key == "fill-rule" and lower == "nonzero" else {key: value}
    is_harmless = key in _WITHOUT_EFFECT or lower in _HARMLESS.get(key, ()) or (key in _NOTHING and lower == "none")
    if is_harmless or key.startswith(("data-", "aria-", "-inkscape", "font-", "text-", "letter-", "word-", "writing-")):
        return {}
    raise NotDrawnSvg(what=f"{key}: {value[:40]}")


def _drawn(clean: Element, width: float, height: float, most: int) -> Image.Image:
    """Draw it on a page of its own shape, and the page into pixels on nothing."""
    scale = 400 / max(width, height)
    document: Any = FPDF(unit="pt", format=(width * scale, height * scale))
    document.set_auto_page_break(False)
    document.set_margin(0)
    document.add_page()
    try:
        picture = SVGObject(tostring(clean, encoding="unicode"))
        picture.draw_to_page(document, 0, 0)
        content = bytes(document.output())
    except Exception as error:
        raise NotDrawnSvg(what="a shape or a colour") from error
    return first_page(content, width=round(width * scale * most / 400), ground=CLEAR).convert("RGBA")
