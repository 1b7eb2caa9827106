"""Spreadsheets to begin with: the right headings in the reader's language, and one example row."""

from collections.abc import Sequence

from flask import Response, request
from flask_babel import gettext as _

from trainreg.events.queries import get_event, project_of_event
from trainreg.imports.blueprint import blueprint
from trainreg.imports.importers import IMPORTERS
from trainreg.imports.plan import Column, Place
from trainreg.imports.rules import ImportKind
from trainreg.imports.words import KIND_WORDS
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.web.access import needs
from trainreg.web.downloads import asked_format, download
from trainreg.web.locale import current_language


@blueprint.get("/desk/imports/templates/<kind>")
@needs(Permission.DECIDE_REGISTRATIONS)
def template(kind: str) -> Response:
    if kind not in set(ImportKind) - {ImportKind.ATTENDANCE}:
        raise NotFound
    found = ImportKind(kind)
    return _sheet(found, IMPORTERS[found].columns(Place(language=current_language())))


@blueprint.get("/desk/events/<slug>/import/attendance/template")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def attendance_template(slug: str) -> Response:
    place = Place(event=get_event(slug), language=current_language())
    return _sheet(ImportKind.ATTENDANCE, IMPORTERS[ImportKind.ATTENDANCE].columns(place))


def _sheet(kind: ImportKind, columns: Sequence[Column]) -> Response:
    kept = [column for column in columns if column.field != "full_name"]
    header = [str(column.label) for column in kept]
    title = _("Template: %(what)s", what=str(KIND_WORDS[kind]))
    return download(
        asked_format(request.args.get("format")),
        header,
        [[str(column.example) for column in kept]],
        name=f"template-{kind.value.replace('_', '-')}",
        title=title,
    )
