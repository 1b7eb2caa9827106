"""The door of this room: pages in, the bytes of a tagged, archival and, with a signer, signed PDF out."""

from __future__ import annotations

from collections.abc import Sequence

from trainreg.certificates.pdf.metadata import About
from trainreg.certificates.pdf.page import Attachment, Page, Signer
from trainreg.certificates.pdf.producer import Document

__all__ = ["About", "draw"]


def draw(
    pages: Sequence[Page],
    *,
    about: About,
    signer: Signer | None = None,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Draw pages into one PDF (PDF/A-3a and PDF/UA-1); the same in gives the same bytes.

    Raises ValueError where a character cannot be drawn.
    """
    if not pages:
        raise ValueError("a PDF needs at least one page")
    document = Document(about, signer, attachments)
    for page in pages:
        document.draw(page)
    return document.finished()
