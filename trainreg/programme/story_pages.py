"""The desk's pages of what reports tell beside figures: contact and photographs."""

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trainreg.audit.queries import history_of
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.photographs import LARGEST_FILE, prepare_photograph
from trainreg.kernel.refusals import Refused
from trainreg.programme import story
from trainreg.programme.blueprint import blueprint
from trainreg.programme.models import Photograph
from trainreg.programme.queries import get_photograph, get_project, project_of_code
from trainreg.programme.rules import MOST_PHOTOGRAPHS
from trainreg.programme.story_forms import ContactForm, PhotographForm
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import Form, answer
from trainreg.web.safety import body_limit, keeps_typed

Answer = tuple[str, int] | AnyResponse
LARGEST_BODY = LARGEST_FILE + 64 * 1024


@blueprint.get("/desk/projects/<code>/story")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def story_page(code: str) -> Answer:
    return _page(code, ContactForm(formdata=None).of(get_project(code)))


@blueprint.post("/desk/projects/<code>/story")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def save_contact(code: str) -> Answer:
    form = ContactForm()
    if not form.validate():
        return _page(code, form)
    story.set_contact(get_project(code), form.text("contact"), by=current_actor())
    db.session.commit()
    flash(_("The contact is saved."))
    return _back(code)


@blueprint.get("/desk/projects/<code>/photographs/new")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def new_photograph(code: str) -> Answer:
    return _photograph_page(code, PhotographForm(formdata=None))


@blueprint.post("/desk/projects/<code>/photographs/new")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
@body_limit(LARGEST_BODY)
def add_photograph(code: str) -> Answer:
    form, by = PhotographForm(), current_actor()
    if not form.validate():
        return _photograph_page(code, form)
    try:
        sent = form.sent()
        db.session.rollback()  # drawing takes a while, and the one write lock of SQLite is not held meanwhile
        prepared = prepare_photograph(sent)
        story.add_photograph(get_project(code), prepared, form.details(), by=by)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _photograph_page(code, form)
    db.session.commit()
    flash(_("The photograph is kept."))
    return _back(code)


@blueprint.get("/desk/projects/<code>/photographs/<int(max=2147483647):photograph>")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def photograph_page(code: str, photograph: int) -> Answer:
    found = get_photograph(get_project(code).id, photograph)
    return _photograph_page(code, PhotographForm(formdata=None).of(found), found)


@blueprint.post("/desk/projects/<code>/photographs/<int(max=2147483647):photograph>")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def save_photograph(code: str, photograph: int) -> Answer:
    form, found = PhotographForm(), get_photograph(get_project(code).id, photograph)
    if not form.validate():
        return _photograph_page(code, form, found)
    try:
        story.edit_photograph(found, form.details(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _photograph_page(code, form, get_photograph(get_project(code).id, photograph))
    db.session.commit()
    flash(_("The photograph is saved."))
    return _back(code)


@blueprint.post("/desk/projects/<code>/photographs/<int(max=2147483647):photograph>/remove")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def remove_photograph(code: str, photograph: int) -> Answer:
    story.remove_photograph(get_photograph(get_project(code).id, photograph), by=current_actor())
    db.session.commit()
    flash(_("The photograph is removed."))
    return _back(code)


@blueprint.get("/desk/projects/<code>/photographs/<int(max=2147483647):photograph>/file")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def photograph_file(code: str, photograph: int) -> Response:
    """Also one that nobody has confirmed yet: whoever confirms it looks at it first."""
    return picture_answer(get_photograph(get_project(code).id, photograph))


def picture_answer(photograph: Photograph) -> Response:
    """The picture for this reader's browser alone, asked for anew each time: consent may have been withdrawn."""
    found = Response(photograph.content, mimetype="image/jpeg")
    found.headers["Cache-Control"] = "private, no-store"
    found.headers["X-Robots-Tag"] = "noindex, nofollow"
    return found


def _back(code: str) -> AnyResponse:
    return redirect(url_for("programme.story_page", code=code), 303)


def _page(code: str, form: Form) -> Answer:
    project = get_project(code)
    return answer("programme/story.html", form, project=project, most=MOST_PHOTOGRAPHS, history=history_of(project))


def _photograph_page(code: str, form: Form, photograph: Photograph | None = None) -> Answer:
    return answer("programme/photograph.html", form, project=get_project(code), photograph=photograph)
