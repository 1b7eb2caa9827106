"""Every design of the gallery, in every kind and language: it passes the gate, scans, and says what the record says."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.certificates.pdf.sheets import ABOUT
from trainreg.certificates.designs import gate, kit, trials
from trainreg.certificates.designs.gallery import DEFAULT, DIGESTS, GALLERY
from trainreg.certificates.designs.schema import LANGUAGES, Box, PictureElement, Places, canonical
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.pdf.page import Tag, Text
from trainreg.certificates.pdf.writer import draw
from trainreg.certificates.rules import CertificateKind


def lines_of(name: str, facts: CertificateFacts) -> list[str]:
    page = kit.kit(DIGESTS[name]).page(facts, verify=facts.verify_url)
    return [line.text for item in page.items if isinstance(item, Text) for line in item.lines]


@pytest.mark.parametrize("name", GALLERY)
def test_it_passes_the_gate_in_every_kind_and_language(name: str) -> None:
    assert gate.problems(GALLERY[name]) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", GALLERY)
def test_its_code_is_read_from_a_coarse_print(name: str, language: str, tmp_path: Path) -> None:
    facts = replace(trials.LONG, languages=(language,))
    page = kit.kit(DIGESTS[name]).page(facts, verify=facts.verify_url)
    (tmp_path / "one.pdf").write_bytes(draw([page], about=ABOUT))
    subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", tmp_path / "one.pdf", tmp_path / "one"], check=True)

    with Image.open(tmp_path / "one.png") as picture:
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [facts.verify_url]


@pytest.mark.parametrize("name", GALLERY)
def test_a_name_that_looks_like_a_placeholder_is_printed_as_a_name(name: str) -> None:
    lines = lines_of(name, trials.STRANGE)

    assert trials.STRANGE.names["en"] in lines


@pytest.mark.parametrize("name", GALLERY)
def test_the_traditional_line_stands_only_where_the_record_has_it(name: str) -> None:
    written = trials.STRANGE.names["mn-Mong"]

    assert written in lines_of(name, trials.STRANGE)
    assert written not in lines_of(name, trials.LONG)


@pytest.mark.parametrize("name", GALLERY)
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_as_many_sign_as_the_record_says(name: str, count: int) -> None:
    facts = replace(trials.LONG, signatories=trials.LONG.signatories[:count])
    text = " ".join(lines_of(name, facts))

    assert [f"Dr. {letter}. Oyuunbileg" in text for letter in "SDB"] == [place < count for place in range(3)]


def test_the_same_record_gives_the_same_bytes() -> None:
    design = GALLERY["trainers"]

    def drawn() -> bytes:
        return draw([kit.Kit(design).page(trials.LONG, verify=trials.LONG.verify_url)], about=ABOUT)

    assert drawn() == drawn()


def test_what_is_extracted_is_the_record() -> None:
    page = kit.kit(DEFAULT).page(trials.LONG, verify=trials.LONG.verify_url)
    (shown,) = PdfReader(io.BytesIO(draw([page], about=ABOUT))).pages
    text = " ".join(shown.extract_text().split())

    assert trials.LONG.names["en"] in text
    assert trials.LONG.register_number in text


def test_characters_and_lengths_that_cannot_be_printed_are_named() -> None:
    ready = kit.kit(DEFAULT)
    unknown, long = "Bat \U0001fae0", "W" * 400

    assert ready.flaws(replace(trials.LONG, names={"en": unknown})) == [kit.Flaw(unknown, "\U0001fae0")]
    assert ready.flaws(replace(trials.LONG, names={"en": long})) == [kit.Flaw(long)]
    with pytest.raises(kit.UnspokenLanguage):
        ready.page(replace(trials.LONG, languages=("de",), names={"de": "Bold"}), verify="")


def test_a_design_is_found_by_its_fingerprint_and_by_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "loaders", [lambda _: canonical(GALLERY["modern"])])

    assert kit.find_design(DIGESTS["ministry"]) is GALLERY["ministry"]
    with pytest.raises(kit.UnknownDesign):
        kit.find_design("0" * 64)


@pytest.mark.parametrize("change", ["pale", "small", "missing"])
def test_the_gate_says_what_is_wrong(change: str) -> None:
    design = GALLERY["modern"]
    pale = {**design.colours, "grey": "#cccccc"}
    by_id = {element.id: element for element in design.elements}
    small = replace(by_id["qr"].box.one, width=10.0, height=10.0)  # type: ignore[type-var]
    wrong = {
        "pale": replace(design, colours=pale),
        "small": replace(
            design,
            elements=tuple(
                replace(element, box=replace(element.box, one=small)) if element.id == "qr" else element
                for element in design.elements
            ),
        ),
        "missing": replace(
            design,
            elements=(*design.elements, _picture("ab" * 32)),
        ),
    }[change]

    said = " ".join(gate.problems(wrong))
    assert {"pale": "too pale", "small": "too small", "missing": "picture is missing"}[change] in said


def _picture(image: str) -> PictureElement:
    return PictureElement(id="logo", box=Places(Box(200, 30, 20, 5), Box(200, 30, 20, 5)), image=image)


def test_kinds_have_their_own_titles() -> None:
    titles = {_title(replace(trials.LONG, kind=kind)) for kind in CertificateKind}

    assert len(titles) == len(CertificateKind)


def _title(facts: CertificateFacts) -> str:
    page = kit.kit(DIGESTS["ministry"]).page(facts, verify=facts.verify_url)
    (heading,) = [item for item in page.items if isinstance(item, Text) and item.tag is Tag.HEADING]
    return " ".join(line.text for line in heading.lines)
