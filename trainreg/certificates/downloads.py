"""Certificates as answers to a browser: a file under a sortable name, for its reader alone."""

from __future__ import annotations

import io
from typing import IO

from flask import Response, send_file, stream_with_context
from zipstream import ZipStream

from trainreg.certificates.delivery import file_name, finished
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import sha256_of_file


def file_response(certificate: Certificate) -> Response:
    """The PDF of one certificate; a browser that has it already is told so."""
    facts = facts_of(certificate)
    content = finished(certificate)
    return file_download(io.BytesIO(content), file_name(facts), "application/pdf", etag=sha256_of_file(content))


def file_download(content: IO[bytes], name: str, media_type: str, *, etag: str | None = None) -> Response:
    """A file to keep, for its reader alone."""
    response = send_file(
        content, mimetype=media_type, as_attachment=True, download_name=name, etag=etag or False, conditional=True
    )
    return _private(response)


def stream_download(packed: ZipStream, name: str) -> Response:
    """An archive that is sent while it is made; its length is told where it is known beforehand."""
    response = Response(stream_with_context(packed), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    if packed.sized:
        response.content_length = len(packed)
    return _private(response)


def _private(response: Response) -> Response:
    # Names are personal data: the browser may keep the file for its own user, and nobody on the way.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
