"""The signature covers the whole file, and any byte changed is noticed by two independent readers."""

import re
import zlib
from pathlib import Path

import pytest
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.validation.status import SignatureCoverageLevel

from tests.certificates.pdf.sheets import ABOUT, CREDENTIAL, certificate, run, several
from tests.certificates.pdf.signing import SmallSigner
from tests.certificates.pyhanko_judge import judged_by_pyhanko
from trainreg.certificates.pdf.signature import SignatureTooLarge
from trainreg.certificates.pdf.writer import draw

SIGNER = SmallSigner()
SIGNED = draw([certificate()], about=ABOUT, signer=SIGNER, attachments=[CREDENTIAL])


def by_pyhanko(content: bytes) -> tuple[bool, bool, object]:
    status = judged_by_pyhanko(content, SIGNER.certificate)
    return status.intact, status.valid, status.coverage


def by_pdfsig(content: bytes, folder: Path) -> str:
    (folder / "signed.pdf").write_bytes(content)
    return run("pdfsig", "-nocert", folder / "signed.pdf")


@pytest.mark.parametrize("content", [SIGNED, draw(several(30), about=ABOUT, signer=SIGNER)], ids=["one", "thirty"])
def test_it_is_valid_and_covers_the_whole_file(content: bytes, tmp_path: Path) -> None:
    assert by_pyhanko(content) == (True, True, SignatureCoverageLevel.ENTIRE_FILE)
    report = by_pdfsig(content, tmp_path)
    assert "Signature Validation: Signature is Valid." in report
    assert "Total document signed" in report
    assert "ETSI.CAdES.detached" in report


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.7, 0.95])
def test_a_changed_byte_is_noticed(share: float, tmp_path: Path) -> None:
    start, end = (int(edge) for edge in re.search(rb"ByteRange\[0 (\d+) (\d+) ", SIGNED).groups())
    place = int(len(SIGNED) * share)
    if start <= place < end:
        place = end + 5
    changed = bytearray(SIGNED)
    changed[place] ^= 1
    try:
        intact, valid, _ = by_pyhanko(bytes(changed))
    except (PdfError, zlib.error):  # a file that cannot be read any more is noticed as well
        intact = valid = False
    assert not (intact and valid)


def test_bytes_added_at_the_end_are_noticed(tmp_path: Path) -> None:
    added = SIGNED + b"\n%%EOF\n"

    assert "Not total document signed" in by_pdfsig(added, tmp_path)


def test_the_gap_in_the_range_is_the_signature_and_nothing_else() -> None:
    start, end, rest = (int(edge) for edge in re.search(rb"ByteRange\[0 (\d+) (\d+) (\d+)", SIGNED).groups())

    assert (SIGNED[start : start + 1], SIGNED[end - 1 : end]) == (b"<", b">")
    assert end - start == 2 * SIGNER.room + 2
    assert end + rest == len(SIGNED)


def test_a_signature_larger_than_its_room_is_not_cut_off() -> None:
    class Boastful(SmallSigner):
        room = 100

    with pytest.raises(SignatureTooLarge):
        draw([certificate()], about=ABOUT, signer=Boastful())
