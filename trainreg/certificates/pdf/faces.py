"""Families of typefaces that designs name: chains of cuts, of which every letter takes the first that has it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from trainreg.certificates.pdf.cuts import BOLD, MONGOLIAN, REGULAR, Cut, Glyph, cut
from trainreg.certificates.pdf.runs import choose, clusters, in_visual_order, runs

_CHAINS = {
    "serif": ("NotoSerif-Regular", "NotoSerifMore-Regular-2.004", *REGULAR, MONGOLIAN),
    "serif-bold": ("NotoSerif-Bold", "NotoSerifMore-Bold-2.004", *BOLD, MONGOLIAN),
    "serif-italic": ("NotoSerif-Italic", "NotoSerifMore-Italic-2.004", *REGULAR, MONGOLIAN),
    "display-bold": ("NotoSerifDisplay-Bold", "NotoSerifDisplayMore-Bold-2.003", *BOLD, MONGOLIAN),
    "sans": ("NotoSans-Regular-2.004", "NotoSansMore-Regular-2.004", *REGULAR, MONGOLIAN),
    "sans-bold": ("NotoSans-Bold", "NotoSansMore-Bold-2.004", *BOLD, MONGOLIAN),
}
FAMILIES = tuple(_CHAINS)
# Letters of these scripts hang together: space put between them would tear them apart.
_JOINED = frozenset({"Arab", "Mong", "Deva", "Beng", "Khmr", "Mymr", "Tibt"})


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Glyphs of one cut from left to right, with the letters each stands for."""

    cut: Cut
    glyphs: tuple[Glyph, ...]
    readings: tuple[str, ...]
    is_spaceable: bool


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A line of text as it stands on paper: `advance` in thousandths of the type size.

    `gaps` counts the places where tracking goes. `is_plain` when its glyphs, one beside the other, read back as the
    text; otherwise the file must say the text beside them: with the line, or with the whole paragraph where a part of
    it `is_turned` (runs from right to left: readers turn its glyphs about themselves). `broken` are the characters
    that had nothing to stand on.
    """

    text: str
    stretches: tuple[Stretch, ...]
    advance: int
    gaps: int
    is_plain: bool
    is_turned: bool
    broken: str


@cache
def chain(face: str) -> tuple[Cut, ...]:
    """The cuts of a family, in the order in which they are asked."""
    return tuple(map(cut, _CHAINS[face]))


def measure(text: str, face: str, size: float, tracking: float = 0) -> float:
    """The length of a line in points; ValueError where a character cannot be drawn."""
    found = setting(text, face)
    return found.advance * size / 1000 + tracking * found.gaps


def missing(text: str, face: str) -> str:
    """The characters of a text that no typeface of the family draws, each once, in their order."""
    return _missing(unicodedata.normalize("NFC", text), face)


def setting(text: str, face: str) -> Setting:
    """Shape a line of text; ValueError, naming the characters, where it cannot be drawn."""
    composed = unicodedata.normalize("NFC", text)
    if absent := _missing(composed, face):
        raise ValueError(f"{face} has no glyph for {absent!r}")
    return _set(composed, face)


@lru_cache(maxsize=4096)
def _missing(text: str, face: str) -> str:
    cuts = chain(face)
    if cuts[0].covers(text):
        # Nothing of the first cut can break: its scripts put no mark in the place of a letter.
        return ""
    absent: list[str] = []
    for cluster in clusters(text):
        if choose(cuts, cluster, None) is None:
            # What the cut that has the letter lacks; without one, all of it.
            bearer = next((cut for cut in cuts if cluster[0] in cut.characters), None)
            absent += [letter for letter in cluster if bearer is None or letter not in bearer.characters]
    return "".join(dict.fromkeys(absent)) or _set(text, face).broken


@lru_cache(maxsize=4096)
def _set(text: str, face: str) -> Setting:
    # Fitting a line measures it several times before it is drawn, and most lines of a page recur.
    stretches: list[Stretch] = []
    broken: list[str] = []
    is_plain, is_turned = True, False
    for run in in_visual_order(runs(text, chain(face))):
        shaped = run.cut.shape_run(text, run.start, run.end, is_rtl=run.level % 2 == 1)
        stretches.append(Stretch(run.cut, shaped.glyphs, shaped.readings, shaped.script not in _JOINED))
        broken += [text[place] for place in shaped.broken]
        is_turned |= run.level > 0
        is_plain &= all(
            run.cut.character_of.get(glyph.number) == letter and not glyph.x_offset and not glyph.y_offset
            for glyph, letter in zip(shaped.glyphs, shaped.readings, strict=True)
        )
    return Setting(
        text,
        tuple(stretches),
        sum(glyph.advance for stretch in stretches for glyph in stretch.glyphs),
        max(sum(glyph.ends for stretch in stretches if stretch.is_spaceable for glyph in stretch.glyphs) - 1, 0),
        is_plain
        and not is_turned
        and "".join(reading for stretch in stretches for reading in stretch.readings) == text,
        is_turned,
        "".join(dict.fromkeys(broken)),
    )
