"""Photographs for the PDF, beside the pictures that certificates show."""

from flask import has_app_context
from sqlalchemy import select

from trainreg.certificates.pdf.pictures import Loader, loader, provide
from trainreg.kernel.db import db
from trainreg.programme.models import Photograph


def offer_photographs() -> None:
    """Let drawers of PDFs find photographs that may be shown, by their fingerprint."""
    provide(_also_photographs(loader()))


def _also_photographs(before: Loader) -> Loader:
    def load(digest: str) -> bytes:
        shown = select(Photograph.content).where(Photograph.sha256 == digest, Photograph.confirmed_at.is_not(None))
        # Where there is no house there are no photographs either.
        content = db.session.scalar(shown.limit(1)) if has_app_context() else None
        return before(digest) if content is None else content

    return load
