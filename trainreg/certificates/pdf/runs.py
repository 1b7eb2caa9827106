"""Cutting a line of text where its typeface, its script or its direction changes, as Unicode says.

Marks, joiners and variation selectors stay with the letter they belong to: one typeface draws the whole cluster.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fpdf.bidi import BidiParagraph
from fpdf.unicode_script import UnicodeScript, get_unicode_script

from trainreg.certificates.pdf.cuts import Cut

_JOINERS = frozenset("\u200c\u200d\u180e")
_MARKS = frozenset({"Mn", "Mc", "Me"})
_VIRAMA = 9
# Thai and Lao AM are letters by category, but half of them is written above the letter before.
_LEANING = frozenset("\u0e33\u0eb3")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"})
_SHARED = frozenset({UnicodeScript.COMMON, UnicodeScript.INHERITED})


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a text that one cut draws in one script and direction."""

    start: int
    end: int
    cut: Cut
    level: int


@lru_cache(maxsize=4096)
def script_of(letter: str) -> UnicodeScript:
    """The script a character belongs to, or UnicodeScript.COMMON for what several scripts use."""
    found = get_unicode_script(letter)
    return UnicodeScript.COMMON if found in _SHARED else found


def clusters(text: str) -> list[str]:
    """The letters of a text as a reader counts them, each with its marks and joiners."""
    found: list[str] = []
    for letter in text:
        if found and (_is_leaning(letter) or _holds_on(found[-1], letter)):
            found[-1] += letter
        else:
            found.append(letter)
    return found


@lru_cache(maxsize=4096)
def _is_leaning(letter: str) -> bool:
    return letter in _JOINERS or letter in _LEANING or unicodedata.category(letter) in _MARKS


def _holds_on(cluster: str, letter: str) -> bool:
    """A conjunct goes on after a virama or a joiner, with or without a joiner between."""
    last = cluster[-1]
    if last == "\u200d" and len(cluster) > 1:
        last = cluster[-2]
    return unicodedata.combining(last) == _VIRAMA and unicodedata.category(letter) == "Lo"


def levels(text: str) -> list[int]:
    """The embedding level of each character (UAX #9): odd from right to left."""
    if not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return [0] * len(text)
    paragraph = BidiParagraph(text)
    known = {
        character.character_index: character.embedding_level
        for character in paragraph.get_characters_with_embedding_level()
    }
    found: list[int] = []
    for index in range(len(text)):
        # Joiners are taken out before levels are found; they go with the letter before them (UAX #9, 5.2).
        found.append(known.get(index, found[-1] if found else paragraph.base_embedding_level))
    return found


def choose(chain: Sequence[Cut], cluster: str, before: Cut | None) -> Cut | None:
    """The first cut with all of a cluster; what all scripts share stays with the cut before, if that has it."""
    if before and script_of(cluster[0]) is UnicodeScript.COMMON and before.covers(cluster):
        return before
    return next((cut for cut in chain if cut.covers(cluster)), None)


def runs(text: str, chain: Sequence[Cut]) -> list[Run]:
    """The runs of a text in NFC, in reading order; ValueError for a cluster that no cut has."""
    level = levels(text)
    found: list[Run] = []
    script = UnicodeScript.COMMON
    place = 0
    for cluster in clusters(text):
        last = found[-1] if found else None
        cut = choose(chain, cluster, last.cut if last and last.level == level[place] else None)
        if cut is None:
            raise ValueError(f"no typeface has a glyph for {cluster!r}")
        own = script_of(cluster[0])
        end = place + len(cluster)
        follows = own in (script, UnicodeScript.COMMON) or script is UnicodeScript.COMMON
        if last and follows and last.cut is cut and last.level == level[place]:
            found[-1] = Run(last.start, end, cut, last.level)
            script = script if own is UnicodeScript.COMMON else own
        else:
            found.append(Run(place, end, cut, level[place]))
            script = own
        place = end
    return found


def in_visual_order(found: Sequence[Run]) -> Iterator[Run]:
    """From left to right (UAX #9, L2): each stretch of a higher level is turned about."""
    ordered = list(found)
    for level in range(max((run.level for run in ordered), default=0), 0, -1):
        index = 0
        while index < len(ordered):
            end = index
            while end < len(ordered) and ordered[end].level >= level:
                end += 1
            ordered[index:end] = ordered[index:end][::-1]
            index = max(end, index + 1)
    yield from ordered
