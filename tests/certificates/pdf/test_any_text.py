"""Whatever letters come together: drawn whole and said right, or refused; never garbled, never an accident."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.certificates.pdf.reading import paragraphs
from tests.certificates.pdf.sheets import ABOUT, faults, line, sheet, spoken
from trainreg.certificates.pdf.faces import FAMILIES, chain, measure, missing, setting
from trainreg.certificates.pdf.page import Tag
from trainreg.certificates.pdf.runs import clusters, levels
from trainreg.certificates.pdf.writer import draw

DRAWABLE = sorted({letter for face in FAMILIES for cut in chain(face) for letter in cut.characters})
mixed = st.text(st.one_of(st.sampled_from(DRAWABLE), st.characters(codec="utf-8")), min_size=1, max_size=12)
within = st.sampled_from(FAMILIES).flatmap(
    lambda face: st.sampled_from(chain(face)).flatmap(
        lambda cut: st.tuples(st.just(face), st.text(st.sampled_from(sorted(cut.characters)), min_size=1, max_size=8))
    )
)


@settings(max_examples=200, deadline=None)
@given(mixed)
def test_a_text_is_drawn_without_a_missing_glyph_or_refused_naming_its_own_characters(text: str) -> None:
    absent = missing(text, "serif")
    if absent:
        assert set(absent) <= set(unicodedata.normalize("NFC", text))
        with pytest.raises(ValueError, match="no glyph"):
            setting(text, "serif")
        return
    found = setting(text, "serif")
    assert all(glyph.number for stretch in found.stretches for glyph in stretch.glyphs)
    assert measure(text, "serif", 10) == pytest.approx(found.advance / 100)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(within)
def test_any_letters_of_one_script_make_an_archival_file_that_says_them(drawn: tuple[str, str]) -> None:
    face, text = drawn
    if missing(text, face) or not text.strip():
        return
    content = draw([sheet(spoken(line(text, 60, face=face), tag=Tag.HEADING))], about=ABOUT)
    (paragraph,) = paragraphs(content)

    assert (paragraph.actual or paragraph.read) == unicodedata.normalize("NFC", text)
    assert faults(content) == []


@settings(max_examples=200, deadline=None)
@given(mixed)
def test_cutting_into_letters_and_finding_directions_loses_nothing(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert len(levels(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bat", [0, 0, 0]),
        ("שלום", [1, 1, 1, 1]),
        ("A בג", [0, 0, 1, 1]),
        ("ב12", [1, 2, 2]),
        ("בA", [1, 2]),
        ("م\u200cه", [1, 1, 1]),
    ],
)
def test_levels_are_those_of_unicode(text: str, expected: list[int]) -> None:
    assert levels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x̄y̋", ["x̄", "y̋"]),
        ("क्षि", ["क्षि"]),
        ("क्‍ष", ["क्‍ष"]),
        ("น้ำ", ["น้ำ"]),
        ("علی‌رضا", ["ع", "ل", "ی\u200c", "ر", "ض", "ا"]),
        ("ᠨ᠎ᠠ", ["ᠨ\u180e", "ᠠ"]),
    ],
)
def test_letters_are_those_a_reader_counts(text: str, expected: list[str]) -> None:
    assert clusters(text) == expected
