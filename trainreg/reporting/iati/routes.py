"""Pages of a project's IATI file, and of checking anybody's."""

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from trainreg.iati.reading import LARGEST
from trainreg.iati.validator import Verdict, check
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.programme.iati.queries import find_iati_settings
from trainreg.programme.queries import get_project, project_of_code
from trainreg.reporting.iati.forms import CheckForm
from trainreg.reporting.iati.making import NotValid, gaps, make_file
from trainreg.reporting.iati.mending import place_of
from trainreg.reporting.iati.rules import Mode
from trainreg.reporting.iati.words import MODE_HINTS, MODE_WORDS
from trainreg.reporting.indicators import Progress
from trainreg.web.access import may, needs
from trainreg.web.forms import answer
from trainreg.web.safety import body_limit, keeps_typed

blueprint = Blueprint("iati", __name__)
_BESIDE = 64 * 1024  # what a form carries beside its file


@blueprint.get("/reports/<code>/iati")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def page(code: str) -> str:
    """The state of the file in both modes: what is wrong with it and where to mend it, or the file to fetch."""
    project = get_project(code)
    is_set, now = find_iati_settings(project.id) is not None, clock.now()
    progress = Progress(project, with_names=False)
    made = {mode: make_file(project, mode, now=now, progress=progress) for mode in Mode} if is_set else {}
    return render_template(
        "reporting/iati_page.html",
        project=project,
        made=made,
        gaps=gaps(progress),
        modes=MODE_WORDS,
        hints=MODE_HINTS,
        place_of=place_of,
        may_mend=lambda permission: may(permission, project_id=project.id),
        Permission=Permission,
    )


@blueprint.get("/reports/<code>/iati/<mode>.xml")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def fetch(code: str, mode: str) -> Response:
    """The file, where it is valid."""
    if mode not in set(Mode):
        raise NotFound
    made = make_file(get_project(code), Mode(mode), now=clock.now())
    if not made.verdict.is_valid:
        raise NotValid
    response = Response(made.data, mimetype="application/xml")
    response.headers.set("Content-Disposition", "attachment", filename=f"iati-{code}-{mode}.xml")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/reports/iati-check")
@needs(Permission.VIEW_RESULTS)
def check_form() -> tuple[str, int]:
    return _answer(CheckForm())


@blueprint.post("/reports/iati-check")
@needs(Permission.VIEW_RESULTS)
@keeps_typed
@body_limit(LARGEST + _BESIDE)
def check_file() -> tuple[str, int]:
    """The verdict on a file that somebody hands in; nothing is kept of it."""
    form = CheckForm()
    sent = request.files.get("file")
    data = sent.read() if sent is not None else b""
    if not form.validate():
        return _answer(form)
    if sent is None or not sent.filename:
        form.file.errors = [_("Choose the IATI file that you want to check.")]
        return _answer(form)
    db.session.rollback()  # nothing is written: while a large file is read, nobody waits for the database
    return _answer(form, check(data, now=clock.now()), sent.filename)


def _answer(form: CheckForm, verdict: Verdict | None = None, name: str = "") -> tuple[str, int]:
    return answer("reporting/iati_check.html", form, verdict=verdict, name=name[:120], most=LARGEST // (1024 * 1024))
