"""What signing costs: the PDF's signature, the credential, the second QR code, and the check of a file.

CPU milliseconds, not wall time: the machine may be busy. Nothing is asserted about time.
"""

import sys
import time
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests import factories as make
from tests.certificates.credentials.samples import HELD
from tests.certificates.keys.signed import signed
from trainreg.certificates.credentials.badges import badge_of
from trainreg.certificates.credentials.baking import as_png, as_svg
from trainreg.certificates.credentials.build import credential_of, jwt_of, proved
from trainreg.certificates.credentials.compact import compact_of
from trainreg.certificates.credentials.status import encoded
from trainreg.certificates.keys import service
from trainreg.certificates.keys.checking import check_signature
from trainreg.kernel import clock


def cpu_milliseconds(work: Callable[[], object], *, rounds: int = 50) -> float:
    work()
    began = time.process_time()
    for _ in range(rounds):
        work()
    return (time.process_time() - began) * 1000 / rounds


def test_what_signing_costs(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(4):
        service.retire(service.make_key(by=make.STAFF), by=make.STAFF, at=clock.now())
    key = service.make_key(by=make.STAFF)
    signer, own = service.signer_of(key.id), service.credential_key_of(key.id)
    content, badge, token = signed(signer), badge_of(HELD), jwt_of(HELD, own)
    rows: dict[str, Callable[[], object]] = {
        "signature of a PDF (PAdES B-B, P-256)": lambda: signer.sign(b"7" * 32),
        "signature, key asked of the database": lambda: service.signer_of(key.id).sign(b"7" * 32),
        "credential as a token": lambda: jwt_of(HELD, own),
        "credential with a proof inside": lambda: proved(credential_of(HELD), own),
        "second QR code's content": lambda: compact_of(HELD, own),
        "badge as SVG, baked": lambda: as_svg(badge, token),
        "badge as PNG, baked, drawn before": lambda: as_png(badge, token),
        "status list of 131,072 bits": lambda: encoded(list(range(0, 131_072, 97))),
        f"check of a signed file of {len(content) // 1000} kB among five keys": lambda: check_signature(content),
        "check of one with a byte changed": lambda: check_signature(content[:500] + b"x" + content[501:]),
    }
    with capsys.disabled():
        for name, work in rows.items():
            sys.stdout.write(f"\n{name:<60} {cpu_milliseconds(work):8.3f} ms")
    assert check_signature(content).is_good
