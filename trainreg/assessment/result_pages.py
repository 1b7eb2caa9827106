"""The results of an event's tests, and the same as a list to take along."""

from collections.abc import Iterator, Sequence

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.assessment.bank_pages import TESTS
from trainreg.assessment.blueprint import blueprint
from trainreg.assessment.results import PersonLine, Results, results_of
from trainreg.assessment.rules import Occasion
from trainreg.assessment.words import OCCASION_WORDS, gain_words, points_words, share_words
from trainreg.audit import service as audit
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db, reading
from trainreg.kernel.languages import in_language
from trainreg.kernel.permissions import Permission
from trainreg.kernel.sheets_cells import Value
from trainreg.web.access import current_actor, may, needs
from trainreg.web.downloads import asked_format, download
from trainreg.web.locale import current_language

audit.describes({"event.test_results_taken": _l("Results of the tests handed out as %(format)s")})


@blueprint.get(f"{TESTS}/results")
@needs(Permission.VIEW_EVENTS, project=project_of_event)
def results_page(slug: str) -> str:
    event = get_event(slug)
    return render_template(
        "assessment/results_page.html",
        event=event,
        results=results_of(event.id),
        occasions=OCCASION_WORDS,
        Occasion=Occasion,
        with_names=may(Permission.VIEW_NAMES, project_id=event.project_id),
        points_words=points_words,
        share_words=share_words,
        gain_words=gain_words,
    )


@blueprint.post(f"{TESTS}/results/export")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def export_results(slug: str) -> Response:
    """Every person's points, by right and written down."""
    event, form = get_event(slug), asked_format(request.form.get("format"))
    audit.record(
        "event.test_results_taken", event, by=current_actor(), project_id=event.project_id, format=form.value.upper()
    )
    db.session.commit()
    with reading():
        header = [_("Name"), _("Agency"), _("Pre-test"), _("Post-test"), _("Points to get"), _("Gain in points")]
        header.append(_("Normalised gain"))
        rows = _rows(results_of(event.id), current_language())
        response = download(form, header, rows, name=f"{event.slug}-tests", title=_("Results of the tests"))
        db.session.rollback()
    return response


def _rows(results: Results, language: str) -> Iterator[Sequence[Value]]:
    for line in results.people:
        if line.sheets:
            name = line.registration.person.name
            yield (name, in_language(line.registration.agency.name, language), *_numbers(line))


def _numbers(line: PersonLine) -> Iterator[Value]:
    for occasion in Occasion:
        sheet = line.sheets.get(occasion)
        yield None if sheet is None else sheet.points
    most = {sheet.most for sheet in line.sheets.values()}
    yield most.pop() if len(most) == 1 else None
    pair = line.pair
    yield None if pair is None else float(pair.gain)
    yield None if pair is None or pair.normalised is None else round(float(pair.normalised), 4)
