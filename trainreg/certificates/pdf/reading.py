"""What a file of ours says, paragraph by paragraph, as a screen reader gets it: the text beside the glyphs, or theirs.

Plain extraction reads glyphs where they stand, and so gives conjuncts and names from right to left in another order
than they are written. This knows only files that this room wrote; others it may not understand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from trainreg.certificates.pdf.contents import Contents, NotOurs, number, numbers, one, words
from trainreg.certificates.pdf.page import Tag

_MARKED = re.compile(rf"^/(?:{'|'.join(tag.value for tag in Tag)}) <</MCID (\d+)>> BDC (.*) EMC$", re.MULTILINE)
_TOKEN = re.compile(r"/ActualText <FEFF([0-9A-F]*)>|/(F\d+) [\d.]+ Tf|<([0-9A-F]+)>|(EMC)")
_ROW = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")


@dataclass(frozen=True, slots=True)
class Said:
    """One heading or paragraph: its words, their language and what it is in the document."""

    text: str
    language: str
    tag: Tag


def said(content: bytes) -> list[Said]:
    """Everything that a file of ours says, page by page, in reading order; raises NotOurs."""
    try:
        return list(_said(Contents(content)))
    except (KeyError, IndexError, ValueError) as problem:
        raise NotOurs(str(problem)) from problem


def carried(content: bytes, name: str) -> list[bytes]:
    """The files of this name that a file of ours carries; raises NotOurs."""
    contents = Contents(content)
    files = re.search(r"/EmbeddedFiles\s?<<\s?/Names\s?\[([^\]]*)\]", contents.catalogue)
    entries = (contents.entry(place) for place in numbers(files[1] if files else ""))
    return [contents.stream(number("UF", entry))[1] for entry in entries if words("UF", entry) == name]


def _said(contents: Contents) -> Iterator[Said]:
    pages = numbers(one(r"/Kids \[([^\]]*)\]", contents.entry(number("Pages", contents.catalogue))))
    tree = contents.entry(number("ParentTree", contents.entry(number("StructTreeRoot", contents.catalogue))))
    parents = dict(re.findall(r"(\d+) \[([^\]]*)\]", tree))
    fonts: dict[str, dict[int, str]] = {}
    for count, place in enumerate(pages):
        page = contents.entry(place)
        for name, font in _fonts(contents, page):
            if name not in fonts:
                fonts[name] = _letters(contents.stream(number("ToUnicode", contents.entry(font)))[1])
        elements = numbers(parents[str(count)])
        shown = contents.stream(number("Contents", page))[1].decode("ascii")
        for mark, operators in _MARKED.findall(shown):
            element = contents.entry(elements[int(mark)])
            text = words("ActualText", element) or "".join(_pieces(operators, fonts))
            yield Said(text.strip(), words("Lang", element), Tag(one(r"/S /(\w+)", element)))


def _fonts(contents: Contents, page: str) -> list[tuple[str, int]]:
    resources = contents.entry(number("Resources", page))
    return [(name, int(place)) for name, place in re.findall(r"/(F\d+) (\d+) 0 R", resources)]


@lru_cache(maxsize=64)
def _letters(to_unicode: bytes) -> dict[int, str]:
    return {
        int(glyph, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for glyph, letters in _ROW.findall(to_unicode)
    }


def _pieces(shown: str, fonts: dict[str, dict[int, str]]) -> Iterator[str]:
    letters: dict[int, str] = {}
    is_told = False
    for actual, font, glyphs, end in _TOKEN.findall(shown):
        if end:
            is_told = False
        elif font:
            letters = fonts[font]
        elif glyphs and not is_told:
            yield "".join(letters[int(glyphs[place : place + 4], 16)] for place in range(0, len(glyphs), 4))
        elif actual:
            is_told = True
            yield bytes.fromhex(actual).decode("utf-16-be")
