"""What a design is called, its versions as files, and the pictures that it may show."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trainreg.audit.queries import history_of
from trainreg.certificates.editor import pictures, service
from trainreg.certificates.editor.blueprint import blueprint
from trainreg.certificates.editor.forms import RenameForm
from trainreg.certificates.editor.kits import pictures_in
from trainreg.certificates.editor.picture_forms import PictureForm
from trainreg.certificates.editor.queries import get_design, list_pictures, project_of_design
from trainreg.certificates.editor.rules import PictureUse
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import answer, fill_texts
from trainreg.web.safety import body_limit, keeps_typed

LARGEST_BODY = pictures.LARGEST_FILE + 64 * 1024


@blueprint.get("/desk/designs/<slug>/name")
@needs(Permission.EDIT_DESIGNS, project=project_of_design)
def rename_form(slug: str) -> tuple[str, int]:
    form = RenameForm(formdata=None)
    fill_texts(form, name=get_design(slug).name)
    return _named(slug, form)


@blueprint.post("/desk/designs/<slug>/name")
@needs(Permission.EDIT_DESIGNS, project=project_of_design)
@keeps_typed
def rename(slug: str) -> tuple[str, int] | AnyResponse:
    form = RenameForm()
    if not form.validate():
        return _named(slug, form)
    service.rename(get_design(slug), form.text("name"), by=current_actor())
    db.session.commit()
    flash(_("The name is saved."))
    return redirect(url_for(".edit", slug=slug), 303)


@blueprint.get("/desk/designs/<slug>/pictures")
@needs(Permission.EDIT_DESIGNS, project=project_of_design)
def pictures_page(slug: str) -> tuple[str, int]:
    return _pictures(slug, PictureForm(formdata=None))


@blueprint.post("/desk/designs/<slug>/pictures")
@needs(Permission.EDIT_DESIGNS, project=project_of_design)
@keeps_typed
@body_limit(LARGEST_BODY)
def add_picture(slug: str) -> tuple[str, int] | AnyResponse:
    """Put a picture on the page of the design, at the end of the list, where the editor then moves it."""
    form, by = PictureForm(), current_actor()
    if not form.validate():
        return _pictures(slug, form)
    try:
        sent = form.sent()
        db.session.rollback()  # drawing takes a while, and the one write lock of SQLite is not held meanwhile
        prepared = pictures.prepare(sent, PictureUse(form.use.data))
        design = get_design(slug)
        kept = pictures.keep(prepared, by=by, project_id=design.project_id)
        service.add_picture(design, kept, by=by)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _pictures(slug, form)
    db.session.commit()
    flash(_("The picture is on the page. Move it to its place."))
    return redirect(url_for(".edit", slug=slug), 303)


def _named(slug: str, form: RenameForm) -> tuple[str, int]:
    design = get_design(slug)
    return answer("certificates/editor/name.html", form, design=design, history=history_of(design), zone="UTC")


def _pictures(slug: str, form: PictureForm) -> tuple[str, int]:
    design = get_design(slug)
    shown = list_pictures(pictures_in(design.draft.content))
    return answer("certificates/editor/pictures.html", form, design=design, pictures=shown)
