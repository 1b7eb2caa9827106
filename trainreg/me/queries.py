"""What an official's own page shows: their registrations, certificates and consents."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import ATTENDED
from trainreg.certificates.models import Certificate
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.tokens import hashed
from trainreg.me.models import OwnPageLink, Visit
from trainreg.people.models import Consent, Person, Posting
from trainreg.people.rules import ConsentPurpose
from trainreg.registration.models import Registration, Submission

_WITH_EVENT = joinedload(Registration.event).options(selectinload(Event.sessions), joinedload(Event.project))


def list_people_at(email: str) -> Sequence[Person]:
    """Everybody whose e-mail address on record this is."""
    known = select(Person).where(Person.email == email, Person.merged_into_id.is_(None))
    return db.session.scalars(known.order_by(Person.id)).all()


def find_link(key: str, *, for_update: bool = False) -> OwnPageLink | None:
    statement = select(OwnPageLink).where(OwnPageLink.key == key).execution_options(populate_existing=True)
    return db.session.scalar(statement.with_for_update() if for_update else statement)


def find_visit(secret: str) -> Visit | None:
    """The living visit that a cookie's secret stands for."""
    visit = db.session.scalar(select(Visit).where(Visit.token_hash == hashed(secret)))
    if visit is None or visit.ended_at is not None or visit.ends_at <= clock.now():
        return None
    return visit if visit.person.erased_at is None else None


def find_registration(reference: str) -> Registration | None:
    """A registration of anybody who is still known."""
    statement = select(Registration).join(Person).options(_WITH_EVENT, contains_eager(Registration.person))
    return db.session.scalar(statement.where(Registration.reference == reference, Person.erased_at.is_(None)))


def find_submission(reference: str) -> Submission | None:
    """A form that came in under this reference, while the person it names is known."""
    statement = select(Submission).join(Registration).join(Person)
    return db.session.scalar(statement.where(Submission.reference == reference, Person.erased_at.is_(None)))


def list_registrations(person: Person) -> Sequence[Registration]:
    """All registrations of a person, the latest first."""
    statement = select(Registration).options(_WITH_EVENT, joinedload(Registration.agency))
    own = statement.where(Registration.person_id == person.id).order_by(Registration.id.desc())
    return db.session.scalars(own).all()


def count_attended(person: Person) -> Mapping[int, int]:
    """In how many sessions the person was there, by registration."""
    rows = db.session.execute(
        select(Attendance.registration_id, func.count())
        .join(Registration)
        .where(Registration.person_id == person.id, Attendance.state.in_(ATTENDED))
        .group_by(Attendance.registration_id)
    )
    return dict(rows.all())


def list_certificates(person: Person) -> Sequence[Certificate]:
    """All certificates of a person, the latest first."""
    statement = select(Certificate).join(Registration).options(contains_eager(Certificate.registration))
    return db.session.scalars(
        statement.where(Registration.person_id == person.id).order_by(Certificate.id.desc())
    ).all()


def get_certificate_of(person: Person, certificate_id: int) -> Certificate:
    """A certificate of this person; another's is not found."""
    own = select(Certificate).join(Registration).where(Registration.person_id == person.id)
    certificate = db.session.scalar(own.where(Certificate.id == certificate_id))
    if certificate is None:
        raise NotFound
    return certificate


def list_postings(person: Person) -> Sequence[Posting]:
    """Where the person served, the latest first."""
    statement = select(Posting).options(joinedload(Posting.agency)).where(Posting.person_id == person.id)
    return db.session.scalars(statement.order_by(Posting.id.desc())).all()


def consents_of(person: Person) -> Mapping[ConsentPurpose, list[Consent]]:
    """Every answer to each purpose, the latest first."""
    found: dict[ConsentPurpose, list[Consent]] = {purpose: [] for purpose in ConsentPurpose}
    rows = db.session.scalars(select(Consent).where(Consent.person_id == person.id).order_by(Consent.id.desc()))
    for consent in rows:
        found[consent.purpose].append(consent)
    return found
