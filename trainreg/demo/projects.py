"""The demonstration's projects, events and publications, made through the product's own services."""

from decimal import Decimal

from trainreg.agencies.models import Agency
from trainreg.demo.records import TIMEZONE, DemoEvent, DemoProject
from trainreg.events.models import Event, Session
from trainreg.events.rules import Approval, EventKind, EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.programme.models import Outcome, Project, ProjectPartner, Signatory
from trainreg.publications.models import Publication
from trainreg.publications.rules import PublicationKind

HALF_A_DAY = Decimal("0.5")


def create_project(told: DemoProject, agencies: dict[str, Agency]) -> Project:
    """Create the project with its outcomes, partners and signatories."""
    today = clock.today(TIMEZONE)
    project = Project(
        code=told.code,
        title=told.title,
        summary=told.summary,
        organisation=told.organisation,
        funder=told.funder,
        country=told.country,
        timezone=TIMEZONE,
        starts_on=told.starts_on.on(today),
        ends_on=told.ends_on.on(today),
        budget_amount=told.budget.get("amount"),
        budget_currency=told.budget.get("currency"),
        is_invented=told.is_invented,
        created_at=clock.now(),
        outcomes=[Outcome(number=o["number"], title=o["title"]) for o in told.outcomes],
        partners=[ProjectPartner(agency=agencies[c], position=n) for n, c in enumerate(told.partners, 1)],
        signatories=[
            Signatory(position=n, name=s["name"], title=s["title"]) for n, s in enumerate(told.signatories, 1)
        ],
    )
    db.session.add(project)
    db.session.flush()
    return project


def create_events(told: DemoProject, project: Project) -> list[tuple[DemoEvent, Event]]:
    today = clock.today(TIMEZONE)
    outcomes = {outcome.number: outcome for outcome in project.outcomes}
    made = []
    for entry in told.events:
        event = Event(
            project=project,
            slug=entry.slug,
            title=entry.title,
            summary=entry.summary,
            kind=EventKind(entry.kind),
            place=entry.place,
            timezone=TIMEZONE,
            capacity=entry.capacity,
            approval=Approval(entry.approval),
            status=EventStatus(entry.status),
            has_illustrative_dates=entry.has_illustrative_dates,
            created_at=clock.now(),
            outcomes=[outcomes[n] for n in entry.outcomes],
            sessions=[
                Session(starts_at=b.starts_at, ends_at=b.ends_at, timezone=TIMEZONE, day_share=HALF_A_DAY)
                for b in entry.blocks(today)
            ],
        )
        db.session.add(event)
        db.session.flush()
        made.append((entry, event))
    return made


def create_publications(told: DemoProject, project: Project) -> None:
    today = clock.today(TIMEZONE)
    outcomes = {outcome.number: outcome for outcome in project.outcomes}
    for entry in told.publications:
        db.session.add(
            Publication(
                project=project,
                outcome=outcomes[entry.outcome],
                kind=PublicationKind(entry.kind),
                title=entry.title,
                translated_into=entry.translated_into,
                published_on=entry.published_on.on(today),
                has_illustrative_date=entry.has_illustrative_date,
                printed=entry.printed,
                printed_is_minimum=entry.printed_is_minimum,
                distributed_to=entry.distributed_to,
            )
        )
    db.session.flush()
