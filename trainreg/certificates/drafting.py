"""Gather from the records what a certificate would say, before anybody issues it."""

from __future__ import annotations

from datetime import datetime

from trainreg.certificates.facts import (
    LATEST_FORMAT,
    CertificateFacts,
    canonical_json,
    facts_from_json,
)
from trainreg.certificates.issuing.printed import Printed
from trainreg.certificates.queries import Candidate
from trainreg.certificates.render import Flaw, flaws
from trainreg.certificates.rules import last_day
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.people.models import Person
from trainreg.people.printing import TRADITIONAL, printed_name, printed_names


def names_on_paper(person: Person, languages: tuple[str, ...], *, vertical: bool = False) -> dict[str, str]:
    """A person's name in each language of the paper: as they confirmed it, else as it is spelt in each script.

    In traditional Mongolian it stands only as confirmed: no rule turns one spelling into the other.
    """
    names = {language: printed_name(person, language) for language in languages}
    return names | printed_names(person, [TRADITIONAL]) if vertical else names


def draft(
    event: Event,
    candidate: Candidate,
    printed: Printed,
    *,
    number: str,
    code: str,
    at: datetime,
    place: tuple[int, int] | None = None,
    edition: int = 1,
    replaces: str = "",
    names: dict[str, str] | None = None,
) -> CertificateFacts:
    """Everything the paper of an eligible candidate would say, under that number and code.

    On a foreseen verdict it tells the planned duration. `place` is where its state stands in the status lists.
    """
    project, person, attended = event.project, candidate.registration.person, candidate.attended
    starts_at, ends_at = event.starts_at, event.ends_at
    if starts_at is None or ends_at is None:
        raise ValueError("nobody is eligible at an event without sessions")
    issued_on = clock.local(at, project.timezone).date()
    foreseen = candidate.is_foreseen
    facts = CertificateFacts(
        register_number=number,
        code=code,
        verify_url=f"{printed.address}{code}",
        kind=candidate.kind,
        edition=edition,
        design=printed.design,
        languages=printed.languages,
        names=names or names_on_paper(person, printed.languages, vertical=printed.vertical),
        event_title=event.title,
        event_kind=event.kind.value,
        place=event.place,
        starts_on=clock.local(starts_at, event.timezone).date(),
        ends_on=clock.local(ends_at, event.timezone).date(),
        days_planned=attended.days_planned,
        days_attended=attended.days_planned if foreseen else attended.days,
        hours_planned=attended.hours_planned,
        hours_attended=attended.hours_planned if foreseen else attended.hours,
        project_code=project.code,
        project_title=project.title,
        organisation=project.organisation,
        signatories=printed.signatories,
        issued_on=issued_on,
        is_invented=person.is_invented,
        format=LATEST_FORMAT,
        design_sha256=printed.design_sha256,
        issued_at=at.replace(microsecond=0),
        is_prepared=foreseen,
        valid_until=last_day(issued_on, printed.valid_months) if printed.valid_months else None,
        replaces=replaces,
        status_list=place[0] if place else None,
        status_index=place[1] if place else None,
        agency=candidate.registration.agency.name if printed.has_agency else {},
    )
    # What is checked and shown now is, to the letter, what will be read back from the record.
    return facts_from_json(canonical_json(facts))


def foreseen_flaws(event: Event, candidate: Candidate, printed: Printed) -> list[Flaw]:
    """What would stop an eligible candidate's certificate, so that the desk can mend it before issuing."""
    if not candidate.awaits_certificate:
        return []
    code = "-".join(["0000"] * 5)
    number = f"{event.project.code}/0001"
    return flaws(draft(event, candidate, printed, number=number, code=code, at=clock.now()))
