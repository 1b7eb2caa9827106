"""One cut of a typeface: as certificates have always drawn it, and able to shape any script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import uharfbuzz as hb

from trainreg.certificates.drawing.typefaces import Typeface

_DOTTED_CIRCLE = "\N{DOTTED CIRCLE}"
# Mapped glyphs without a letter of their own (the second half of a vowel sign) read as this, which is nothing.
NOTHING = "\N{WORD JOINER}"
# In these scripts a ligature is an ornament, and without it each letter can be read back from the file.
_SPELT_OUT = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor"})
_WITHOUT_LIGATURES = {"liga": False, "clig": False}
# HarfBuzz would take the language from the environment, and some letters look different in some languages.
_ANY_LANGUAGE = "und"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph, in thousandths of the type size; `ends` when the next glyph belongs to another letter."""

    number: int
    advance: int
    x_offset: int
    y_offset: int
    ends: bool


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """A run as placed glyphs, from left to right.

    `readings` are the letters that each glyph stands for; `broken` the places in the text where marks had nothing to
    stand on, so that a dotted circle came in between.
    """

    glyphs: tuple[Glyph, ...]
    readings: tuple[str, ...]
    script: str
    broken: tuple[int, ...]


class Cut(Typeface):
    """A typeface file by its name; `code` is its number in every file that embeds it."""

    def __init__(self, name: str, code: int) -> None:
        super().__init__(name)
        self.code = code
        self.is_upright = "Italic" not in name
        self.is_bold = "Bold" in name

    @property
    def postscript_name(self) -> str:
        """The name without the version of the file."""
        return "-".join(self.name.split("-")[:2])

    @cached_property
    def metrics(self) -> dict[str, int]:
        """As of any typeface; of one without Latin letters, the ascender stands for the height of capitals."""
        extents = self._font.get_font_extents("ltr")
        found = self._font.get_nominal_glyph(ord("H"))
        capital = self._font.get_glyph_extents(found).y_bearing if found else extents.ascender
        return {
            "ascender": self.thousandths(extents.ascender),
            "descender": self.thousandths(extents.descender),
            "capital": self.thousandths(capital),
        }

    @cached_property
    def _circle(self) -> int | None:
        found: int | None = self._font.get_nominal_glyph(ord(_DOTTED_CIRCLE))
        return found

    @cached_property
    def space(self) -> int:
        """The glyph of the space, which every cut has."""
        return int(self._font.get_nominal_glyph(ord(" ")))

    def shape_run(self, text: str, start: int, end: int, *, is_rtl: bool) -> Shaped:
        """Shape a part of a text in one script and direction; its neighbours decide how its ends join."""
        buffer = hb.Buffer()
        buffer.add_str(text, start, end - start)
        buffer.direction = "rtl" if is_rtl else "ltr"
        buffer.language = _ANY_LANGUAGE
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, _WITHOUT_LIGATURES if buffer.script in _SPELT_OUT else {})
        infos, positions = buffer.glyph_infos or [], buffer.glyph_positions or []
        starts = [info.cluster for info in infos]
        numbers = [info.codepoint for info in infos]
        glyphs = tuple(
            Glyph(
                info.codepoint,
                self.thousandths(position.x_advance),
                self.thousandths(position.x_offset),
                self.thousandths(position.y_offset),
                index + 1 == len(starts) or starts[index + 1] != info.cluster,
            )
            for index, (info, position) in enumerate(zip(infos, positions, strict=True))
        )
        circles = [
            place
            for place, number in zip(starts, numbers, strict=True)
            if number == self._circle and _DOTTED_CIRCLE not in text[start:end]
        ]
        return Shaped(
            glyphs, self._readings(text, starts, numbers, end, is_rtl=is_rtl), str(buffer.script), tuple(circles)
        )

    def _readings(self, text: str, starts: list[int], numbers: list[int], end: int, *, is_rtl: bool) -> tuple[str, ...]:
        """Which letters each glyph stands for: its own, or one that is left of its cluster, the last all that is."""
        edges = [*sorted(set(starts)), end]
        spelt = dict(zip(edges, (text[edges[i] : edges[i + 1]] for i in range(len(edges) - 1)), strict=False))
        left = dict(spelt)
        own = [self.character_of.get(number, "") for number in numbers]
        for place, letter in zip(starts, own, strict=True):
            left[place] = left[place].replace(letter, "", 1)
        waiting = Counter(place for place, letter in zip(starts, own, strict=True) if not letter)
        order = range(len(own) - 1, -1, -1) if is_rtl else range(len(own))
        for index in order:
            place = starts[index]
            if own[index]:
                continue
            waiting[place] -= 1
            count = 1 if waiting[place] else len(left[place])
            own[index], left[place] = left[place][:count] or NOTHING, left[place][count:]
        return tuple(own)

    def covers(self, letters: Iterable[str]) -> bool:
        """Whether it has a glyph for each of these."""
        return self.characters.issuperset(letters)


_SCRIPTS = (
    "SerifArmenian-{}-2.005",
    "SerifGeorgian-{}-2.001",
    "SerifHebrew-{}-2.000",
    "NaskhArabic-{}-2.004",
    "SerifDevanagari-{}-2.001",
    "SerifBengali-{}-2.001",
    "SerifTamil-{}-2.001",
    "SerifThai-{}-2.000",
    "SerifKhmer-{}-2.001",
    "SerifMyanmar-{}-2.001",
    "SerifEthiopic-{}-2.000",
    "SerifTibetan-{}-2.001",
)
REGULAR, BOLD = (tuple(f"Noto{name.format(weight)}" for name in _SCRIPTS) for weight in ("Regular", "Bold"))
# Traditional Mongolian comes in one weight.
MONGOLIAN = "NotoSansMongolian-Regular-2.001"
# The place in this list is the number a cut has in every file: add at the end only.
_NAMES = (
    "NotoSerif-Regular",
    "NotoSerif-Bold",
    "NotoSerif-Italic",
    "NotoSerifDisplay-Bold",
    "NotoSans-Regular-2.004",
    "NotoSans-Bold",
    MONGOLIAN,
    *REGULAR,
    *BOLD,
    "NotoSerifMore-Regular-2.004",
    "NotoSerifMore-Bold-2.004",
    "NotoSerifMore-Italic-2.004",
    "NotoSerifDisplayMore-Bold-2.003",
    "NotoSansMore-Regular-2.004",
    "NotoSansMore-Bold-2.004",
)
CODES = {name: code for code, name in enumerate(_NAMES, start=1)}


@cache
def cut(name: str) -> Cut:
    """Find a cut by its file name; the first call of a process reads and parses it."""
    return Cut(name, CODES[name])
