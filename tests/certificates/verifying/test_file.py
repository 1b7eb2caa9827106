"""The PDF of a certificate is handed in: each check holds or does not, in a sentence, and nothing is kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader, PdfWriter

from tests import factories as make
from tests.attacks.test_papers import HOSTILE, page_of
from tests.certificates.credentials.conftest import hold
from tests.certificates.keys.signed import signed
from tests.certificates.samples import TRAINER
from tests.pages import Page, Pages
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.composing import Layout, printed
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.keys import x509
from trainreg.certificates.keys.cms import CmsSigner
from trainreg.certificates.keys.rules import KeyAlgorithm
from trainreg.certificates.models import Certificate, Rendition
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import draw_certificate, sha256_of_file
from trainreg.certificates.verifying import file_pages
from trainreg.kernel.db import db

GENUINE = "This file is genuine, and the certificate is valid."
ALTERED = "This file is not what was handed out. Do not trust it."


def hand_in(pages: Pages, content: bytes, **kwargs: object) -> Page:
    return pages.post("/v/file", {"file": (BytesIO(content), "certificate.pdf")}, **kwargs)


def unsigned(facts: CertificateFacts) -> bytes:
    """The same page as anybody could draw it, without our key."""
    return printed([facts], [None], Layout.PLAIN)


def failed(page: Page) -> list[str]:
    """The sentences of the checks that did not hold."""
    lines = [" ".join("".join(line.itertext()).split()) for line in page.find_all("li", class_="check-failed")]
    return [line.removeprefix("Does not hold: ") for line in lines]


@pytest.fixture
def file_in_hand(held: Certificate) -> bytes:
    """A signed file as it was handed out to Bolor."""
    content = draw_certificate(held)
    db.session.add(Rendition(certificate=held, sha256=sha256_of_file(content), size=len(content), drawn_at=make.NOW))
    db.session.commit()
    return content


def test_a_signed_file_passes_every_check(pages: Pages, held: Certificate, file_in_hand: bytes) -> None:
    page = hand_in(pages, file_in_hand)
    assert page.status == 200 and GENUINE in page.text and failed(page) == []
    assert len(page.find_all("li", class_="check-held")) == 13
    assert f"/v/{held.code}" in page.html and "electronic signature" not in page.text


def test_a_file_of_the_first_version_is_judged_by_its_own_measure(pages: Pages, world: World) -> None:
    certificate = hold(make.registration(world.event, world.bolor), TRAINER)
    page = hand_in(pages, draw_certificate(certificate))
    assert GENUINE in page.text and failed(page) == []
    assert "carries no electronic signature" in page.text


def test_appended_bytes(pages: Pages, file_in_hand: bytes) -> None:
    page = hand_in(pages, file_in_hand + b"\n% more\n")
    assert ALTERED in page.text
    assert failed(page) == [
        "The file is not, byte for byte, what was handed out.",
        "Something was added to the file after we signed it.",
    ]


def test_a_changed_byte(pages: Pages, file_in_hand: bytes) -> None:
    place = len(file_in_hand) // 2
    page = hand_in(pages, file_in_hand[:place] + bytes([file_in_hand[place] ^ 1]) + file_in_hand[place + 1 :])
    assert ALTERED in page.text
    assert "The file was changed after we signed it." in failed(page)


def test_another_name_drawn_under_the_same_code(pages: Pages, held: Certificate, file_in_hand: bytes) -> None:
    facts = facts_of(held)
    forged = replace(facts, names={**facts.names, "en": "Ganbold Forger"}, event_title={"en": "Law", "mn": "Хууль"})
    page = hand_in(pages, unsigned(forged))
    assert ALTERED in page.text
    assert failed(page) == [
        "The name on the page is not the one that was issued.",
        "The event on the page is not the one that was issued.",
        "The file is not, byte for byte, what was handed out.",
        "The file carries no signature, and what was handed out is signed.",
        "The credential that belongs inside the file is missing.",
    ]


def test_the_signature_of_a_stranger(pages: Pages, held: Certificate, file_in_hand: bytes) -> None:
    private = x509.new_private_key(KeyAlgorithm.ES256)
    own = x509.self_signed(private, organisation="Ministry", site="http://localhost", at=datetime.now(UTC))
    page = hand_in(pages, signed(CmsSigner("FORGED", private, [own]), unsigned(facts_of(held))))
    assert "The file is signed, but with no key of ours." in failed(page)


def test_a_stolen_key_signs_nothing_any_more(pages: Pages, held: Certificate) -> None:
    content = draw_certificate(held)
    assert held.signing_key is not None
    since = held.issued_at - timedelta(days=1)
    held.signing_key.retired_at, held.signing_key.compromised_since = since, since
    held.signing_key.is_current = False
    db.session.commit()
    assert "The key that signed it may have been in other hands at that time." in failed(hand_in(pages, content))


def test_a_genuine_file_of_a_revoked_certificate(pages: Pages, held: Certificate, file_in_hand: bytes) -> None:
    service.revoke(held, reason="Mistake", by=make.STAFF)
    db.session.commit()
    page = hand_in(pages, file_in_hand)
    assert "This file is genuine, but the certificate is not in force today." in page.text
    assert failed(page) == [
        "The public list of states names it as withdrawn: it was revoked.",
        "The certificate is not in force today.",
    ]
    assert "Mistake" not in page.html


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_gets_a_sentence(pages: Pages, kind: str) -> None:
    page = hand_in(pages, HOSTILE[kind]())
    assert page.status in {200, 422}
    assert "Choose the file" in page.text if kind == "nothing" else "This file" in page.text


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(page_of(b"x", b""))))
    writer.encrypt("secret", algorithm="RC4-128")
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def many_pages() -> bytes:
    writer = PdfWriter()
    for _ in range(10_000):
        writer.add_blank_page(100, 100)
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("make_file", "sentence"),
    [
        (encrypted, "The file is locked with a password. Certificates are handed out without one."),
        (many_pages, "The file has more pages than can be checked here."),
    ],
)
def test_it_says_why_a_file_cannot_be_checked(pages: Pages, make_file: object, sentence: str) -> None:
    page = hand_in(pages, make_file())
    assert "This file could not be checked." in page.text and failed(page) == [sentence]


def test_too_large(pages: Pages) -> None:
    assert hand_in(pages, b"%PDF-1.7" + b"0" * (10 * 1024 * 1024 + 1000)).status == 422
    assert hand_in(pages, b"%PDF-1.7" + b"0" * (11 * 1024 * 1024)).status == 413


def test_what_is_no_file_at_all(pages: Pages) -> None:
    for data in ({}, {"file": "typed"}, {"file": (BytesIO(b""), "")}):
        page = pages.post("/v/file", data)
        assert page.status == 422 and "Choose the file of the certificate." in page.text


def test_files_are_slow_to_guess_with(pages: Pages) -> None:
    strange = page_of(b"BT (7K3F-9Q2M-ABCD-EFGH-JKM0) Tj ET", b"")
    with time_machine.travel(datetime.now(UTC), tick=False):  # a slow machine must not outlast the window
        statuses = [hand_in(pages, strange).status for _ in range(13)]
        assert statuses == [200] * 12 + [429]
        elsewhere = {"REMOTE_ADDR": "192.0.2.9"}
        assert hand_in(pages, strange, environ_overrides=elsewhere).status == 200


def test_two_are_read_at_once_and_no_more(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_pages, "_PATIENCE", 0.01)
    for _ in range(2):
        file_pages._READERS.acquire()
    try:
        page = hand_in(pages, b"%PDF-1.7")
    finally:
        for _ in range(2):
            file_pages._READERS.release()
    assert page.status == 503 and "Other files are being checked" in page.text
    assert "could not be checked" in hand_in(pages, b"%PDF-1.7").text
