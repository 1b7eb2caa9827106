"""The gallery: ready designs and the house's own, to look at, to copy, to put away, to take along as a file."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from trainreg.certificates.editor import service
from trainreg.certificates.editor.blueprint import blueprint
from trainreg.certificates.editor.exchange import packed, unpacked
from trainreg.certificates.editor.forms import ImportForm, NameForm
from trainreg.certificates.editor.kits import designs, get_content, name_of, pictures_in
from trainreg.certificates.editor.pictures import keep
from trainreg.certificates.editor.preview import DEFAULT, card, look_at
from trainreg.certificates.editor.queries import (
    contents_of_pictures,
    get_design,
    list_designs,
    list_pictures,
    project_of_design,
)
from trainreg.certificates.editor.raster import Prepared
from trainreg.certificates.editor.refusals import NoDesignFile, NoPicture, PictureMissing
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.programme.models import Project
from trainreg.programme.queries import get_project, list_projects
from trainreg.web.access import current_actor, needs, principal
from trainreg.web.forms import answer, fill_texts
from trainreg.web.navigation import Entry, offer
from trainreg.web.safety import body_limit, keeps_typed

Answer = tuple[str, int] | AnyResponse
LARGEST_BODY = 13 * 1024 * 1024
offer(
    Entry(
        _l("Certificate designs"),
        "designs.gallery",
        Permission.EDIT_DESIGNS,
        65,
        stands_for=lambda endpoint: endpoint.startswith("designs.") and "signature" not in endpoint,
    )
)


@blueprint.get("/desk/designs")
@needs(Permission.EDIT_DESIGNS)
def gallery() -> str:
    shows_archived = request.args.get("archived") == "yes"
    all_of_them = list_designs(principal().project_ids(Permission.EDIT_DESIGNS), with_archived=True)
    archived = [one for one in all_of_them if one.archived_at is not None]
    in_use = [one for one in all_of_them if one.archived_at is None]
    differing = {one.id for one in in_use if one.latest is not None and one.draft.content != one.latest.content}
    return render_template(
        "certificates/editor/gallery.html",
        designs=archived if shows_archived else in_use,
        changed_drafts=differing,
        archived_count=len(archived),
        shows_archived=shows_archived,
        ready=designs().ready(),
    )


@blueprint.get("/desk/designs/preview/<sha256>.png")
@needs(Permission.EDIT_DESIGNS)
def preview_png(sha256: str) -> Response:
    response = Response(card(get_content(sha256)), mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@blueprint.get("/desk/designs/preview/<sha256>.pdf")
@needs(Permission.EDIT_DESIGNS)
def preview_pdf(sha256: str) -> Response:
    response = Response(look_at(get_content(sha256), DEFAULT).pdf, mimetype="application/pdf")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/desk/designs/copy/<sha256>")
@needs(Permission.EDIT_DESIGNS)
def copy_form(sha256: str) -> Answer:
    name = name_of(sha256)
    form = _named(NameForm(formdata=None))
    fill_texts(form, name={code: _copy_of(text, code) for code, text in name.items()})
    return answer("certificates/editor/copy.html", form, sha256=sha256)


@blueprint.post("/desk/designs/copy/<sha256>")
@needs(Permission.EDIT_DESIGNS)
@keeps_typed
def copy(sha256: str) -> Answer:
    content, source = get_content(sha256), name_of(sha256)
    form = _named(NameForm())
    if form.validate():
        try:
            design = service.create_design(
                form.name, content, project=_owner(form), source=source.get("en", sha256[:12]), by=current_actor()
            )
            db.session.commit()
            return redirect(url_for(".edit", slug=design.slug), 303)
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal)
    return answer("certificates/editor/copy.html", form, sha256=sha256)


@blueprint.get("/desk/designs/import")
@needs(Permission.EDIT_DESIGNS)
def import_form() -> Answer:
    return answer("certificates/editor/copy.html", _named(ImportForm(formdata=None)))


@blueprint.post("/desk/designs/import")
@needs(Permission.EDIT_DESIGNS)
@keeps_typed
@body_limit(LARGEST_BODY)
def import_now() -> Answer:
    form, by = _named(ImportForm()), current_actor()
    if not form.validate():
        return answer("certificates/editor/copy.html", form)
    try:
        sent = form.sent()
        db.session.rollback()  # unpacking takes a while, and the one write lock of SQLite is not held meanwhile
        found = unpacked(sent)
        _ensure_pictures(found.design, {one.sha256 for one in found.pictures})
        project = _owner(form)
        for picture in found.pictures:
            keep(picture, by=by, project_id=project.id if project else None)
        pictures = [one.sha256 for one in found.pictures]
        design = service.import_design(form.name or found.name, found.design, pictures, project=project, by=by)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(NoDesignFile() if isinstance(refusal, NoPicture) else refusal)
        return answer("certificates/editor/copy.html", form)
    db.session.commit()
    flash(_("The design is read in as a draft. Look at it, then publish it."))
    return redirect(url_for(".edit", slug=design.slug), 303)


@blueprint.post("/desk/designs/<slug>/export/<int(max=2147483647):number>")
@needs(Permission.EDIT_DESIGNS, project=project_of_design)
def export(slug: str, number: int) -> Response:
    design = get_design(slug)
    version = next((one for one in design.versions if one.number == number), None)
    if version is None:
        raise NotFound
    service.note_export(design, by=current_actor())
    content = packed(design.name, version.content, _pictures(version.content))
    db.session.commit()
    response = Response(content, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{number}.trainreg-design.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.post("/desk/designs/<slug>/archive")
@needs(Permission.EDIT_DESIGNS, project=project_of_design)
def archive(slug: str) -> AnyResponse:
    archives = request.form.get("archived") == "yes"
    service.set_archived(get_design(slug), archives, by=current_actor())
    db.session.commit()
    flash(_("The design is archived.") if archives else _("The design is in use again."))
    return redirect(url_for(".gallery"), 303)


def _named(form: NameForm) -> NameForm:
    ids = principal().project_ids(Permission.EDIT_DESIGNS)
    return form.offer(list_projects(ids), house=ids is None)


def _owner(form: NameForm) -> Project | None:
    return get_project(str(form.owner.data)) if form.owner.data else None


def _copy_of(text: str, code: str) -> str:
    return {"en": f"{text} (copy)", "mn": f"{text} (хуулбар)"}.get(code, text)


def _pictures(content: str) -> list[Prepared]:
    rows = list_pictures(pictures_in(content))
    return [Prepared(row.media_type, row.width, row.height, row.content) for row in rows]


def _ensure_pictures(design: str, brought: set[str]) -> None:
    """Every picture that the design names comes along, or is here already; and nothing else comes along."""
    named = set(pictures_in(designs().canonical(design)))
    if brought - named:
        raise PictureMissing(name=min(brought - named)[:12])
    missing = named - brought - contents_of_pictures(list(named)).keys()
    if missing:
        raise PictureMissing(name=min(missing)[:12])
