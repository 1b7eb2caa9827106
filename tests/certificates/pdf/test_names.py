"""Two hundred and fifty names: every glyph stands where HarfBuzz puts it and the name reads back, or it is refused."""

import io
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import uharfbuzz as hb
from pypdf import PdfReader

from tests.certificates.pdf.names import NAMES, REFUSED, all_names
from tests.certificates.pdf.reading import Paragraph, Placed, paragraphs
from tests.certificates.pdf.sheets import ABOUT, line, sheet, spoken, words
from trainreg.certificates.pdf.cuts import CODES
from trainreg.certificates.pdf.faces import FAMILIES, chain, measure, missing
from trainreg.certificates.pdf.page import Anchor, Page
from trainreg.certificates.pdf.runs import in_visual_order, runs
from trainreg.certificates.pdf.writer import draw
from trainreg.resources import static_folder

# Scripts whose letters pdftotext gives back in their order: it knows no other way to read vowel points and mixed lines.
EXTRACTED = [
    script
    for script in NAMES
    if script not in {"Hebrew", "Arabic", "Persian and Urdu", "several at once", "a hundred characters"}
]
_SPELT_OUT = {"Latn", "Cyrl", "Grek", "Armn", "Geor"}


def page_of(names: list[str], face: str) -> Page:
    return sheet(*(spoken(line(name, 10 + 5 * place, face=face, size=10)) for place, name in enumerate(names)))


@cache
def drawn(face: str) -> list[Paragraph]:
    names = [name for _, name in all_names()]
    pages = [page_of(names[start : start + 38], face) for start in range(0, len(names), 38)]
    return paragraphs(draw(pages, about=ABOUT))


@cache
def font(name: str) -> hb.Font:
    return hb.Font(hb.Face((static_folder() / "fonts" / "pdf" / f"{name}.ttf").read_bytes()))


def by_harfbuzz(text: str, face: str) -> list[Placed]:
    """The glyphs and their places straight from HarfBuzz, run by run."""
    pen, placed = 0, []
    for run in in_visual_order(runs(text, chain(face))):
        buffer = hb.Buffer()
        buffer.add_str(text, run.start, run.end - run.start)
        buffer.direction = "rtl" if run.level % 2 else "ltr"
        buffer.language = "und"
        buffer.guess_segment_properties()
        hb.shape(font(run.cut.name), buffer, {"liga": False, "clig": False} if buffer.script in _SPELT_OUT else {})
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            place = (pen + position.x_offset, position.y_offset)
            placed.append((run.cut.postscript_name, info.codepoint, *place))
            pen += position.x_advance
    return placed


@pytest.mark.parametrize("face", FAMILIES)
def test_every_glyph_stands_where_harfbuzz_puts_it(face: str) -> None:
    assert len(all_names()) >= 200
    for (script, name), paragraph in zip(all_names(), drawn(face), strict=True):
        assert paragraph.glyphs == by_harfbuzz(unicodedata.normalize("NFC", name), face), f"{script}: {name}"
        assert all(glyph for _, glyph, _, _ in paragraph.glyphs), f"{script}: {name}"


def test_a_glyph_that_does_not_read_as_its_letter_has_the_text_beside_it() -> None:
    for (script, name), paragraph in zip(all_names(), drawn("serif"), strict=True):
        composed = unicodedata.normalize("NFC", name)
        assert (paragraph.actual or paragraph.read) == composed, script


@pytest.mark.parametrize("script", EXTRACTED)
def test_pdftotext_reads_the_name(script: str, tmp_path: Path) -> None:
    pages = [page_of([name], "serif-bold") for name in NAMES[script]]
    text = words(draw(pages, about=ABOUT), tmp_path, "-raw")

    for name in NAMES[script]:
        assert " ".join(unicodedata.normalize("NFC", name).split()) in text


@pytest.mark.parametrize("name", ["محمد", "خالد", "کیان", "גורדון דוד", "שלמה כהן"])
def test_pdftotext_reads_names_from_right_to_left_too(name: str, tmp_path: Path) -> None:
    assert words(draw([page_of([name], "serif")], about=ABOUT), tmp_path) == name


@pytest.mark.parametrize(("name", "characters"), REFUSED)
def test_what_cannot_be_drawn_is_refused_naming_the_characters(name: str, characters: str) -> None:
    for face in FAMILIES:
        assert missing(name, face) == characters
    with pytest.raises(ValueError, match=re.escape(repr(characters))):
        draw([page_of([name], "serif")], about=ABOUT)


def test_a_letter_keeps_its_marks_and_joiners_in_one_typeface() -> None:
    for _, name in all_names():
        text = unicodedata.normalize("NFC", name)
        for run in runs(text, chain("serif")):
            assert not unicodedata.category(text[run.start]).startswith("M") or run.start == 0, name


def test_a_name_from_right_to_left_stands_with_its_first_letter_at_the_right() -> None:
    assert [run.level for run in runs("Bat محمد Dorj", chain("serif"))] == [0, 1, 0]
    last, first = in_visual_order(runs("שלום Bold", chain("serif")))
    assert (last.level, first.level) == (2, 1)


@pytest.mark.parametrize("anchor", Anchor)
def test_a_vertical_line_runs_down_from_its_place(anchor: Anchor) -> None:
    text = "ᠮᠣᠩᠭᠣᠯ"
    item = spoken(line(text, 100, x=40, anchor=anchor, is_vertical=True), language="mn-Mong")
    content = draw([sheet(item)], about=ABOUT)
    length = measure(text, "serif", 12)
    share = {Anchor.LEFT: 0, Anchor.MIDDLE: 0.5, Anchor.RIGHT: 1}[anchor]
    stream = PdfReader(io.BytesIO(content)).pages[0].get_contents().get_data().decode()
    x, y = re.search(r"0 -1 1 0 ([\d.]+) ([\d.]+) Tm", stream).groups()

    assert float(x) == pytest.approx(40 * 72 / 25.4, abs=0.01)
    assert float(y) == pytest.approx((210 - 100) * 72 / 25.4 + length * share, abs=0.01)


def test_tracking_spreads_letters_and_leaves_marks_and_joined_scripts_alone() -> None:
    assert measure("Bold", "serif", 10, 2) == pytest.approx(measure("Bold", "serif", 10) + 3 * 2)
    assert measure("x̄y̋", "serif", 10, 2) == pytest.approx(measure("x̄y̋", "serif", 10) + 2)
    assert measure("محمد", "serif", 10, 2) == measure("محمد", "serif", 10)
    spread = paragraphs(draw([sheet(spoken(line("x̄y̋", 50, size=10, tracking=2)))], about=ABOUT))[0].glyphs
    close = paragraphs(draw([sheet(spoken(line("x̄y̋", 50, size=10)))], about=ABOUT))[0].glyphs
    assert [round(a[2] - b[2]) for a, b in zip(spread, close, strict=True)] == [0, 0, 200, 200]


def test_every_typeface_is_there_and_used() -> None:
    files = {path.stem for path in (static_folder() / "fonts" / "pdf").glob("*.ttf")}

    assert files == set(CODES) == {cut.name for face in FAMILIES for cut in chain(face)}
