"""Every glyph stands where HarfBuzz puts it: text extraction alone does not see a misplaced mark."""

import re
import unicodedata

import pytest
import uharfbuzz as hb
from hypothesis import given, settings
from hypothesis import strategies as st

from trainreg.certificates.drawing.fitting import DoesNotFit, Stage, balanced, fit
from trainreg.certificates.drawing.sheet import show
from trainreg.certificates.drawing.typefaces import typeface
from trainreg.resources import static_folder

FACES = ["NotoSerifDisplay-Bold", "NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic", "NotoSans-Bold"]
FACE = typeface("NotoSerifDisplay-Bold")
Placed = tuple[int, int, float]


def by_harfbuzz(face: str, text: str) -> list[Placed]:
    """Glyph, x and y of each, in thousandths of the size, straight from HarfBuzz."""
    font = hb.Font(hb.Face((static_folder() / "fonts" / "pdf" / f"{face}.ttf").read_bytes()))
    buffer = hb.Buffer()
    buffer.add_str(unicodedata.normalize("NFC", text))
    buffer.guess_segment_properties()
    hb.shape(font, buffer, {"liga": False, "clig": False})
    scale, pen, placed = 1000 / font.face.upem, 0, []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        placed.append((info.codepoint, round((pen + position.x_offset) * scale), position.y_offset * scale))
        pen += position.x_advance
    return placed


def on_the_page(face: str, text: str) -> list[Placed]:
    """The same, read from the operators that the page carries at size 1000."""
    drawn = typeface(face)
    pen, rise, placed = 0, 0.0, []
    for string, number, raised in re.findall(
        r"<([0-9A-F]+)>|(-?\d+)(?=<)|(-?[\d.]+) Ts", show(drawn.shape(text), drawn, 1000)
    ):
        if raised:
            rise = float(raised)
        elif number:
            pen -= int(number)
        for start in range(0, len(string), 4):
            glyph = int(string[start : start + 4], 16)
            placed.append((glyph, pen, rise))
            pen += drawn.thousandths(drawn.nominal_width(glyph))
    return placed


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("name", ["AVATAR Το", "x̄y̋", "Ы̄ Э̄ Ө̆", "q̣̂", "Ү̈ү̈", "Ṽỹ W̃", "Гүнжээ", "L’Âme fi fl"])
def test_every_glyph_stands_where_harfbuzz_puts_it(face: str, name: str) -> None:
    expected, drawn = by_harfbuzz(face, name), on_the_page(face, name)

    assert [glyph for glyph, _, _ in drawn] == [glyph for glyph, _, _ in expected]
    for (_, x, y), (_, right_x, right_y) in zip(drawn, expected, strict=True):
        assert abs(x - right_x) <= 2
        assert abs(y - right_y) <= 0.01


letters = st.text(st.sampled_from(sorted(FACE.characters)), min_size=1, max_size=20)


@settings(max_examples=100, deadline=None)
@given(letters)
def test_any_text_of_the_typeface_is_placed_like_harfbuzz_does(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    if FACE.missing(composed):
        return
    expected, drawn = by_harfbuzz(FACE.name, composed), on_the_page(FACE.name, composed)

    assert [glyph for glyph, _, _ in drawn] == [glyph for glyph, _, _ in expected]
    assert all(abs(x - right) <= len(expected) for (_, x, _), (_, right, _) in zip(drawn, expected, strict=True))


@pytest.mark.parametrize("face", FACES)
def test_the_typefaces_hold_mongolian_cyrillic_and_the_signs_of_a_certificate(face: str) -> None:
    alphabet = "АБВГДЕЁЖЗИЙКЛМНОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ"

    assert typeface(face).missing(alphabet + alphabet.lower() + "№«»–·’“”—…₮") == ""


def test_a_text_is_broken_where_its_lines_come_out_even() -> None:
    assert balanced("one two three four", FACE, 2) == ("one two", "three four")
    assert balanced("a considerably longer title here", FACE, 3) == ("a considerably", "longer", "title here")
    assert balanced("Batbayar", FACE, 2) is None


def test_type_grows_smaller_before_lines_grow_more() -> None:
    stages = (Stage(1, 20, 12), Stage(2, 14, 8))
    width = FACE.width("Batbayar Enkhtuya", 15)

    assert fit("Bold", FACE, width=width, stages=stages).size == 20
    assert fit("Batbayar Enkhtuya", FACE, width=width, stages=stages).size in {14.5, 15}
    assert len(fit("Batbayaryn Enkhtuya Dorjiin", FACE, width=width, stages=stages).lines) == 2
    with pytest.raises(DoesNotFit):
        fit("Batbayar Enkhtuya " * 5, FACE, width=width, stages=stages)


def test_breaking_a_very_long_text_takes_no_time() -> None:
    lines = balanced(" ".join(["word"] * 200), FACE, 4)

    assert lines is not None
    assert max(map(len, lines)) - min(map(len, lines)) <= 10
