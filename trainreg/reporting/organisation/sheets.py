"""The report as a spreadsheet of several sheets, and as one table."""

from collections.abc import Iterator, Sequence
from typing import IO

from flask_babel import gettext as _

from trainreg.kernel import clock
from trainreg.kernel.sheets_book import BookFacts, Column, Kind, SheetPlan, Strong, write_book
from trainreg.kernel.sheets_cells import Value
from trainreg.people.rules import Sex
from trainreg.reporting.organisation.answer import Answer, Sort, sorted_lines
from trainreg.reporting.organisation.forms import OrganisationForm
from trainreg.reporting.organisation.lines import Line, country_name, filters_in_words, parts_of, spans_of
from trainreg.reporting.view import SEXES
from trainreg.reporting.workbook.words import NOT_TOLD
from trainreg.web.locale import current_language, format_day, tr

FILE_NAME = "organisation"
Row = tuple[Value, ...]


def write_workbook(answer: Answer, form: OrganisationForm) -> IO[bytes]:
    """What was asked for stands on the first sheet; the caller closes the file."""
    made_at = clock.now()
    facts = BookFacts(
        title=_("All projects"),
        footer=_("All projects, made on %(day)s", day=format_day(made_at)),
        made_at=made_at,
    )
    return write_book(facts, _sheets(answer, form))


def _sheets(answer: Answer, form: OrganisationForm) -> Iterator[SheetPlan]:
    what = [Column(_("What"), width=34), Column(_("As asked for"), width=80)]
    yield SheetPlan(_("Filters"), what, _filters(answer, form), filtered=False)
    figure = [Column(_("What"), width=44), Column(_("Figure"), Kind.NUMBER, 16)]
    yield SheetPlan(_("Figures"), figure, _figures(answer), filtered=False)
    for part in parts_of(answer):
        head = [Column(part.head, width=44), *_measures()]
        rows: list[Row | Strong] = [*map(_cells, part.lines), Strong(_cells(_total(answer)))]
        yield SheetPlan(part.title, head, rows, filtered=False)
    spans = spans_of(answer)
    if spans:
        head = [Column(_("Year") if answer.counted.by_years else _("Month"), width=20), *_measures()]
        yield SheetPlan(_("Over time"), head, [_cells(one) for one in spans], filtered=False)
    yield SheetPlan(_("Projects"), _project_columns(), _projects(answer, form.sorted_by()))


def _measures() -> list[Column]:
    return [Column(str(label), Kind.NUMBER, 16) for label in (_("Attendances"), _("Officials"), _("Person-days"))]


def _project_columns() -> list[Column]:
    days = [Column(_("Starts on"), Kind.DAY, 12), Column(_("Ends on"), Kind.DAY, 12)]
    more = [Column(_("Certificates"), Kind.NUMBER, 14), Column(_("Events held"), Kind.NUMBER, 12)]
    words = [Column(_("Code"), width=14), Column(_("Project"), width=44), Column(_("Country"), width=16)]
    return [*words, Column(_("Funder"), width=30), *days, *_measures(), *more]


def _told(value: Value) -> Value:
    return str(NOT_TOLD) if value is None else value


def _cells(line: Line) -> Row:
    """Officials of a month are in no figure: that cell stays empty."""
    persons = None if line.persons is None and line.attendances is not None else _told(line.persons)
    return (line.label, _told(line.attendances), persons, _told(line.person_days))


def _total(answer: Answer) -> Line:
    return Line(_("Total"), answer.attendances, answer.persons, answer.person_days)


def _filters(answer: Answer, form: OrganisationForm) -> Iterator[Row]:
    yield from filters_in_words(answer, form)
    yield _("Made on"), clock.now().replace(tzinfo=None, second=0, microsecond=0)
    yield _("Time zone"), "UTC"
    yield _("How figures are counted"), _("An official is counted once, however many projects they came to.")
    yield _("and"), _("Events count on their first day, certificates on the day they were first given.")
    if not answer.sees_names:
        few = _("Figures of fewer than five people, and those that would give them away, are not told.")
        yield _("What is not told"), few


def _figures(answer: Answer) -> Iterator[Row]:
    yield _("Attendances"), _told(answer.attendances)
    yield _("Officials, each counted once"), _told(answer.persons)
    yield _("Person-days"), _told(answer.person_days)
    yield _("Certificates"), _told(answer.papers)
    yield _("Events held"), answer.events_held
    unnamed = answer.unnamed
    if unnamed.people:
        tells = answer.mask.tells_unnamed
        yield _("People counted at sessions without names"), _told(unnamed.people if tells else None)
        yield _("Their person-days"), _told(unnamed.person_days if tells else None)
        for sex in Sex:
            is_told = tells and sex not in answer.hidden_sexes
            yield f"– {SEXES[sex]}", _told(unnamed.by_sex[sex] if is_told else None)


def _projects(answer: Answer, sort: Sort) -> Iterator[Row]:
    for one in sorted_lines(answer.lines(), sort, current_language()):
        project = one.project
        words = (project.code, tr(project.title), country_name(project.country), tr(project.funder))
        figures = (_told(one.attendances), _told(one.persons), _told(one.person_days), _told(one.papers))
        yield *words, project.starts_on, project.ends_on, *figures, one.events_held


def write_table(answer: Answer, form: OrganisationForm) -> tuple[Sequence[str], Iterator[Row]]:
    """Everything under one heading: which part it is of, what, and the measures."""
    measures = (_("Attendances"), _("Officials"), _("Person-days"), _("Certificates"), _("Events held"))
    return (_("Part"), _("What"), *measures), _table_rows(answer, form)


def _table_rows(answer: Answer, form: OrganisationForm) -> Iterator[Row]:
    for label, words in filters_in_words(answer, form):
        yield _("Filter"), f"{label}: {words}", None, None, None, None, None
    yield _("Total"), _("Total"), *_cells(_total(answer))[1:], _told(answer.papers), answer.events_held
    if answer.unnamed.people and answer.mask.tells_unnamed:
        without = (answer.unnamed.people, None, answer.unnamed.person_days)
        yield _("Total"), _("People counted at sessions without names"), *without, None, None
    for part in parts_of(answer):
        for line in part.lines:
            yield part.title, *_cells(line), None, None
    for line in spans_of(answer):
        yield _("Over time"), *_cells(line), None, None
    for one in sorted_lines(answer.lines(), form.sorted_by(), current_language()):
        figures = (_told(one.attendances), _told(one.persons), _told(one.person_days), _told(one.papers))
        yield _("Projects"), f"{one.project.code} {tr(one.project.title)}", *figures, one.events_held
