"""The first page an official sees: what is to come, what was, and the certificates."""

from dataclasses import dataclass

from flask import render_template

from trainreg.assessment.entering import way_in
from trainreg.assessment.overview import NOTHING, offered_to_each
from trainreg.certificates.credentials.linkedin import linkedin_link
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.certificates.sentences import KINDS
from trainreg.kernel import clock
from trainreg.kernel.types import Text
from trainreg.me.queries import count_attended, list_certificates, list_registrations
from trainreg.people.models import Person
from trainreg.people.printing import unconfirmed
from trainreg.registration.models import Registration
from trainreg.web.links import signature_of


@dataclass(frozen=True)
class Line:
    """One registration of the list; `signature` completes the address of its page.

    `learning` is the address of the person's tests and evaluations there, empty where none waits.
    """

    registration: Registration
    signature: str
    is_over: bool
    attended: int
    learning: str


@dataclass(frozen=True)
class Paper:
    """One certificate of the list."""

    certificate: Certificate
    kind: str
    title: Text
    linkedin: str


def _paper(certificate: Certificate) -> Paper:
    facts = facts_of(certificate)
    return Paper(certificate, str(KINDS[certificate.kind]), dict(facts.event_title), linkedin_link(facts))


def overview_page(person: Person) -> tuple[str, int]:
    """Everything of this person at a glance; the number of queries does not depend on how much it is."""
    now, attended = clock.now(), count_attended(person)
    lines = []
    registrations = list_registrations(person)
    offered = offered_to_each(registrations)
    for registration in registrations:
        ends_at = registration.event.ends_at
        is_over = ends_at is not None and ends_at <= now
        signature = signature_of(f"r/{registration.reference}")
        learning = way_in(registration, offered.get(registration.id, NOTHING))
        lines.append(Line(registration, signature, is_over, attended.get(registration.id, 0), learning))
    coming = [line for line in lines if not line.is_over]
    coming.sort(key=lambda line: line.registration.event.starts_at or now)
    papers = [_paper(certificate) for certificate in list_certificates(person)]
    page = render_template(
        "me/own_page.html",
        person=person,
        coming=coming,
        past=[line for line in lines if line.is_over],
        papers=papers,
        has_open_names=bool(unconfirmed(person)),
    )
    return page, 200
