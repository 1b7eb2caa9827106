"""The directory of people as CSV and XLSX: by right, and written down."""

from collections.abc import Iterator, Sequence

from flask import Response, request
from flask_babel import gettext as _

from trainreg.accounts.queries import get_user
from trainreg.audit import service as audit
from trainreg.kernel.db import db, reading
from trainreg.kernel.languages import in_language
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.sheets_cells import Value
from trainreg.people.words import AGE_BAND_WORDS, PRINTED_NAME_WORDS, SEX_WORDS
from trainreg.records.blueprint import blueprint
from trainreg.records.people_pages import asked_text
from trainreg.records.queries import ProjectIds, select_people_rows
from trainreg.web.access import current_actor, needs, principal
from trainreg.web.downloads import asked_format, download
from trainreg.web.locale import current_language


@blueprint.post("/desk/people/export")
@needs(Permission.VIEW_NAMES)
def export_people() -> Response:
    """Names, posting and number of events of those whom one's projects know; no contacts."""
    form, user_id = asked_format(request.form.get("format")), current_actor().user_id
    if user_id is None:
        raise NotFound
    audit.record("account.people_taken", get_user(user_id), by=current_actor(), format=form.value.upper())
    db.session.commit()
    header = [
        *(_("Family name or patronymic"), _("Given name")),
        *(_("Family name or patronymic in Latin letters"), _("Given name in Latin letters")),
        *(str(words) for words in PRINTED_NAME_WORDS.values()),
        *(_("Sex"), _("Age"), _("Agency"), _("Position"), _("Events")),
    ]
    projects = principal().project_ids(Permission.VIEW_NAMES)
    with reading():
        response = download(form, header, _cells(projects, current_language()), name="people", title=_("People"))
        db.session.rollback()
    return response


def _cells(project_ids: ProjectIds, language: str) -> Iterator[Sequence[Value]]:
    sexes = {sex: str(words) for sex, words in SEX_WORDS.items()}
    bands = {band: str(words) for band, words in AGE_BAND_WORDS.items()}
    for *names, printed, sex, band, agency, position, events in select_people_rows(
        project_ids, asked_text(request.form)
    ):
        own = [printed.get(language, "") for language in PRINTED_NAME_WORDS]
        yield (*names, *own, sexes[sex], bands[band], in_language(agency, language), position or "", events)
