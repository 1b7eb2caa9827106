"""A project, its settings and its progress as an activity."""

from collections.abc import Iterator
from datetime import datetime

from trainreg.programme.iati.models import IatiSettings
from trainreg.programme.models import Project
from trainreg.reporting.iati.contacts import contact_in
from trainreg.reporting.iati.content import Activity, Organisation, Sector
from trainreg.reporting.iati.documents import documents_of
from trainreg.reporting.iati.results import results_of
from trainreg.reporting.iati.rules import BudgetPart, Mode, budget_parts, dates_of, status_of
from trainreg.reporting.indicators import Progress

FUNDING, IMPLEMENTING = "1", "4"


def activity_of(progress: Progress, settings: IatiSettings, mode: Mode, *, now: datetime) -> Activity:
    """What is published of a project. The file is for everybody: names nobody, and tells no small figures."""
    if progress.with_names:
        raise ValueError("what is published is read as by somebody without the right to names")
    project, today = progress.project, now.date()
    reporting = Organisation(
        name=settings.reporting_name or project.organisation, ref=settings.reporting_ref, type=settings.reporting_type
    )
    is_reported = all(period.is_locked for period in progress.periods)
    return Activity(
        identifier=settings.identifier,
        reporting=reporting,
        title=project.title,
        summary=project.summary or project.title,
        objective=project.objective or {},
        organisations=list(_organisations(project, settings)),
        status=status_of(today, project.starts_on, project.ends_on, is_reported=is_reported),
        dates=dates_of(today, project.starts_on, project.ends_on),
        contact=contact_in(project.contact, project.organisation),
        scope=settings.scope,
        country=project.country,
        sectors=[
            Sector(vocabulary=one.vocabulary, code=one.code, percentage=one.percentage) for one in settings.sectors
        ],
        currency=project.budget_currency or "",
        budget=_budget(project),
        documents=documents_of(project, progress.publications),
        results=results_of(progress, mode),
        generated_at=now,
    )


def _organisations(project: Project, settings: IatiSettings) -> Iterator[Organisation]:
    """Who pays, who does it, and the partner agencies where the settings say what they do."""
    if project.funder or settings.funder_ref:
        yield Organisation(name=project.funder, ref=settings.funder_ref, type=settings.funder_type, role=FUNDING)
    ref, kind = settings.implementer_ref, settings.implementer_type
    if not ref and not settings.reporting_name:
        ref, kind = settings.reporting_ref, kind or settings.reporting_type
    yield Organisation(name=project.organisation, ref=ref, type=kind, role=IMPLEMENTING)
    for partner in project.partners if settings.partner_role else ():
        yield Organisation(name=partner.agency.name, type=settings.partner_type, role=settings.partner_role)


def _budget(project: Project) -> list[BudgetPart]:
    """None where nobody says for what time it is."""
    if project.budget_amount is None or project.ends_on is None:
        return []
    return list(budget_parts(project.budget_amount, project.starts_on, project.ends_on))
