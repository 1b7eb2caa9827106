"""Files kept as evidence of a publication: sent, fetched, deleted."""

from io import BytesIO

from flask import Response, flash, redirect, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.programme.queries import project_of_code
from trainreg.publications import evidence
from trainreg.publications.blueprint import blueprint
from trainreg.publications.forms import FileForm
from trainreg.publications.pages import ONE, publication_at, show
from trainreg.publications.queries import get_file
from trainreg.questions.uploads import LARGEST
from trainreg.web.access import current_actor, needs
from trainreg.web.safety import body_limit, keeps_typed

FILE = f"{ONE}/files/<int(max=2147483647):file_id>"
_BESIDE = 64 * 1024  # the form's other parts


@blueprint.post(f"{ONE}/files")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
@body_limit(LARGEST + _BESIDE)
def send_evidence(code: str, publication_id: int) -> tuple[str, int] | AnyResponse:
    publication, form = publication_at(code, publication_id), FileForm()
    try:
        if not form.validate():
            return show(publication, form)
        evidence.keep_file(publication, form.upload(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return show(publication, form)
    db.session.commit()
    flash(_("The file is kept."), "good")
    return _back(code, publication_id)


@blueprint.post(FILE)
@needs(Permission.VIEW_NAMES, project=project_of_code)
def fetch_evidence(code: str, publication_id: int, file_id: int) -> Response:
    """A POST, because it is written down who fetched it: lists of recipients may name people."""
    file = get_file(publication_at(code, publication_id), file_id)
    evidence.note_fetched(file, by=current_actor())
    content, kind, name = file.content, file.kind, file.name
    db.session.commit()
    response = send_file(BytesIO(content), mimetype=kind.media_type, as_attachment=True, download_name=name, etag=False)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.post(f"{FILE}/delete")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def delete_evidence(code: str, publication_id: int, file_id: int) -> AnyResponse:
    file = get_file(publication_at(code, publication_id), file_id)
    evidence.delete_file(file, by=current_actor())
    db.session.commit()
    flash(_("The file is deleted."), "good")
    return _back(code, publication_id)


def _back(code: str, publication_id: int) -> AnyResponse:
    return redirect(url_for(".publication_page", code=code, publication_id=publication_id, _anchor="evidence"), 303)
