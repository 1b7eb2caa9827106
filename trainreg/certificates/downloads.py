"""Certificates as answers to a browser: a file under a sortable name, for its reader alone."""

from __future__ import annotations

import io

from flask import Response, send_file

from trainreg.certificates.delivery import file_name
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import draw, sha256_of_file


def file_response(certificate: Certificate) -> Response:
    """The PDF of one certificate."""
    facts = facts_of(certificate)
    return file_download(draw(facts), file_name(facts), "application/pdf")


def file_download(content: bytes, name: str, media_type: str) -> Response:
    """A file to keep; a browser that has it already is told so."""
    response = send_file(
        io.BytesIO(content),
        mimetype=media_type,
        as_attachment=True,
        download_name=name,
        etag=sha256_of_file(content),
    )
    # Names are personal data: the browser may keep the file for its own user, and nobody on the way.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
