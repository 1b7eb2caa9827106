"""The demonstration's projects, events and publications, made through the product's own services."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from trainreg.agencies.models import Agency
from trainreg.demo import world
from trainreg.demo.records import TIMEZONE, DemoEvent, DemoProject
from trainreg.events import service as events
from trainreg.events.details import EventDetails, GroupDetails, QuotaDetails, SessionDetails
from trainreg.events.models import Event
from trainreg.events.rules import Admission, Approval, EventKind
from trainreg.framework.service import save_framework
from trainreg.framework.sheets import read_framework
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.sheets import read_sheet
from trainreg.programme import service as programme
from trainreg.programme.details import OutcomeDetails, ProjectDetails, SignatoryDetails
from trainreg.programme.iati.details import IatiDetails, SectorDetails
from trainreg.programme.iati.service import save_iati_settings
from trainreg.programme.models import Outcome, Project
from trainreg.programme.story import set_contact
from trainreg.publications import copies
from trainreg.publications import service as publications
from trainreg.publications.details import HandoutDetails, PublicationDetails, RunDetails
from trainreg.publications.rules import PublicationKind

OPENS_BEFORE_START = timedelta(days=35)
PREPARED_BEFORE_OPENING = timedelta(days=5)


def create_project(told: DemoProject, agencies: dict[str, Agency], *, by: Actor) -> Project:
    """Create the project with its outcomes, partners and signatories, on its first day."""
    today = demonstration_day()
    starts_on, amount = told.starts_on.on(today), told.budget.get("amount")
    details = ProjectDetails(
        code=told.code,
        title=told.title,
        summary=told.summary,
        organisation=told.organisation,
        funder=told.funder,
        country=told.country,
        timezone=TIMEZONE,
        starts_on=starts_on,
        ends_on=told.ends_on.on(today),
        budget_amount=None if amount is None else Decimal(amount),
        budget_currency=told.budget.get("currency"),
        outcomes=[OutcomeDetails(**outcome) for outcome in told.outcomes],
        partners=[agencies[code] for code in told.partners],
        signatories=[SignatoryDetails(**signatory) for signatory in told.signatories],
    )
    project = programme.create_project(details, by=by, is_invented=told.is_invented, at=_morning_of(starts_on))
    set_contact(project, told.contact, by=by, at=_morning_of(starts_on))
    sectors = [SectorDetails(**sector) for sector in told.iati["sectors"]]
    save_iati_settings(project, IatiDetails(**told.iati | {"sectors": sectors}), by=by)
    return project


def create_event(told: DemoEvent, project: Project, agencies: dict[str, Agency], *, by: Actor) -> Event:
    """Create the event as a draft, some days before its registration opens."""
    today = demonstration_day()
    outcomes = _outcomes_of(project)
    opens_at = opening_of(told, today)
    details = EventDetails(
        title=told.title,
        summary=told.summary,
        kind=EventKind(told.kind),
        place=told.place,
        hosts=told.hosts,
        timezone=TIMEZONE,
        capacity=told.capacity,
        offer_hours=told.offer_hours,
        quotas=tuple(QuotaDetails(agency_id=agencies[code].id, places=n) for code, n in told.quotas.items()),
        groups=tuple(GroupDetails(**group) for group in told.groups),
        approval=Approval(told.approval),
        admission=Admission(told.admission),
        outcome_ids=frozenset(outcomes[number].id for number in told.outcomes),
        has_illustrative_dates=told.has_illustrative_dates,
    )
    sessions = [SessionDetails(**vars(plan)) for plan in told.sessions(today)]
    at = opens_at - PREPARED_BEFORE_OPENING
    return events.create_event(project, details, sessions, by=by, slug=told.slug, at=at)


def create_framework(told: DemoProject, project: Project, agencies: Mapping[str, Agency], *, by: Actor) -> None:
    """Give the project its results framework, as an import of its spreadsheet would."""
    sheet = world.framework(told.code, demonstration_day())
    ids = {code.casefold(): agency.id for code, agency in agencies.items()}
    save_framework(project, read_framework(read_sheet(sheet, "framework.csv"), ids), by=by)


def create_publications(
    told: DemoProject, project: Project, agencies: Mapping[str, Agency], events: Mapping[str, Event], *, by: Actor
) -> None:
    """Add the project's publications, each on its day, and whom copies went to."""
    today = demonstration_day()
    outcomes = _outcomes_of(project)
    for entry in told.publications:
        published_on = entry.published_on.on(today)
        details = PublicationDetails(
            kind=PublicationKind(entry.kind),
            title=entry.title,
            translated_into=entry.translated_into,
            published_on=published_on,
            has_illustrative_date=entry.has_illustrative_date,
            outcome=outcomes[entry.outcome],
        )
        at = _morning_of(published_on)
        publication = publications.create_publication(project, details, by=by, at=at)
        if not entry.printed:
            continue
        run = RunDetails(
            language=entry.translated_into or "en",
            copies=entry.printed,
            is_minimum=entry.printed_is_minimum,
            day=published_on,
            has_illustrative_date=entry.has_illustrative_date,
        )
        copies.add_run(publication, run, by=by, at=at)
        if entry.distributed_to:
            handout = HandoutDetails(
                copies=entry.printed,
                is_minimum=entry.printed_is_minimum,
                recipient=entry.distributed_to,
                day=published_on,
                has_illustrative_date=entry.has_illustrative_date,
            )
            copies.add_handout(publication, handout, by=by, at=at)
        for gone in entry.handouts:
            handout = HandoutDetails(
                copies=gone.copies,
                agency=agencies[gone.agency] if gone.agency else None,
                event=events[gone.event] if gone.event else None,
                day=gone.day.on(today),
            )
            copies.add_handout(publication, handout, by=by, at=_morning_of(gone.day.on(today)))


def demonstration_day() -> date:
    """The day the demonstration calls today: until nine in the morning it is still yesterday.

    So the event "under way today" has begun at whatever hour the demonstration is loaded.
    """
    return clock.local(clock.now() - timedelta(hours=9), TIMEZONE).date()


def opening_of(told: DemoEvent, today: date) -> datetime:
    """When registration opened: as told, else five weeks before the start."""
    day = told.opens.on(today) if told.opens else told.starts.on(today) - OPENS_BEFORE_START
    return _morning_of(day)


def _outcomes_of(project: Project) -> dict[int, Outcome]:
    return {outcome.number: outcome for outcome in project.outcomes}


def _morning_of(day: date) -> datetime:
    return datetime.combine(day, time(9), ZoneInfo(TIMEZONE))
