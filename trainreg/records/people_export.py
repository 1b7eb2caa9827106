"""The directory of people as CSV and XLSX: by right, and written down; a long one by the worker."""

from collections.abc import Iterator, Sequence
from typing import IO

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from trainreg.accounts.queries import get_user
from trainreg.audit import service as audit
from trainreg.exporting.handing import count_rows, left_to_worker
from trainreg.exporting.kinds import ExportKind, Told, Wanted, rights_to
from trainreg.exporting.rules import is_long
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, reading
from trainreg.kernel.languages import in_language
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.sheets_cells import Value
from trainreg.kernel.sheets_writing import SheetFormat, heard, write_sheet
from trainreg.people.words import AGE_BAND_WORDS, PRINTED_NAME_WORDS, SEX_WORDS
from trainreg.records.blueprint import blueprint
from trainreg.records.people_pages import asked_text
from trainreg.records.queries import ProjectIds, people_known_to, select_people_rows
from trainreg.web.access import current_actor, needs, principal
from trainreg.web.downloads import asked_format, sheet_download
from trainreg.web.locale import current_language


@blueprint.post("/desk/people/export")
@needs(Permission.VIEW_NAMES)
def export_people() -> AnyResponse:
    """Names, posting and number of events of those whom one's projects know; no contacts."""
    form, text = asked_format(request.form.get("format")), asked_text(request.form)
    projects = principal().project_ids(Permission.VIEW_NAMES)
    rows = count_rows(people_known_to(projects, text))
    if is_long(rows):
        return left_to_worker(_wanted(form, projects, text, rows))
    _note_taken(form, current_actor())
    db.session.commit()
    with reading():
        response = sheet_download(form, _write(form, projects, text), name="people")
        db.session.rollback()
    return response


def _write(form: SheetFormat, projects: ProjectIds, text: str, told: Told = lambda _rows: None) -> IO[bytes]:
    header = [
        *(_("Family name or patronymic"), _("Given name")),
        *(_("Family name or patronymic in Latin letters"), _("Given name in Latin letters")),
        *(str(words) for words in PRINTED_NAME_WORDS.values()),
        *(_("Sex"), _("Age"), _("Agency"), _("Position"), _("Events")),
    ]
    return write_sheet(form, header, heard(_cells(projects, text, current_language()), told), title=_("People"))


def _cells(project_ids: ProjectIds, text: str, language: str) -> Iterator[Sequence[Value]]:
    sexes = {sex: str(words) for sex, words in SEX_WORDS.items()}
    bands = {band: str(words) for band, words in AGE_BAND_WORDS.items()}
    for *names, printed, sex, band, agency, position, events in select_people_rows(project_ids, text):
        own = [printed.get(language, "") for language in PRINTED_NAME_WORDS]
        yield (*names, *own, sexes[sex], bands[band], in_language(agency, language), position or "", events)


def _note_taken(form: SheetFormat, by: Actor) -> None:
    if by.user_id is None:
        raise NotFound
    audit.record("account.people_taken", get_user(by.user_id), by=by, format=form.value.upper())


def _wanted(form: SheetFormat, projects: ProjectIds, text: str, rows: int) -> Wanted:
    ids = None if projects is None else sorted(projects)
    params = {"format": form.value, "projects": ids, "text": text}
    return Wanted(DIRECTORY, f"people.{form.value}", rows, params, rights_to(Permission.VIEW_NAMES, ids))


DIRECTORY = ExportKind(
    code="directory",
    title=_l("People"),
    unit=_l("Rows written"),
    make=lambda params, told: _write(
        SheetFormat(params["format"]),
        None if params["projects"] is None else frozenset(params["projects"]),
        params["text"],
        told,
    ),
    note_taken=lambda params, by: _note_taken(SheetFormat(params["format"]), by),
)
