"""HTML documents, read strictly: html5lib judges whatever is new, and a quick reader knows what it has judged.

html5lib takes longer to read a page than the product to make it. Whether a page is well-formed depends on which
elements stand inside which, with which attributes; so a page all of whose elements stood so before, in a page that
html5lib approved, needs no second opinion. What the quick reader does not follow at once goes to html5lib.
"""

import re
from html import unescape
from xml.etree.ElementTree import Element, TreeBuilder

import html5lib

SVG = "{http://www.w3.org/2000/svg}"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
RAW = {"script", "style"}
RAW_WITH_REFERENCES = {"textarea", "title"}

_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)"""
_TOKEN = re.compile(
    rf"""<!--(?!>|->)(?:(?!--).)*-->
    |</(?P<end>[a-z][a-z0-9]*)>
    |<(?P<start>[a-z][a-z0-9]*)(?P<attributes>(?:\s+[a-z][\w:-]*(?:={_VALUE})?)*)\s*(?P<closed>/?)>
    |(?P<text>[^<]+)""",
    re.X | re.I | re.S,
)
_ATTRIBUTE = re.compile(rf"\s+([a-zA-Z][\w:-]*)(?:=({_VALUE}))?")
_UNUSUAL_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|nbsp|#[0-9]+|#x[0-9a-f]+);)", re.I)
_DOCTYPE = re.compile(r"\s*<!doctype html>\s*", re.I)

Place = tuple[tuple[str, ...], str, tuple[str, ...]]  # the elements around it, its tag, the names of its attributes

_approved: set[Place] = set()


def read_document(text: str) -> Element:
    """The root of a page's tree; AssertionError for a page that is not well-formed."""
    quick = _QuickReader()
    tree = quick.read(text.replace("\r\n", "\n"))
    if tree is not None and quick.places <= _approved:
        return tree
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    slow: Element = parser.parse(text)
    assert not parser.errors, f"the page is not well-formed: {parser.errors[:3]}"
    if tree is None:
        return slow
    _approved.update(quick.places)
    return tree


class _QuickReader:
    """Follows documents whose every element is opened and closed in words, in order."""

    def __init__(self) -> None:
        self.places: set[Place] = set()
        self._builder = TreeBuilder()
        self._open: tuple[str, ...] = ()

    def read(self, text: str) -> Element | None:
        """The root, or None where it lost its way."""
        head = _DOCTYPE.match(text)
        position = head.end() if head and not _UNUSUAL_REFERENCE.search(text) else len(text)
        while position < len(text):
            token = _TOKEN.match(text, position)
            if token is None or (not self._open and self.places and not token[0].isspace()):
                return None
            position = token.end()
            if token["start"]:
                position = self._start(token, text)
                if position < 0:
                    return None
            elif end := token["end"]:
                if not self._open or self._open[-1] != end:
                    return None
                self._end()
            elif token["text"] and self._open:
                self._builder.data(unescape(token["text"]))
        return self._builder.close() if self.places and not self._open else None

    def _start(self, token: re.Match[str], text: str) -> int:
        """Open an element; where to read on, or -1 where it is lost."""
        tag, pairs = token["start"], _ATTRIBUTE.findall(token["attributes"])
        self.places.add((self._open, tag, tuple(name for name, _value in pairs)))
        values = {name: unescape(value[1:-1] if value[:1] in "\"'" else value) for name, value in pairs}
        self._open = (*self._open, tag)
        self._builder.start(self._name(), values)
        if tag in VOID or (token["closed"] and "svg" in self._open):
            self._end()
        elif token["closed"]:
            return -1
        elif tag in RAW | RAW_WITH_REFERENCES:
            end = text.find(f"</{tag}>", token.end())
            if end >= 0:
                content = text[token.end() : end]
                self._builder.data(unescape(content) if tag in RAW_WITH_REFERENCES else content)
            return end
        return token.end()

    def _name(self) -> str:
        return f"{SVG}{self._open[-1]}" if "svg" in self._open else self._open[-1]

    def _end(self) -> None:
        self._builder.end(self._name())
        self._open = self._open[:-1]
