"""An event's certificate as it would look with what is chosen, for a person of its list."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainreg.certificates.drafting import names_on_paper
from trainreg.certificates.editor.kits import get_content, usual
from trainreg.certificates.editor.preview import CARD, drawn
from trainreg.certificates.editor.queries import Plan
from trainreg.certificates.editor.samples import SAMPLE_TRADITIONAL, sample_facts
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.issuing.printed import signatories_of
from trainreg.certificates.rules import certificate_kind_for
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Invalid
from trainreg.people.models import Person
from trainreg.people.printing import TRADITIONAL
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

MOST_NAMES = 200


class CannotBeShown(Invalid):
    """The design and this name do not fit; the sentence says why."""

    def __init__(self, problems: str) -> None:
        super().__init__()
        self.problems = problems

    def __str__(self) -> str:
        return self.problems


def people_to_show(event: Event) -> list[tuple[str, str]]:
    """An invented person, and those who are confirmed."""
    rows = db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED)
        .options(joinedload(Registration.person))
        .order_by(Registration.id)
        .limit(MOST_NAMES)
    )
    return [("", _("An invented name")), *((row.reference, row.person.name) for row in rows)]


def picture_of_plan(event: Event, plan: Plan, reference: str) -> bytes:
    """The page as pixels; raises NotFound for a design that there is not."""
    content = get_content(plan.design_sha256) if plan.design_sha256 else usual().content
    return _pixels(content, _facts(event, plan, _person(event, reference)))


def _pixels(content: str, facts: CertificateFacts) -> bytes:
    look = drawn(content, facts)
    if not look.pdf:
        raise CannotBeShown(" ".join(map(str, look.problems)))
    return look.png(CARD)


def _person(event: Event, reference: str) -> Person | None:
    if not reference:
        return None
    where = (Registration.event_id == event.id, Registration.reference == reference)
    row = db.session.scalar(select(Registration).where(*where).options(joinedload(Registration.person)))
    return row.person if row is not None else None


def _facts(event: Event, plan: Plan, person: Person | None) -> CertificateFacts:
    """What the paper would say, under a number and a code that nobody has."""
    kind, project = certificate_kind_for(event.kind.value), event.project
    facts = sample_facts("usual", kind, plan.languages, digest=plan.design_sha256 or usual().sha256)
    starts_at, ends_at = event.starts_at, event.ends_at
    if starts_at is not None and ends_at is not None:
        days = [clock.local(moment, event.timezone).date() for moment in (starts_at, ends_at)]
        facts = replace(facts, starts_on=days[0], ends_on=days[1])
    if person is not None:
        facts = replace(facts, names=names_on_paper(person, plan.languages, vertical=plan.vertical))
    elif plan.vertical:
        facts = replace(facts, names={**facts.names, TRADITIONAL: SAMPLE_TRADITIONAL})
    return replace(
        facts,
        event_title=event.title,
        event_kind=event.kind.value,
        place=event.place,
        project_code=project.code,
        project_title=project.title,
        organisation=project.organisation,
        signatories=signatories_of(project),
        valid_until=facts.valid_until if plan.valid_months else None,
    )
