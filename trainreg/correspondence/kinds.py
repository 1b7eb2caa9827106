"""The kinds of mail that an event sends, each with a sample for the preview."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from trainreg.correspondence import drafts
from trainreg.events.changes import facts_of
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.outbox.drafts import Draft
from trainreg.people.models import Person
from trainreg.people.rules import Level, Sex
from trainreg.registration.models import Registration
from trainreg.registration.notices import draft_for
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.web.links import absolute

SAMPLE_ADDRESS = "official@example.org"
KEY = "preview"


@dataclass(frozen=True)
class Kind:
    """A kind of mail: what it is called, when it goes out, and how it would read."""

    label: Any
    occasion: Any
    sample: Callable[[str, Registration], Draft]


def _plain(kind: str, registration: Registration) -> Draft:
    return draft_for(kind, registration, key=KEY, to=SAMPLE_ADDRESS, status=registration.status)


def _offered(kind: str, registration: Registration) -> Draft:
    until = registration.accept_by or clock.now() + timedelta(hours=registration.event.offer_hours or 48)
    return draft_for(kind, registration, key=KEY, to=SAMPLE_ADDRESS, accept_by=until)


def _reminder(_kind: str, registration: Registration) -> Draft:
    return drafts.reminder(registration, key=KEY, to=SAMPLE_ADDRESS)


def _changed(_kind: str, registration: Registration) -> Draft:
    """As if the event had been planned a day earlier."""
    after = facts_of(registration.event)
    day = timedelta(days=1)
    earlier = tuple(
        replace(session, starts_at=session.starts_at - day, ends_at=session.ends_at - day) for session in after.sessions
    )
    before = replace(after, sessions=earlier)
    draft = drafts.changed(registration, before, after, key=KEY, to=SAMPLE_ADDRESS)
    return draft or draft_for("event_changed", registration, key=KEY, to=SAMPLE_ADDRESS, changes=[])


def _called_off(_kind: str, registration: Registration) -> Draft:
    return drafts.called_off(registration, key=KEY, to=SAMPLE_ADDRESS)


def _thanks(_kind: str, registration: Registration) -> Draft:
    return drafts.thanks(registration, key=KEY, to=SAMPLE_ADDRESS, is_issued=False)


def _follow_up(_kind: str, registration: Registration) -> Draft:
    return drafts.follow_up(registration, key=KEY, to=SAMPLE_ADDRESS)


def _certificate(kind: str, registration: Registration) -> Draft:
    number, code = f"{registration.event.project.code}/0000", "0000-0000-0000-0000"
    return draft_for(
        kind,
        registration,
        key=KEY,
        to=SAMPLE_ADDRESS,
        register_number=number,
        code=code,
        file_url=absolute("certificates.own_file", token="sample"),  # noqa: S106 - opens nothing
        verify_url=absolute("certificates.verify", code=code),
    )


KINDS: Mapping[str, Kind] = {
    "registration_invited": Kind(_l("Invited"), _l("When the desk invites somebody by name"), _plain),
    "registration_nominated": Kind(_l("Nominated"), _l("When an agency's focal point names somebody"), _plain),
    "nomination_replaced": Kind(_l("Nominee replaced"), _l("When the agency names somebody else instead"), _plain),
    "nomination_withdrawn": Kind(_l("Nomination withdrawn"), _l("When the agency takes it back"), _plain),
    "registration_received": Kind(_l("Received"), _l("At once, when the desk decides"), _plain),
    "registration_waiting": Kind(_l("On the waiting list"), _l("At once, when every place is taken"), _plain),
    "registration_confirmed": Kind(_l("Confirmed"), _l("When a place is given"), _plain),
    "registration_declined": Kind(_l("Declined"), _l("When the desk says no"), _plain),
    "registration_promoted": Kind(_l("Moved up"), _l("When a place falls free for somebody who waits"), _plain),
    "registration_offered": Kind(
        _l("Moved up, answer asked"), _l("The same, where the event gives a time to answer"), _offered
    ),
    "registration_lapsed": Kind(_l("No answer in time"), _l("When the place goes to the next"), _plain),
    "registration_cancelled": Kind(_l("Cancelled"), _l("When a registration is cancelled"), _plain),
    "registration_repeated": Kind(_l("Registered again"), _l("When the form comes in a second time"), _plain),
    "event_reminder": Kind(_l("Reminder"), _l("Days before the start, to those confirmed"), _reminder),
    "event_changed": Kind(_l("Something changed"), _l("When title, days, times or place change"), _changed),
    "event_called_off": Kind(_l("Event called off"), _l("When the event does not take place"), _called_off),
    "event_thanks": Kind(_l("Thanks"), _l("The day after, to those who came"), _thanks),
    "evaluation_follow_up": Kind(
        _l("Follow-up"), _l("3 or 6 months after, to participants who came, where the event asks again"), _follow_up
    ),
    "certificate_ready": Kind(_l("Certificate ready"), _l("When a certificate is issued"), _certificate),
}
LETTER_WORDS = _l("Letter")


def label_of(kind: str) -> str:
    """What a kind is called; one that this room does not know by its name."""
    if kind == "letter":
        return str(LETTER_WORDS)
    return str(KINDS[kind].label) if kind in KINDS else kind.replace("_", " ")


def sample_of(kind: str, registration: Registration, language: str) -> Draft:
    """The mail of that kind as this person would get it in that language. Nothing is written."""
    with force_locale(language):
        draft = KINDS[kind].sample(kind, _speaking(registration, language))
    return replace(draft, language=language)


def invented(event: Event) -> Registration:
    """A person who is not there, registered nowhere: for looking at mails before there is anybody."""
    person = Person(given_name="Болормаа", family_name="Батын", email=SAMPLE_ADDRESS, language="mn", sex=Sex.NOT_STATED)
    return Registration(
        event=event,
        person=person,
        reference="7K3F-9Q2M",
        role=RegistrationRole.PARTICIPANT,
        status=RegistrationStatus.CONFIRMED,
        sex=Sex.NOT_STATED,
        level=Level.NOT_STATED,
        group="",
        language="mn",
        moves=[],
    )


def _speaking(registration: Registration, language: str) -> Registration:
    """The same registration with that language, beside the session: nothing about the real one is touched."""
    return Registration(
        id=registration.id,
        event=registration.event,
        person=registration.person,
        reference=registration.reference,
        role=registration.role,
        status=registration.status,
        accept_by=registration.accept_by,
        language=language,
        moves=[],
    )
