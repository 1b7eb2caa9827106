"""A whole file as it is handed out: drawn by the writer, with the credential inside, signed; every check holds."""

import subprocess
from base64 import b64encode
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from tests.certificates.credentials.browsing import call, outcomes
from tests.certificates.credentials.samples import HELD, ISSUED_AT
from trainreg.certificates.credentials.build import ATTACHED_AS, attachment_of, jwt_of
from trainreg.certificates.keys import service
from trainreg.certificates.keys.checking import check_signature
from trainreg.certificates.keys.jose import jwk_of
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.pdf import page as data
from trainreg.certificates.pdf.writer import About, draw

LINE = data.Line(text="Batbayar Enkhtuya", face="serif-bold", size=24, x=148, y=100, colour=(0, 0, 0))
PAGE = data.Page(width=297, height=210, language="en", ground=(), items=(data.Text(lines=(LINE,), language="en"),))
ABOUT = About(title="Certificate", language="en", created_at=ISSUED_AT, fingerprint="f" * 64, author="Example")


@pytest.fixture
def key(session: Session) -> SigningKey:
    return service.current_key()


def made(key: SigningKey) -> bytes:
    attached = attachment_of(HELD, service.credential_key_of(key.id))
    return draw([PAGE], about=ABOUT, signer=service.signer_of(key.id), attachments=[attached])


def test_it_is_ours_and_tells_when_it_was_signed(key: SigningKey) -> None:
    finding = check_signature(made(key))
    assert finding.is_good and (finding.kid, finding.signed_at) == (key.kid, ISSUED_AT)


def test_it_comes_out_the_same(key: SigningKey) -> None:
    assert made(key) == made(key)


def test_no_byte_of_it_can_be_another(key: SigningKey) -> None:
    content = made(key)
    for place in range(0, len(content), 17):
        other = content[:place] + bytes((content[place] ^ 0x20,)) + content[place + 1 :]
        assert not check_signature(other).is_good, place


def test_poppler_finds_signature_and_credential(key: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(made(key))
    told = subprocess.run(["pdfsig", "-no-ocsp", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in told and "Total document signed" in told
    subprocess.run(["pdfdetach", "-save", "1", "-o", tmp_path / "out.jwt", path], check=True)
    assert (tmp_path / "out.jwt").read_text() == jwt_of(HELD, service.credential_key_of(key.id))
    assert (
        ATTACHED_AS in subprocess.run(["pdfdetach", "-list", path], capture_output=True, text=True, check=True).stdout
    )


@pytest.mark.slow
def test_a_browser_finds_the_credential_and_checks_it(key: SigningKey, page: Page) -> None:
    own = service.credential_key_of(key.id)
    token = call(page, "credentialInPdf", {"base64": b64encode(made(key)).decode()})
    assert token == jwt_of(HELD, own)
    result = call(page, "verifyJwt", token, {"keys": [jwk_of(own.kid, own.key.public_key())]})
    assert all(outcomes(result).values()) and result["facts"]["name"] == "Batbayar Enkhtuya"
