"""What comes out of the printer: the right name, in its place, with a code that scans."""

import io
import re
import subprocess
import sys
from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from pypdf import PdfReader

from tests.certificates.samples import ENGLISH, LONGEST, SHORTEST, TRAINER, named
from trainreg.certificates.designs import DESIGNS
from trainreg.certificates.drawing.placed import PAGE_HEIGHT_MM, PAGE_WIDTH_MM, Line
from trainreg.certificates.facts import CertificateFacts, canonical_json
from trainreg.certificates.render import Flaw, draw, draw_all, flaws, sha256_of_file

SAMPLES = [TRAINER, LONGEST, SHORTEST, ENGLISH]
NAMES = [
    "Ө. Үүрийнтуяа",
    "Гөлгөө Өлзийбүрэн",
    "Щербаков-Ёлкин Подъячев",
    "Қасым-Жомарт Әлімұлы",
    "Zoë Ångström-Žižek",
    "Nguyễn Thị Ánh",
    "İstanbul Iğdır",
    "O’Brien d’Arc",
    "Ægir Þórðarson",
    "Παπαδόπουλος",
    "A",
]


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def lines_of(facts: CertificateFacts) -> list[Line]:
    return DESIGNS[facts.design].lines(facts)


@pytest.mark.parametrize("facts", SAMPLES, ids=lambda facts: facts.kind.value)
def test_name_number_and_code_can_be_read_back(facts: CertificateFacts) -> None:
    text = text_of(draw(facts))

    for language in facts.languages:
        assert facts.names[language] in text
    assert facts.register_number in text
    assert facts.code in text
    assert facts.verify_url in text


@pytest.mark.parametrize("name", NAMES)
def test_names_in_every_alphabet_of_the_typefaces_come_out_as_written(name: str) -> None:
    facts = named(name, name)

    assert flaws(facts) == []
    assert name in text_of(draw(facts))


@pytest.mark.parametrize(
    ("name", "characters"),
    [("محمد", "محد"), ("王小明", "王小明"), ("Bat ᠪᠠᠲᠤ", "ᠪᠠᠲᠤ"), ("Bold 🎓", "🎓"), ("Бат\u200dболд", "\u200d")],
)
def test_characters_without_a_glyph_are_named_before_anything_is_issued(name: str, characters: str) -> None:
    found = flaws(named(name))

    assert found == [Flaw(name, characters)]
    with pytest.raises(ValueError, match="no glyph"):
        draw(named(name))


@pytest.mark.parametrize("field", ["event_title", "place", "organisation", "project_title"])
def test_every_text_of_the_paper_is_checked_not_only_the_name(field: str) -> None:
    facts = replace(TRAINER, **{field: {"en": "王", "mn": "王"}})

    assert flaws(facts) == [Flaw("王", "王")]


def test_a_text_too_long_for_its_place_is_refused() -> None:
    endless = " ".join(["Batbayar"] * 60)

    assert flaws(named(endless)) == [Flaw(endless)]
    assert flaws(named("Х" * 150)) == [Flaw("Х" * 150)]


@pytest.mark.parametrize("facts", SAMPLES, ids=lambda facts: facts.kind.value)
def test_nothing_leaves_the_frame_or_runs_into_the_next_line(facts: CertificateFacts) -> None:
    lines = lines_of(facts)

    for line in lines:
        assert line.left > 20
        assert line.left + line.width < PAGE_WIDTH_MM - 20
        assert 20 < line.y < PAGE_HEIGHT_MM - 19
    for above in lines:
        for below in lines:
            beside = above.left >= below.left + below.width or below.left >= above.left + above.width
            if above is below or beside or above.y > below.y:
                continue
            height = below.size * 0.352778 * 0.72
            assert below.y - height > above.y - 0.2, f"{below.text!r} runs into {above.text!r}"


def test_a_long_name_is_set_on_two_even_lines_and_a_short_one_large() -> None:
    sizes = {line.text: line.size for line in lines_of(LONGEST)}
    pieces = [text for text in sizes if text in LONGEST.names["en"]]

    assert len(pieces) == 2
    assert " ".join(pieces) == LONGEST.names["en"]
    assert {line.text: line.size for line in lines_of(SHORTEST)}["Bo"] > 30


def test_the_same_facts_give_the_same_bytes() -> None:
    assert draw(TRAINER) == draw(replace(TRAINER))


@pytest.mark.slow
def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import sys; from trainreg.certificates.facts import facts_from_json; from trainreg.certificates.render "
        "import draw, sha256_of_file; print(sha256_of_file(draw(facts_from_json(sys.stdin.read()))))"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], input=canonical_json(TRAINER), capture_output=True, text=True, check=True
    )

    assert other.stdout.strip() == sha256_of_file(draw(TRAINER))


@pytest.mark.slow
def test_a_name_drawn_after_another_is_drawn_as_if_alone() -> None:
    pages = PdfReader(io.BytesIO(draw_all([named("Ө Үрэл"), TRAINER, named("Ωmega")]))).pages

    assert [page["/MediaBox"][2] > page["/MediaBox"][3] for page in pages] == [True] * 3
    assert "Ө Үрэл" in pages[0].extract_text()
    assert TRAINER.names["mn"] in pages[1].extract_text()
    assert "Ωmega" in pages[2].extract_text()


def test_printing_all_in_one_file_shares_fonts_and_border() -> None:
    many = draw_all([TRAINER] * 50)

    assert len(PdfReader(io.BytesIO(many)).pages) == 50
    assert len(many) / 50 < 6_000


def test_the_file_says_its_title_and_language_and_embeds_every_font() -> None:
    reader = PdfReader(io.BytesIO(draw(TRAINER)))
    fonts = reader.pages[0]["/Resources"]["/Font"].values()

    assert reader.metadata is not None
    assert reader.metadata.title == "Batbayar Enkhtuya: Training for trainers (MN-2012/0001)"
    assert reader.root_object["/Lang"] == "en"
    for font in fonts:
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert len(descriptor["/FontFile2"].get_data()) > 1000


@pytest.mark.parametrize("facts", SAMPLES, ids=lambda facts: facts.kind.value)
def test_the_qr_code_leads_to_the_verification_page(facts: CertificateFacts) -> None:
    assert [code.text for code in zxingcpp.read_barcodes(_qr_image(draw(facts)))] == [facts.verify_url]


def _qr_image(content: bytes) -> Image.Image:
    """The black squares of the page as a picture, from the drawing operators in the finished file."""
    stream = PdfReader(io.BytesIO(content)).pages[0].get_contents()
    assert stream is not None
    squares = re.search(rb"cm 0 g ([\d re]+) f", stream.get_data())
    assert squares is not None
    picture = Image.new("L", (480, 480), 255)
    pen = ImageDraw.Draw(picture)
    for left, bottom, width in re.findall(rb"(\d+) (\d+) (\d+) 1 re", squares[1]):
        x, y = 30 + int(left) * 8, 440 - int(bottom) * 8
        pen.rectangle((x, y, x + int(width) * 8 - 1, y + 7), fill=0)
    return picture


def test_invented_people_are_marked_as_specimens_and_others_are_not() -> None:
    assert "SPECIMEN" in text_of(draw(SHORTEST))
    assert "SPECIMEN" not in text_of(draw(TRAINER))


drawable = st.text(st.characters(codec="utf-8", min_codepoint=0x400, max_codepoint=0x4FF), min_size=1, max_size=30)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(drawable)
def test_any_cyrillic_name_is_drawn_letter_by_letter_or_refused(name: str) -> None:
    facts = named("Bold", name)
    printed = facts.names["mn"]

    if not flaws(facts):
        assert "".join(printed.split()) in text_of(draw(facts)).replace(" ", "")
