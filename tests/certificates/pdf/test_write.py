"""The file: archival and accessible by an independent judge, the same bytes always, small when it has many pages."""

import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
import zxingcpp
from PIL import Image, ImageCms
from pypdf import PdfReader

from tests.certificates.pdf.sheets import (
    ABOUT,
    ADDRESS,
    CREDENTIAL,
    certificate,
    faults,
    line,
    picture,
    run,
    several,
    sheet,
    spoken,
    words,
)
from tests.certificates.pdf.signing import SmallSigner
from trainreg.certificates.pdf.colours import srgb
from trainreg.certificates.pdf.page import QrCode, Strokes, Tag
from trainreg.certificates.pdf.writer import draw
from trainreg.certificates.render import sha256_of_file


def complete() -> bytes:
    return draw([certificate()], about=ABOUT, signer=SmallSigner(), attachments=[CREDENTIAL])


@pytest.mark.parametrize("signer", [None, SmallSigner()], ids=["unsigned", "signed"])
@pytest.mark.parametrize("attachments", [[], [CREDENTIAL]], ids=["alone", "with a credential"])
def test_it_is_pdf_a_3a_and_pdf_ua_1(signer: SmallSigner | None, attachments: list, tmp_path: Path) -> None:
    content = draw([certificate()], about=ABOUT, signer=signer, attachments=attachments)
    (tmp_path / "it.pdf").write_bytes(content)

    assert faults(content) == []
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", tmp_path / "it.pdf")
    assert len(content) < 60_000


def test_it_reads_aloud_in_the_order_of_its_items_each_in_its_language() -> None:
    root = PdfReader(io.BytesIO(complete())).root_object
    elements = [kid.get_object() for kid in root["/StructTreeRoot"]["/K"]["/K"]]

    assert [element["/S"] for element in elements[:2]] == ["/H1", "/P"]
    assert [element["/Lang"] for element in elements[:3]] == ["en", "mn", "en"]
    assert [element["/S"] for element in elements[-2:]] == ["/Figure", "/Form"]
    assert elements[-2]["/Alt"] == "QR code that leads to the verification page"
    assert [element["/K"] for element in elements[:-1]] == list(range(len(elements) - 1))
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_page_knows_the_elements_of_its_marked_content() -> None:
    reader = PdfReader(io.BytesIO(draw(several(3), about=ABOUT)))
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]

    for count, page in enumerate(reader.pages):
        parents = numbers[2 * count + 1]
        assert page["/StructParents"] == numbers[2 * count] == count
        assert len(parents) == page.get_contents().get_data().count(b"/MCID")
        assert {parent.get_object()["/Pg"].indirect_reference for parent in parents} == {page.indirect_reference}
    assert faults(draw(several(3), about=ABOUT, signer=SmallSigner())) == []


def test_it_says_what_it_is() -> None:
    reader = PdfReader(io.BytesIO(complete()))

    assert reader.metadata.title == reader.xmp_metadata.dc_title["x-default"] == ABOUT.title
    assert reader.metadata.author == reader.xmp_metadata.dc_creator[0] == ABOUT.author
    assert reader.metadata.creation_date == ABOUT.created_at
    assert reader.attachments == {"credential.jwt": [CREDENTIAL.content]}
    assert reader.root_object["/AF"][0]["/AFRelationship"] == "/Data"


def test_what_it_says_can_be_extracted(tmp_path: Path) -> None:
    text = words(complete(), tmp_path)

    for said in ("Certificate of Training", "Batbayar Enkhtuya", "Батбаярын Энхтуяа", "MN-2012/0001", ADDRESS):
        assert said in text
    assert "labour migration and counter" in text


def test_nothing_in_a_title_or_a_description_can_break_out_of_its_place() -> None:
    hostile = "A) /Contents<0000 >> endobj <script>&amp; \\ ( ]]> Ө"
    about = ABOUT.__class__(**{**{name: getattr(ABOUT, name) for name in ABOUT.__slots__}, "title": hostile})
    page = sheet(spoken(line("A", 50), tag=Tag.HEADING), QrCode(content="x", x=9, y=9, side=20, alternative=hostile))
    content = draw([page], about=about, signer=SmallSigner())

    assert faults(content) == []
    assert PdfReader(io.BytesIO(content)).metadata.title == hostile


def test_the_same_in_gives_the_same_bytes_a_day_later_too() -> None:
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC)):
        first = complete()
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=1)):
        assert complete() == first


@pytest.mark.parametrize("language", ["C.UTF-8", "tr_TR.UTF-8"])
def test_another_process_gives_the_same_bytes_whatever_its_language(language: str) -> None:
    program = (
        "import sys; from tests.certificates.pdf.test_write import complete; "
        "from trainreg.certificates.render import sha256_of_file; sys.stdout.write(sha256_of_file(complete()))"
    )
    root = Path(__file__).parents[3]
    other = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={"PYTHONPATH": str(root), "LC_ALL": language, "PYTHONHASHSEED": "7"},
    )

    assert other.stdout == sha256_of_file(complete())


@pytest.mark.parametrize(("content", "side"), [(ADDRESS, 22.0), (f"{ADDRESS}#{'Ab0-_9' * 70}", 48.0)])
def test_a_code_is_read_from_a_page_at_100_dpi(content: str, side: float, tmp_path: Path) -> None:
    code = QrCode(content=content, x=120, y=80, side=side, alternative="Code")
    drawn = picture(draw([sheet(code, ground=True)], about=ABOUT), tmp_path)

    assert [found.text for found in zxingcpp.read_barcodes(drawn)] == [content]


def test_many_pages_share_fonts_and_ground() -> None:
    few, many = (len(draw(several(count), about=ABOUT)) for count in (1, 101))

    assert (many - few) / 100 < 3_000


def test_the_profile_of_colours_is_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    standard = ImageCms.createProfile("sRGB")
    swatch = Image.new("RGB", (64, 1))
    swatch.putdata([(n * 4, 255 - n * 3, n * n % 256) for n in range(64)])
    turned = ImageCms.profileToProfile(swatch, profile, standard)

    differences = [abs(a - b) for a, b in zip(swatch.tobytes(), turned.tobytes(), strict=True)]
    assert max(differences) <= 1


def test_strokes_and_ground_are_decoration() -> None:
    page = sheet(Strokes(operators="0 0 10 10 re f"), spoken(line("A", 50), tag=Tag.HEADING), ground=True)
    content = PdfReader(io.BytesIO(draw([page], about=ABOUT))).pages[0].get_contents().get_data()

    assert content.count(b"/Artifact BMC") == 2
    assert content.count(b"BDC") == 1


def test_a_document_needs_a_page() -> None:
    with pytest.raises(ValueError, match="at least one page"):
        draw([], about=ABOUT)
