"""Readers that share no code with us say the same of a signed file: poppler's pdfsig, and pyHanko."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.validation import PdfSignatureStatus

from tests.certificates.keys.signed import SIGNED_AT, signed
from tests.certificates.pyhanko_judge import judged_by_pyhanko
from trainreg.certificates.keys import x509
from trainreg.certificates.keys.cms import CmsSigner
from trainreg.certificates.keys.rules import KeyAlgorithm


@pytest.fixture(params=list(KeyAlgorithm))
def signer(request: pytest.FixtureRequest) -> CmsSigner:
    """A key of each kind."""
    private = x509.new_private_key(request.param)
    own = x509.self_signed(private, organisation="Ministry", site="http://localhost", at=datetime.now(UTC))
    return CmsSigner("KEY", private, [own])


def _pyhanko_says(content: bytes, trusted: CmsSigner) -> PdfSignatureStatus:
    return judged_by_pyhanko(content, trusted.chain[0].public_bytes(Encoding.DER))


def _pdfsig_says(content: bytes, folder: Path) -> str:
    assert shutil.which("pdfsig"), "poppler-utils is needed"
    path = folder / "signed.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdfsig", "-no-ocsp", str(path)], capture_output=True, text=True, check=False)
    return done.stdout


def test_pyhanko_finds_it_valid(signer: CmsSigner) -> None:
    status = _pyhanko_says(signed(signer), signer)
    assert status.bottom_line and status.intact and status.trusted
    assert status.signer_reported_dt == SIGNED_AT
    assert status.coverage.name == "ENTIRE_FILE"


def test_pyhanko_finds_what_was_changed(signer: CmsSigner) -> None:
    content = signed(signer)
    assert not _pyhanko_says(content.replace(b"/Kids [3 0 R]", b"/Kids [3 0 R ", 1), signer).bottom_line


def test_pdfsig_finds_it_valid(signer: CmsSigner, tmp_path: Path) -> None:
    told = _pdfsig_says(signed(signer), tmp_path)
    assert "Signature is Valid." in told and "Total document signed" in told
    assert "ETSI.CAdES.detached" in told and "Certificate issuer is unknown." in told


def test_pdfsig_finds_what_was_changed(signer: CmsSigner, tmp_path: Path) -> None:
    content = signed(signer)
    told = _pdfsig_says(content.replace(b"%PDF-1.4\n%", b"%PDF-1.4\n#", 1), tmp_path)
    assert "Digest Mismatch." in told
