"""A project's results, and the rows behind each figure."""

from flask import Blueprint, render_template, request

from trainreg.audit.queries import history_of
from trainreg.kernel.permissions import Permission
from trainreg.people.words import LEVEL_WORDS
from trainreg.programme.queries import get_project, project_of_code
from trainreg.reporting import view
from trainreg.reporting.documents import documents_of
from trainreg.reporting.figures import ProjectFigures, figures_of
from trainreg.reporting.indicators import Progress
from trainreg.reporting.project_view import page_context
from trainreg.reporting.question import get_outcome, read_measure, read_question
from trainreg.reporting.result_pages import progress_context
from trainreg.reporting.rows import figure_without_rows, rows_behind
from trainreg.reporting.rules import Measure
from trainreg.reporting.trainers import told_of, trainers_of
from trainreg.reporting.unnamed import unnamed_of, without_small
from trainreg.web.access import may, needs
from trainreg.web.locale import language_name

blueprint = Blueprint("reporting", __name__)


@blueprint.get("/desk/projects/<code>")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def project_page(code: str) -> str:
    project = get_project(code)
    measure = read_measure(request.args.get("measure"))
    sees_names = may(Permission.VIEW_NAMES, project_id=project.id)
    progress = Progress(project, with_names=sees_names)
    figures = figures_for(progress)
    edits = may(Permission.EDIT_PROJECT, project_id=project.id)
    sees_events = may(Permission.VIEW_EVENTS, project_id=project.id)
    unnamed = unnamed_of(project.id)
    shown = view.shown_to(project, figures, with_names=sees_names)
    events = view.event_lines(project, figures, shown=shown, with_drafts=sees_events)
    total = view.part_of(figures, figures.total, shown=shown, order_by=measure)
    return render_template(
        "reporting/project_page.html",
        project=project,
        figures=figures,
        unnamed=unnamed if sees_names else without_small(unnamed),
        total=total,
        outcomes=view.outcome_parts(project, figures, events, shown=shown),
        events=events,
        publications=progress.publications,
        documents=documents_of(project),
        measure=measure,
        measures=view.MEASURES,
        Measure=Measure,
        budget=view.budget_of(project),
        country=view.country_of(project),
        language_name=language_name,
        edits=edits,
        sees_events=sees_events,
        sees_names=sees_names,
        sexes=view.SEXES,
        levels=LEVEL_WORDS,
        history=history_of(project) if edits else [],
        **page_context(figures, progress, total, events, measure, shown),
        **progress_context(progress),
    )


def figures_for(progress: Progress) -> ProjectFigures:
    """The figures of the project's page; what its indicators need beyond them is read only where there are some."""
    return figures_of(
        progress.project,
        progress.facts if progress.indicators else None,
        publications=progress.publications,
        periods=[(period.span, period.code) for period in progress.periods],
    )


@blueprint.get("/reports/<code>/outcomes/<number>")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def outcome_page(code: str, number: str) -> str:
    """One outcome by sex and by agency, in every measure."""
    project = get_project(code)
    outcome = get_outcome(project, number)
    sees_names = may(Permission.VIEW_NAMES, project_id=project.id)
    sees_events = may(Permission.VIEW_EVENTS, project_id=project.id)
    figures = figures_for(Progress(project, with_names=sees_names))
    shown = view.shown_to(project, figures, with_names=sees_names)
    events = view.event_lines(project, figures, shown=shown, with_drafts=sees_events)
    return render_template(
        "reporting/outcome_page.html",
        project=project,
        found=view.outcome_part(outcome, figures, events, shown=shown),
        measures=view.MEASURES,
        sees_events=sees_events,
        sees_names=sees_names,
    )


@blueprint.get("/reports/<code>/rows")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def rows(code: str) -> str:
    project = get_project(code)
    question = read_question(project, request.args.to_dict())
    found = rows_behind(question) if may(Permission.VIEW_NAMES, project_id=project.id) else None
    return render_template(
        "reporting/rows.html",
        project=project,
        question=question,
        found=found,
        total=found.total if found else figure_without_rows(question, figures_for(Progress(project, with_names=False))),
        sees_events=may(Permission.VIEW_EVENTS, project_id=project.id),
        measures=view.MEASURES,
        sexes=view.SEXES,
        Measure=Measure,
    )


@blueprint.get("/reports/<code>/trainers")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def trainers(code: str) -> str:
    """Who was trained as a trainer, and the events they then taught: as counts and as a tree, names by right."""
    project = get_project(code)
    with_names = may(Permission.VIEW_NAMES, project_id=project.id)
    found = trainers_of(project, with_names=with_names)
    return render_template(
        "reporting/trainers.html",
        project=project,
        found=found,
        told_counts=told_of(found, with_names=with_names),
        with_names=with_names,
        sees_events=may(Permission.VIEW_EVENTS, project_id=project.id),
    )
