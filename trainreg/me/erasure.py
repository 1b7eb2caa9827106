"""Forget who a person is, and keep what reports count and certificates say."""

from sqlalchemy import and_, delete, or_, select, update

from trainreg.audit import service as audit
from trainreg.exporting.service import forget_all
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import Base, db
from trainreg.me.holdings import HOLDINGS, records_of, rows_of, tables_in_reach
from trainreg.me.models import OwnPageLink
from trainreg.me.queries import consents_of, list_registrations
from trainreg.outbox.models import Message, MessageStatus
from trainreg.people.corrections import lock_person
from trainreg.people.models import Person
from trainreg.people.rules import CONSENT_WORDS
from trainreg.people.service import record_consents
from trainreg.registration.changes import ASKED, STANDING
from trainreg.registration.rules import Channel, RegistrationStatus
from trainreg.registration.service import move

# Mails with a link of an hour: about no registration, and worth nothing afterwards.
OWN_MAILS = ("own_page_link", "own_page_email", "own_page_email_changed")
ERASED = "erased"


def erase(person: Person, *, by: Actor) -> None:
    """Cancel what is to come, then clear names, contacts, reasons and texts; it cannot be undone.

    No mail says goodbye: it would keep the address that is to be forgotten.
    """
    _cancel_what_is_to_come(person, by=by)
    person = lock_person(person)
    _take_consents_back(person)
    records = records_of(person.id)
    _stop_messages(person, records)
    db.session.flush()
    for table in reversed(tables_in_reach()):
        holding, own = HOLDINGS[table.name], rows_of(table, records)
        if holding.dropped:
            db.session.execute(delete(table).where(own))
        elif holding.erased:
            db.session.execute(update(table).where(own).values(dict(holding.erased)))
    db.session.execute(update(Person).where(Person.id.in_(records)).values(erased_at=clock.now()))
    forget_all()  # files of long lists that were prepared
    db.session.expire_all()
    audit.record("person.erased", person, by=by)


def _cancel_what_is_to_come(person: Person, *, by: Actor) -> None:
    now = clock.now()
    for registration in sorted(list_registrations(person), key=lambda one: one.event_id):
        ends_at = registration.event.ends_at
        if registration.status in STANDING | ASKED and (ends_at is None or ends_at > now):
            move(registration, RegistrationStatus.CANCELLED, by=by, channel=Channel.SELF, quiet=True)


def _take_consents_back(person: Person) -> None:
    given = [purpose for purpose, answers in consents_of(person).items() if answers and answers[0].is_given]
    if given:
        record_consents(
            person, dict.fromkeys(given, False), version=CONSENT_WORDS, language=person.language, channel=ERASED
        )


def _stop_messages(person: Person, records: frozenset[int]) -> None:
    """Nothing more is sent; mails with links to the own page go altogether."""
    table = Base.metadata.tables["message"]
    waiting = update(Message).where(rows_of(table, records), Message.status == MessageStatus.WAITING)
    db.session.execute(waiting.values(status=MessageStatus.GAVE_UP))
    new_addresses = select(OwnPageLink.new_email).where(
        OwnPageLink.person_id == person.id, OwnPageLink.new_email.is_not(None)
    )
    to_the_person = or_(Message.recipient == person.email, Message.recipient.in_(new_addresses))
    db.session.execute(delete(Message).where(and_(Message.kind.in_(OWN_MAILS), to_the_person)))
