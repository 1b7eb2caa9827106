"""What pyHanko, which shares no code with us, says of a signed file."""

import io
from concurrent.futures import ThreadPoolExecutor

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import PdfSignatureStatus, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def _status(content: bytes, trusted: x509.Certificate) -> PdfSignatureStatus:
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[trusted], allow_fetching=False))


def judged_by_pyhanko(content: bytes, trusted: bytes) -> PdfSignatureStatus:
    """The state of the one signature of this file, with this certificate (DER) as the only one trusted.

    pyHanko starts an event loop; a thread of its own has none running, whichever browser tests share the process.
    """
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(_status, content, x509.Certificate.load(trusted)).result()
