"""The first page an official sees: what is to come, what was, and the certificates."""

from dataclasses import dataclass

from flask import render_template

from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.certificates.sentences import KINDS
from trainreg.kernel import clock
from trainreg.kernel.types import Text
from trainreg.me.queries import count_attended, list_certificates, list_registrations
from trainreg.people.models import Person
from trainreg.registration.models import Registration
from trainreg.web.links import signature_of


@dataclass(frozen=True)
class Line:
    """One registration of the list; `signature` completes the address of its page."""

    registration: Registration
    signature: str
    is_over: bool
    attended: int


@dataclass(frozen=True)
class Paper:
    """One certificate of the list."""

    certificate: Certificate
    kind: str
    title: Text


def overview_page(person: Person) -> tuple[str, int]:
    """Everything of this person at a glance; the number of queries does not depend on how much it is."""
    now, attended = clock.now(), count_attended(person)
    lines = []
    for registration in list_registrations(person):
        ends_at = registration.event.ends_at
        is_over = ends_at is not None and ends_at <= now
        signature = signature_of(f"r/{registration.reference}")
        lines.append(Line(registration, signature, is_over, attended.get(registration.id, 0)))
    coming = [line for line in lines if not line.is_over]
    coming.sort(key=lambda line: line.registration.event.starts_at or now)
    papers = [
        Paper(certificate, str(KINDS[certificate.kind]), dict(facts_of(certificate).event_title))
        for certificate in list_certificates(person)
    ]
    page = render_template(
        "me/own_page.html",
        person=person,
        coming=coming,
        past=[line for line in lines if line.is_over],
        papers=papers,
    )
    return page, 200
