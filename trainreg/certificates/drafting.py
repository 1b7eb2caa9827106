"""Gather from the records what a certificate would say, before anybody issues it."""

from __future__ import annotations

from datetime import datetime

from trainreg.certificates.designs import CURRENT_DESIGN
from trainreg.certificates.facts import CertificateFacts, Signatory, canonical_json, facts_from_json
from trainreg.certificates.queries import Candidate
from trainreg.certificates.render import Flaw, flaws
from trainreg.certificates.rules import certificate_kind_for
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.people.models import Person

LANGUAGES_ON_PAPER = ("en", "mn")
MOST_SIGNATORIES = 2


def names_on_paper(person: Person) -> dict[str, str]:
    """A person's name in each language of the paper: as they confirmed it, else as it is spelt in each script."""
    usual = {"en": person.latin_name, "mn": person.name}
    return {language: person.certificate_name.get(language) or usual[language] for language in LANGUAGES_ON_PAPER}


def draft(
    event: Event, candidate: Candidate, *, number: str, code: str, address: str, at: datetime
) -> CertificateFacts:
    """Everything the paper of an eligible candidate would say, under that number and code."""
    project, person, attended = event.project, candidate.registration.person, candidate.attended
    starts_at, ends_at = event.starts_at, event.ends_at
    if starts_at is None or ends_at is None:
        raise ValueError("nobody is eligible at an event without sessions")
    facts = CertificateFacts(
        register_number=number,
        code=code,
        verify_url=f"{address}{code}",
        kind=certificate_kind_for(event.kind.value),
        edition=1,
        design=CURRENT_DESIGN,
        languages=LANGUAGES_ON_PAPER,
        names=names_on_paper(person),
        event_title=event.title,
        event_kind=event.kind.value,
        place=event.place,
        starts_on=clock.local(starts_at, event.timezone).date(),
        ends_on=clock.local(ends_at, event.timezone).date(),
        days_planned=attended.days_planned,
        days_attended=attended.days,
        hours_planned=attended.hours_planned,
        hours_attended=attended.hours,
        project_code=project.code,
        project_title=project.title,
        organisation=project.organisation,
        signatories=tuple(
            Signatory(signatory.name, signatory.title) for signatory in project.signatories[:MOST_SIGNATORIES]
        ),
        issued_on=clock.local(at, project.timezone).date(),
        is_invented=person.is_invented,
    )
    # What is checked and shown now is, to the letter, what will be read back from the record.
    return facts_from_json(canonical_json(facts))


def foreseen_flaws(event: Event, candidate: Candidate) -> list[Flaw]:
    """What would stop an eligible candidate's certificate, so that the desk can mend it before issuing."""
    if not candidate.awaits_certificate:
        return []
    code = "-".join(["0000"] * 5)
    return flaws(draft(event, candidate, number=f"{event.project.code}/0001", code=code, address="", at=clock.now()))
