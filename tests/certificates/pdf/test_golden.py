"""What this writer makes today it makes with every later version of the code and of the libraries beneath it.

What was issued is drawn anew whenever it is asked for, and its bytes are compared. Kept are the fingerprints of each
part as it is before it is compressed. A difference here is a certificate that would no longer be the one handed out:
keep the old way beside the new one, or pin the library; do not write the file anew.
"""

import hashlib
import json
from pathlib import Path

import pytest

from tests.certificates.pdf.names import NAMES
from tests.certificates.pdf.sheets import ABOUT, CREDENTIAL, certificate, line, sheet, spoken
from tests.certificates.pdf.signing import SmallSigner
from trainreg.certificates.pdf.contents import Contents, NotOurs
from trainreg.certificates.pdf.page import Page
from trainreg.certificates.pdf.writer import draw

KEPT = Path(__file__).parents[2] / "golden" / "certificates" / "writer" / "parts.json"
SCRIPTS = sheet(*(spoken(line(names[0], 12 + 9 * place)) for place, names in enumerate(NAMES.values())))
PAGES = {"certificate": certificate(), "every script": SCRIPTS}


def parts(page: Page) -> list[str]:
    """A fingerprint of each object, unpacked; not of the signature and the table of places, which follow the packing."""
    contents = Contents(draw([page], about=ABOUT, signer=SmallSigner(), attachments=[CREDENTIAL]))
    found = []
    for number in range(1, len(contents) - 1):
        try:
            part = contents.entry(number).encode()
        except NotOurs:
            try:
                part = contents.stream(number)[1]
            except NotOurs:
                continue
        found.append(hashlib.sha256(part).hexdigest()[:16])
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_part_is_as_it_was(name: str) -> None:
    assert parts(PAGES[name]) == json.loads(KEPT.read_text(encoding="utf-8"))[name]
