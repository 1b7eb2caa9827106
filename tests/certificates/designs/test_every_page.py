"""Every design of the gallery, in every kind and every pair of languages, judged as whoever holds the file would.

Signed, with its credential, the pictures of signatures, a seal and a logo: PDF/A-3a and PDF/UA-1, the signature by
poppler, the codes from a coarse print, name and number by pdftotext.
"""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import permutations
from pathlib import Path

import page as judge
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from tests.certificates.credentials.conftest import keys_folder
from tests.certificates.pdf.sheets import ABOUT
from trainreg.certificates.credentials.build import attachment_of
from trainreg.certificates.credentials.compact import compact_of
from trainreg.certificates.designs import trials
from trainreg.certificates.designs.gallery import GALLERY
from trainreg.certificates.designs.kit import Kit
from trainreg.certificates.designs.schema import LANGUAGES, Box, Design, PictureElement, Places, SealElement
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.keys.service import credential_key_of, current_key, signer_of
from trainreg.certificates.pdf import pictures
from trainreg.certificates.pdf.writer import draw
from trainreg.certificates.rules import CertificateKind

PAIRS = [*((language,) for language in LANGUAGES), *permutations(LANGUAGES, 2)]
_LOGO_ROOM = {"landscape": Box(246, 22, 22, 12), "portrait": Box(27, 27, 22, 12)}

__all__ = ["keys_folder"]
pytestmark = pytest.mark.slow


def _picture(width: int, height: int) -> bytes:
    drawn = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).ellipse((8, 8, width - 8, height - 8), outline=(30, 50, 140, 255), width=8)
    packed = io.BytesIO()
    drawn.save(packed, "PNG")
    return packed.getvalue()


SIGNATURE, SEAL, LOGO = (_picture(*size) for size in ((400, 130), (300, 300), (330, 180)))
KEPT = {sha256(content).hexdigest(): content for content in (SIGNATURE, SEAL, LOGO)}


@pytest.fixture(autouse=True)
def pictures_kept() -> Iterator[None]:
    before = pictures.loader()
    pictures.provide(lambda name: KEPT[name])
    yield
    pictures.provide(before)


def with_pictures(design: Design) -> Design:
    """The design with a seal for the place of one, and a logo in a corner."""
    _signature, seal, logo = KEPT
    places = Places(_LOGO_ROOM[design.page], _LOGO_ROOM[design.page])
    sealed = [replace(one, image=seal) if isinstance(one, SealElement) else one for one in design.elements]
    emblem = PictureElement(id="emblem", box=places, image=logo, alternative={"en": "Emblem"})
    return replace(design, elements=(*sealed, emblem))


def records(languages: tuple[str, ...]) -> Iterator[CertificateFacts]:
    """One of every kind."""
    signature = next(iter(KEPT))
    people = tuple(replace(one, image=signature) for one in trials.LONG.signatories[:2])
    for number, kind in enumerate(CertificateKind):
        yield replace(
            trials.LONG, languages=languages, kind=kind, signatories=people, status_list=1, status_index=number
        )


@pytest.mark.parametrize("name", GALLERY)
@pytest.mark.usefixtures("session", "keys_folder")
def test_every_page_holds_in_every_kind_and_pair(name: str, tmp_path: Path) -> None:
    kit, key = Kit(with_pictures(GALLERY[name])), current_key()
    path = tmp_path / "pages.pdf"
    for languages in PAIRS:
        kinds = list(records(languages))
        offline = [compact_of(facts, credential_key_of(key.id)) for facts in kinds]
        drawn = [
            kit.page(facts, verify=facts.verify_url, offline=one) for facts, one in zip(kinds, offline, strict=True)
        ]
        attached = [attachment_of(kinds[0], credential_key_of(key.id))]
        content = draw(drawn, about=ABOUT, signer=signer_of(key.id), attachments=attached)
        for profile in ("3a", "ua1"):
            assert judge.validate_pdf_bytes(content, profile=profile).failures == [], languages
        path.write_bytes(content)
        ensure_signed(path)
        has_offline = any(getattr(one, "form", "") == "offline" for one in GALLERY[name].elements)
        for facts, fine, text, codes in zip(kinds, offline, words_of(path), codes_of(path), strict=True):
            wanted = [facts.register_number, *(facts.names[language] for language in languages)]
            assert [one for one in wanted if one not in text] == [], (languages, facts.kind)
            assert codes == ({facts.verify_url, fine} if has_offline else {facts.verify_url}), (languages, facts.kind)


def ensure_signed(path: Path) -> None:
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in told and "Total document signed" in told


def words_of(path: Path) -> list[str]:
    """What pdftotext reads on each page."""
    told = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(page.split()) for page in told.split("\f")[:-1]]


def codes_of(path: Path) -> Iterator[set[str]]:
    """What zxing reads on each page of a print at 100 dots an inch."""
    subprocess.run(["pdftoppm", "-r", "100", "-gray", path, path.with_suffix("")], check=True)
    for printed in sorted(path.parent.glob("pages-*.pgm")):
        with Image.open(printed) as picture:
            yield {found.text for found in zxingcpp.read_barcodes(picture)}
