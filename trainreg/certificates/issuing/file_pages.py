"""Files for the desk: one certificate, one PDF for the printer, an archive with one file each."""

from __future__ import annotations

import io

from flask import Response, request

from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.composing import Layout
from trainreg.certificates.delivery import archive, entries_of, for_printing
from trainreg.certificates.downloads import file_download, file_response, stream_download
from trainreg.certificates.issuing.event_pages import ADDRESS
from trainreg.certificates.queries import (
    get_certificate,
    list_certificates_of,
    list_for_archive,
    project_of_certificate,
)
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.web.access import needs


@blueprint.get(f"{ADDRESS}.pdf")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_event)
def print_all(slug: str) -> Response:
    certificates = list(list_certificates_of(get_event(slug).id))
    if not certificates:
        raise NotFound
    asked = request.args.get("layout", "")
    content = for_printing(certificates, Layout(asked) if asked in set(Layout) else Layout.PLAIN)
    return file_download(io.BytesIO(content), f"{slug}-certificates.pdf", "application/pdf")


@blueprint.get(f"{ADDRESS}.zip")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_event)
def download_all(slug: str) -> Response:
    entries = entries_of(list_for_archive(get_event(slug).id))
    if not entries:
        raise NotFound
    return stream_download(archive(entries), f"{slug}-certificates.zip")


@blueprint.get("/desk/certificates/<int(max=2147483647):certificate_id>.pdf")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_certificate)
def file(certificate_id: int) -> Response:
    return file_response(get_certificate(certificate_id))
