"""Small worlds in which one official stands twice, and the whole database as one value to compare."""

import random
from typing import Any

from sqlalchemy import select

from tests import factories as make
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateKind
from trainreg.events.models import Event
from trainreg.kernel.db import Base, db
from trainreg.people.models import Consent, LikelyPair, Person, Posting
from trainreg.people.names import confirm_names
from trainreg.people.rules import AgeBand, ConsentPurpose, PairStatus, Sex
from trainreg.registration.models import Registration, Submission
from trainreg.registration.rules import RegistrationStatus, seats_taken

# What happened stays on record, and what is due is settled with the commit. When somebody was last searched for is no
# fact about them.
# History, and a dictionary that only grows: it names what somebody ever was.
ASIDE = {"audit_entry", "person_merge", "tally_due", "counted_who"}
BOOKKEEPING = {("person", "compared_at")}


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the history."""
    db.session.flush()
    found = {}
    for name, table in Base.metadata.tables.items():
        if name not in ASIDE:
            rows = db.session.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            found[name] = [
                {one.name: row[one] for one in table.columns if (name, one.name) not in BOOKKEEPING}
                for row in rows
                if name != "tally" or row["attendances"]  # a sum of nothing says what a missing one says
            ]
    return found


def mark(registration: Registration, place: int, state: AttendanceState) -> Attendance:
    row = Attendance(
        registration_id=registration.id,
        session_id=registration.event.sessions[place].id,
        state=state,
        source=Source.DESK,
        marked_at=make.NOW,
    )
    db.session.add(row)
    db.session.flush()
    return row


def certify(registration: Registration, number: int) -> Certificate:
    row = Certificate(
        registration_id=registration.id,
        kind=CertificateKind.ATTENDANCE,
        edition=1,
        register_number=f"P/{number:04d}",
        code=f"{number:020d}",
        design="formal-1",
        facts=f'{{"number": {number}}}',
        facts_sha256=f"{number:064d}",
        issued_at=make.NOW,
    )
    db.session.add(row)
    db.session.flush()
    return row


def submit(registration: Registration, number: int) -> Submission:
    row = Submission(
        key=f"key-{number}",
        content_hash="0" * 64,
        event_id=registration.event_id,
        registration_id=registration.id,
        reference=f"S{number:07d}",
        receipt_hash=f"{number:064d}",
        answer=registration.status,
        name_as_typed=registration.person.name,
        at=make.NOW,
    )
    db.session.add(row)
    db.session.flush()
    return row


def twins(world: World) -> tuple[Person, Person]:
    """Bolor twice: once in Cyrillic with an address, once in Latin letters with a telephone."""
    second = make.person("Bolor", "Bat", phone="+976 99112233", sex=Sex.NOT_STATED, language="en")
    return world.bolor, second


def random_world(world: World, dice: random.Random) -> tuple[Person, Person]:
    """Twins with any registrations, marks, certificates, forms, postings, consents and pairs."""
    one, other = twins(world)
    events = [_event(world, dice) for _number in range(dice.randint(1, 3))]
    for event in events:
        for person in (one, other):
            if dice.random() < 0.75:
                _registered(world, event, person, dice)
    for person in (one, other):
        person.certificate_name = {code: f"{code} {dice.random()}" for code in ("en", "mn") if dice.random() < 0.5}
        person.age_band = dice.choice(list(AgeBand))
        if dice.random() < 0.5:
            confirm_names(person, by=make.STAFF)
        for _number in range(dice.randint(0, 2)):
            db.session.add(Posting(person_id=person.id, agency_id=dice.choice((world.ministry, world.border)).id))
        db.session.add(Consent(person_id=person.id, purpose=dice.choice(list(ConsentPurpose)), version="1",
                               is_given=dice.random() < 0.5, at=make.NOW, language="mn", channel="form"))  # fmt: skip
    for first, second in ((one, other), (one, world.tuya), (other, world.tuya)):
        if dice.random() < 0.6:
            low, high = sorted((first.id, second.id))
            status = dice.choice((PairStatus.OPEN, PairStatus.DIFFERENT))
            db.session.add(LikelyPair(person_a_id=low, person_b_id=high, score=70, evidence=["same_name"],
                                      status=status, found_at=make.NOW))  # fmt: skip
    db.session.flush()
    db.session.expire_all()
    return one, other


def _event(world: World, dice: random.Random) -> Event:
    """Somebody may wait, but only where strangers have every place: whoever waits moves up into a free one."""
    event = make.event(dice.choice((world.project, world.other_project)), capacity=dice.choice((None, 1, 2, 3)))
    if event.capacity and dice.random() < 0.3:
        for _number in range(event.capacity):
            make.registration(event, agency=world.border)
        make.registration(event, status=RegistrationStatus.WAITLISTED, agency=world.border)
    return event


def _is_full(event: Event) -> bool:
    held = select(Registration.status, Registration.role, Registration.agency_id).where(
        Registration.event_id == event.id
    )
    return event.capacity is not None and seats_taken(db.session.execute(held)) >= event.capacity


def _registered(world: World, event: Event, person: Person, dice: random.Random) -> None:
    status = dice.choice(list(RegistrationStatus))
    if status is RegistrationStatus.WAITLISTED and not _is_full(event):
        status = RegistrationStatus.CONFIRMED
    registration = make.registration(event, person, status, agency=dice.choice((world.ministry, world.border)))
    number = registration.id
    for place in range(2):
        if dice.random() < 0.5:
            mark(registration, place, dice.choice(list(AttendanceState)))
    if dice.random() < 0.4:
        certify(registration, number)
    if dice.random() < 0.5:
        submit(registration, number)
    if dice.random() < 0.5:
        make.message(registration_id=number)
