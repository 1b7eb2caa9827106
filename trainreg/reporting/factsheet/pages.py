"""The factsheet as a page and as a PDF, in the language that is asked for."""

from flask import Response, render_template, request, url_for

from trainreg.kernel import clock
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.programme.models import Project
from trainreg.programme.queries import get_photograph, get_project, project_of_code
from trainreg.programme.story_pages import picture_answer
from trainreg.reporting.factsheet.blueprint import blueprint
from trainreg.reporting.factsheet.compose import factsheet_of
from trainreg.reporting.factsheet.pdf import draw_factsheet
from trainreg.web.access import may, needs
from trainreg.web.locale import current_language


def asked_language() -> str:
    """The language of the factsheet: as the address says, else that of the page; raises NotFound for any other."""
    language = request.args.get("language") or current_language()
    if language not in CONTENT_LANGUAGES:
        raise NotFound
    return language


@blueprint.get("/reports/<code>/factsheet")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def page(code: str) -> str:
    project, language = get_project(code), asked_language()
    told = factsheet_of(project, language, with_names=_sees_names(project))
    return render_template(
        "reporting/factsheet/page.html",
        project=project,
        told=told,
        code=code,
        chosen=language,
        choices=[(one, name, url_for(".page", code=code, language=one)) for one, name in CONTENT_LANGUAGES.items()],
        edits=may(Permission.EDIT_PROJECT, project_id=project.id),
        with_names=_sees_names(project),
    )


@blueprint.get("/reports/<code>/factsheet.pdf")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def file(code: str) -> Response:
    project, language, now = get_project(code), asked_language(), clock.now()
    content = draw_factsheet(factsheet_of(project, language, with_names=_sees_names(project), at=now), at=now)
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="factsheet-{project.code}-{language}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@blueprint.get("/reports/<code>/photographs/<int(max=2147483647):photograph>")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def photograph(code: str, photograph: int) -> Response:
    found = get_photograph(get_project(code).id, photograph)
    if not found.is_confirmed:
        raise NotFound
    return picture_answer(found)


def _sees_names(project: Project) -> bool:
    return may(Permission.VIEW_NAMES, project_id=project.id)
