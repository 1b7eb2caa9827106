"""The page of all projects, and the same as a file."""

from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.kernel.sheets_writing import SheetFormat
from trainreg.programme.routes import OVER_ALL_PROJECTS
from trainreg.reporting.organisation.answer import Answer, Sort, answer, sorted_lines
from trainreg.reporting.organisation.blueprint import blueprint
from trainreg.reporting.organisation.forms import OrganisationForm
from trainreg.reporting.organisation.lines import chart_of, filters_in_words, parts_of, spans_of
from trainreg.reporting.organisation.reader import Reader
from trainreg.reporting.organisation.sheets import FILE_NAME, write_table, write_workbook
from trainreg.reporting.view import SEXES
from trainreg.web.access import needs, principal
from trainreg.web.downloads import asked_format, book_download, download
from trainreg.web.locale import current_language
from trainreg.web.navigation import Entry, offer
from trainreg.web.paging import page_from

offer(Entry(_l("Reports"), "organisation.page", Permission.VIEW_RESULTS, 12, stands_for=OVER_ALL_PROJECTS.__contains__))
_OTHERS = frozenset({"page", "lang"})
HEADINGS: Mapping[Sort, Any] = {
    Sort.TITLE: _l("Project"),
    Sort.ATTENDANCES: _l("Attendances"),
    Sort.OFFICIALS: _l("Officials"),
    Sort.PERSON_DAYS: _l("Person-days"),
    Sort.CERTIFICATES: _l("Certificates"),
    Sort.EVENTS: _l("Events held"),
}


class UnknownFilter(Invalid):
    """A misspelt filter must not show figures that the reader takes for the filtered ones."""

    sentence = _l("We do not know the filter “%(name)s”. Open the report again and choose there.")


@blueprint.get("/reports")
@needs(Permission.VIEW_RESULTS)
def page() -> tuple[str, int]:
    """All projects that the reader may see, or those asked for; what of them is told depends on the reader."""
    form, found = _asked()
    if found is None:
        return render_template("reporting/organisation_page.html", form=form, found=None), form.status
    spans = spans_of(found)
    return (
        render_template(
            "reporting/organisation_page.html",
            form=form,
            found=found,
            parts=parts_of(found),
            spans=spans,
            chart=chart_of(spans),
            page=page_from(sorted_lines(found.lines(), form.sorted_by(), current_language())),
            headings=_headings(form),
            sexes=SEXES,
            chosen_words=list(filters_in_words(found, form)),
        ),
        200,
    )


@blueprint.get("/reports/organisation.<form>")
@needs(Permission.VIEW_RESULTS)
def file(form: str) -> Response | tuple[str, int]:
    """What the page shows, whole: no names, so that nobody need be told who took it."""
    wanted = asked_format(form)
    filters, found = _asked()
    if found is None:
        return render_template("reporting/organisation_page.html", form=filters, found=None), filters.status
    if wanted is SheetFormat.XLSX:
        return book_download(write_workbook(found, filters), f"{FILE_NAME}.xlsx")
    header, rows = write_table(found, filters)
    return download(wanted, header, rows, name=FILE_NAME)


def _asked() -> tuple[OrganisationForm, Answer | None]:
    """The filters in the address, and what came out; None where they are refused: the form says why."""
    account = principal()
    reader = Reader(account.project_ids(Permission.VIEW_RESULTS), account.project_ids(Permission.VIEW_NAMES))
    form = OrganisationForm(reader, request.args)
    for name in request.args:
        if name not in form and name not in _OTHERS:
            raise UnknownFilter(name=name[:40])
    if form.validate():
        try:
            return form, answer(form.asked(), reader)
        except Refused as refusal:
            form.refuse(_beside(refusal, form))
    return form, None


def _beside(refusal: Refused, form: OrganisationForm) -> Refused:
    """Days that were asked for as a year are refused beside the year."""
    if refusal.field in {"first", "last"} and form.year.data:
        refusal.field = "year"
    return refusal


def _headings(form: OrganisationForm) -> list[dict[str, Any]]:
    """Each leads to the list in its order; the one it is in leads back to the latest first."""
    found = []
    for sort, label in HEADINGS.items():
        is_sorted = form.sorted_by() is sort
        wanted = Sort.STARTED if is_sorted else sort
        kept: dict[str, Any] = form.arguments(sort=wanted.value)
        heading: dict[str, Any] = {
            "label": label,
            "sort_url": url_for("organisation.page", _anchor="projects", **kept),
        }
        if is_sorted:
            heading["sorted"] = "ascending" if sort is Sort.TITLE else "descending"
        if sort is not Sort.TITLE:
            heading["align"] = "end"
        found.append(heading)
    return found
