"""The link to somebody's tests and evaluations: it opens nothing else, and needs no account."""

from collections.abc import Collection

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainreg.assessment.attempts import may_sit
from trainreg.assessment.overview import Offered, offered_to, offered_to_each
from trainreg.assessment.refusals import NotForYou
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.people.models import Person
from trainreg.registration.models import Registration
from trainreg.web.links import is_signed, personal_link, signature_of


def thing_of(registration: Registration) -> str:
    """What the link names: it is signed as the mail leaves, see `web.links`."""
    return f"t/{registration.reference}"


def link_of(registration: Registration) -> str:
    """The full link, unsigned, as a message keeps it."""
    return personal_link(thing_of(registration))


def address_of(registration: Registration) -> str:
    """The same as a page of the official's own links to it."""
    signature = signature_of(thing_of(registration))
    return url_for("assessment.own_start", reference=registration.reference, signature=signature)


def way_in(registration: Registration, offered: Offered | None = None) -> str:
    """The address where something waits for this person now; empty where nothing does."""
    waits = may_sit(registration) and (offered or offered_to(registration)).is_anything
    return address_of(registration) if waits else ""


def who_waits(registrations: Collection[Registration]) -> frozenset[int]:
    """Those of them for whom a test or an evaluation is open now."""
    offered = offered_to_each(registrations)
    return frozenset(one.id for one in registrations if may_sit(one) and offered[one.id].is_anything)


def enter(reference: str, signature: str) -> Registration:
    """Whose tests this link opens; raises NotFound for one that we did not sign or whose owner is forgotten."""
    if not is_signed(f"t/{reference}", signature):
        raise NotFound
    statement = (
        select(Registration)
        .join(Person)
        .options(joinedload(Registration.event).joinedload(Event.project))
        .where(Registration.reference == reference, Person.erased_at.is_(None))
    )
    registration = db.session.scalar(statement)
    if registration is None:
        raise NotFound
    if not may_sit(registration):
        raise NotForYou
    return registration
