"""The typefaces of certificates: parsed once per process, shaped by HarfBuzz, embedded only as far as used."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import uharfbuzz as hb

from trainreg.resources import static_folder

_FOLDER = static_folder() / "fonts" / "pdf"
# No ligatures: a name must come out of the PDF letter by letter, as it went in.
_FEATURES = {"liga": False, "clig": False}
_DROPPED_TABLES = ("GDEF", "GPOS", "GSUB", "name", "post", "OS/2", "cmap", "STAT", "gasp", "DSIG", "meta")
_DROPPED = {int.from_bytes(tag.encode()) for tag in _DROPPED_TABLES}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a line, in units of the typeface: what it advances and where it sits."""

    number: int
    advance: int
    x_offset: int
    y_offset: int


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A shaped line; `is_plain` when reading its glyphs back one by one gives the text itself."""

    text: str
    glyphs: tuple[Glyph, ...]
    advance: int
    is_plain: bool


class Typeface:
    """One cut of a font, able to measure, to shape and to hand out just the glyphs a page uses.

    Two threads that ask for it first may each get their own: of one name they are one, in a page and in what is kept.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._face = hb.Face(hb.Blob((_FOLDER / f"{name}.ttf").read_bytes()))
        self._font = hb.Font(self._face)
        self.units_per_em: int = self._face.upem
        self.characters: frozenset[str] = frozenset(map(chr, self._face.unicodes))

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)

    @cached_property
    def character_of(self) -> dict[int, str]:
        """The character each glyph stands for; of two that share a glyph, the first in Unicode."""
        by_glyph: dict[int, str] = {}
        for character in sorted(self.characters):
            by_glyph.setdefault(self._font.get_nominal_glyph(ord(character)), character)
        return by_glyph

    @cached_property
    def metrics(self) -> dict[str, int]:
        """Ascender, descender and capital height, in thousandths of the type size."""
        extents = self._font.get_font_extents("ltr")
        capital = self._font.get_glyph_extents(self._font.get_nominal_glyph(ord("H")))
        return {
            "ascender": self.thousandths(extents.ascender),
            "descender": self.thousandths(extents.descender),
            "capital": self.thousandths(capital.y_bearing),
        }

    def thousandths(self, units: int) -> int:
        """Convert units of the typeface to the thousandths that PDF counts in."""
        return round(units * 1000 / self.units_per_em)

    def nominal_width(self, glyph_number: int) -> int:
        """The width of one glyph standing alone, in units of the typeface."""
        return int(self._font.get_glyph_h_advance(glyph_number))

    def missing(self, text: str) -> str:
        """The characters of a text that this typeface cannot draw, each once, in their order."""
        composed = unicodedata.normalize("NFC", text)
        return "".join(dict.fromkeys(letter for letter in composed if letter not in self.characters))

    def shape(self, text: str) -> Run:
        """Turn one line of text into placed glyphs; ValueError where a character cannot be drawn."""
        return _shaped(self, unicodedata.normalize("NFC", text))

    def shape_composed(self, text: str) -> Run:
        """As `shape`, for text in NFC, and without remembering the answer."""
        if absent := self.missing(text):
            raise ValueError(f"{self.name} has no glyph for {absent!r}")
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, _FEATURES)
        glyphs = tuple(
            Glyph(info.codepoint, position.x_advance, position.x_offset, position.y_offset)
            for info, position in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True)
        )
        read_back = "".join(self.character_of.get(glyph.number, "") for glyph in glyphs)
        return Run(text, glyphs, sum(glyph.advance for glyph in glyphs), read_back == text)

    def width(self, text: str, size: float) -> float:
        """The length of a line set at this size, in the unit of the size."""
        return self.shape(text).advance * size / self.units_per_em

    def subset(self, glyph_numbers: Iterable[int]) -> bytes:
        """A font file with these glyphs alone, under their own numbers."""
        wanted = hb.SubsetInput()
        wanted.flags = (
            hb.SubsetFlags.RETAIN_GIDS
            | hb.SubsetFlags.NO_HINTING
            | hb.SubsetFlags.NOTDEF_OUTLINE
            | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        )
        wanted.glyph_set.update(glyph_numbers)
        wanted.drop_table_tag_set.update(_DROPPED)
        return bytes(hb.subset(self._face, wanted).blob.data)


@lru_cache(maxsize=1024)
def _shaped(face: Typeface, text: str) -> Run:
    # Fitting a line measures it several times before it is drawn, and most lines of a page recur.
    return face.shape_composed(text)


@cache
def typeface(name: str) -> Typeface:
    """Find a typeface by its file name; the first call of a process reads and parses it."""
    return Typeface(name)
