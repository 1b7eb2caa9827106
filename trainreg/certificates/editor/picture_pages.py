"""Pictures as they are kept, and the signatures of a project's signatories."""

from __future__ import annotations

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trainreg.audit.queries import history_of
from trainreg.certificates.designs.records import SHA256
from trainreg.certificates.editor import pictures
from trainreg.certificates.editor.blueprint import blueprint
from trainreg.certificates.editor.picture_forms import SignatureForm
from trainreg.certificates.editor.queries import find_picture
from trainreg.certificates.editor.rules import PictureUse
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.programme.models import Project, Signatory
from trainreg.programme.queries import get_project, project_of_code
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import answer
from trainreg.web.safety import body_limit, keeps_typed

LARGEST_BODY = pictures.LARGEST_FILE + 64 * 1024


@blueprint.get("/desk/designs/pictures/<picture>")
@needs(Permission.EDIT_DESIGNS)
def picture(picture: str) -> Response:
    row = find_picture(picture) if SHA256.fullmatch(picture) else None
    if row is None:
        raise NotFound
    return Response(row.content, mimetype=row.media_type)


@blueprint.get("/desk/projects/<code>/signatures")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def signatures(code: str) -> tuple[str, int]:
    return _page(get_project(code))


@blueprint.post("/desk/projects/<code>/signatures/<int(max=2147483647):position>")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
@body_limit(LARGEST_BODY)
def set_signature(code: str, position: int) -> tuple[str, int] | AnyResponse:
    _signatory(get_project(code), position)
    form, by = SignatureForm().of(position), current_actor()
    if not form.validate():
        return _page(get_project(code), position, form)
    try:
        sent = form.sent()
        db.session.rollback()  # drawing takes a while, and the one write lock of SQLite is not held meanwhile
        prepared = pictures.prepare(sent, PictureUse.SIGNATURE)
        project = get_project(code)
        pictures.set_signature(project, _signatory(project, position), prepared, by=by)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_project(code), position, form)
    db.session.commit()
    flash(_("The signature is saved. Certificates that are issued from now on show it."))
    return redirect(url_for(".signatures", code=code), 303)


@blueprint.post("/desk/projects/<code>/signatures/<int(max=2147483647):position>/remove")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def remove_signature(code: str, position: int) -> AnyResponse:
    project = get_project(code)
    pictures.remove_signature(project, _signatory(project, position), by=current_actor())
    db.session.commit()
    flash(_("The signature is removed. There is room to sign by hand."))
    return redirect(url_for(".signatures", code=code), 303)


def _signatory(project: Project, position: int) -> Signatory:
    found = next((one for one in project.signatories if one.position == position), None)
    if found is None:
        raise NotFound
    return found


def _page(project: Project, position: int = 0, refused: SignatureForm | None = None) -> tuple[str, int]:
    forms = {
        one.position: refused if refused and one.position == position else _fresh(one.position)
        for one in project.signatories
    }
    shown = refused or SignatureForm(formdata=None)
    return answer(
        "certificates/editor/signatures.html", shown, project=project, forms=forms, history=history_of(project)
    )


def _fresh(position: int) -> SignatureForm:
    return SignatureForm(formdata=None).of(position)
