"""A certificate's PDF signed as the writer will, in tests that stand below the writer."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData

from tests.certificates.samples import TRAINER
from trainreg.certificates.pdf.page import Signer
from trainreg.certificates.render import draw

SIGNED_AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def signed(signer: Signer, content: bytes | None = None, at: datetime = SIGNED_AT) -> bytes:
    """This PDF with a signature over all of it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content or draw(TRAINER)))
    steps = PdfCMSEmbedder(SigFieldSpec("Signature")).write_cms("Signature", writer)
    next(steps)
    value = PdfSignedData(pdf_name("/Sig"), SigSeedSubFilter.PADES, timestamp=at, bytes_reserved=2 * signer.room)
    value[pdf_name("/Name")] = pdf_string(signer.name)
    steps.send(SigObjSetup(sig_placeholder=value))
    digest, output = steps.send(SigIOSetup(md_algorithm="sha256", in_place=True))
    steps.send(signer.sign(digest.document_digest))
    output.seek(0)
    return bytes(output.read())
