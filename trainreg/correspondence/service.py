"""Write a message again, and set how an event's mails go."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.assessment.entering import who_waits
from trainreg.audit import service as audit
from trainreg.certificates.models import Certificate
from trainreg.certificates.notices import ready_draft
from trainreg.certificates.rules import CertificateState
from trainreg.correspondence import drafts
from trainreg.correspondence.facts import read
from trainreg.correspondence.models import Announcement, Letter
from trainreg.correspondence.refusals import NoAddress, NotWrittenHere, OutOfDate
from trainreg.correspondence.reminders import with_certificate
from trainreg.correspondence.rules import AnnouncementState
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.outbox.drafts import Draft
from trainreg.outbox.models import Message
from trainreg.outbox.service import queue_draft
from trainreg.registration.models import Registration
from trainreg.registration.notices import address_of, draft_for, kind_for
from trainreg.registration.rules import RegistrationStatus

audit.describes(
    {
        "message.written_again": _l("Written again, with what holds now"),
        "event.messages_set": _l("Reminders and thanks set"),
    }
)
# What a registration's own status must be for a mail that says it.
_SAME = {"registration_promoted": "registration_confirmed"}


def set_messages(
    event: Event, *, reminder_days: Sequence[int], sends_thanks: bool, reply_to: str | None, by: Actor
) -> Event:
    """Set how many days before the start an event reminds, whether it thanks, and where answers go."""
    event = lock_row(Event, event.id)
    wanted = (list(reminder_days), sends_thanks, reply_to)
    if (event.reminder_days, event.sends_thanks, event.reply_to) != wanted:
        event.reminder_days, event.sends_thanks, event.reply_to = wanted
        audit.record("event.messages_set", event, by=by, project_id=event.project_id)
    return event


def write_again(message: Message, registration: Registration, *, key: str, by: Actor) -> Message | None:
    """Write the same kind of message again, with the facts of now; the same `key` twice writes it once.

    Refuses what would not be true any more. Returns None when this was done before.
    """
    lock_row(Event, registration.event_id)
    to = address_of(registration)
    if to is None:
        raise NoAddress
    draft = _again(message, registration, key=f"{registration.reference}/{message.kind}/again/{key}"[:120], to=to)
    written = queue_draft(draft)
    if written is not None:
        db.session.flush()
        audit.record("message.written_again", message, by=by, project_id=registration.event.project_id)
    return written


def _again(message: Message, registration: Registration, *, key: str, to: str) -> Draft:
    kind = message.kind
    if kind == "letter":
        return _letter_again(message, registration, key=key, to=to)
    if kind in {"event_changed", "event_called_off"}:
        return _news_again(message, registration, key=key, to=to)
    if kind == "event_thanks":
        is_issued = registration.id in with_certificate([registration])
        is_asked = registration.id in who_waits([registration])
        return drafts.thanks(registration, key=key, to=to, is_issued=is_issued, is_asked=is_asked)
    if kind == "evaluation_follow_up":
        if registration.id not in who_waits([registration]):
            raise OutOfDate
        return drafts.follow_up(registration, key=key, to=to)
    if kind in {"certificate_ready", "certificate_attached"}:
        return _certificate_again(registration, key=key, to=to)
    if kind == "event_reminder":
        starts_at, is_off = registration.event.starts_at, registration.event.status is EventStatus.CANCELLED
        is_coming = registration.status is RegistrationStatus.CONFIRMED and not is_off
        if not is_coming or starts_at is None or starts_at <= clock.now():
            raise OutOfDate
        is_asked = registration.id in who_waits([registration])
        return drafts.reminder(registration, key=key, to=to, is_asked=is_asked)
    now = kind_for(registration)
    if now is None or not kind.startswith("registration_") or kind == "registration_repeated":
        raise NotWrittenHere
    if _SAME.get(kind, kind) != _SAME.get(now, now):
        raise OutOfDate
    return draft_for(now, registration, key=key, to=to)


def _letter_again(message: Message, registration: Registration, *, key: str, to: str) -> Draft:
    letter = None if message.letter_id is None else db.session.get(Letter, message.letter_id)
    if letter is None:
        raise NotWrittenHere
    return drafts.letter(letter.subject, letter.body, registration, key=key, to=to, letter=letter)


def _news_again(message: Message, registration: Registration, *, key: str, to: str) -> Draft:
    """An event's last news of that kind."""
    told = select(Announcement).where(
        Announcement.event_id == registration.event_id,
        Announcement.state.in_([AnnouncementState.TOLD, AnnouncementState.TELLING]),
    )
    news = message.kind.removeprefix("event_")
    latest = db.session.scalar(told.where(Announcement.news == news).order_by(Announcement.id.desc()))
    if latest is None or latest.after is None:
        raise OutOfDate
    before, after = read(latest.before), read(latest.after)
    draft = drafts.announced(latest.news, registration, before, after, key=key, to=to)
    if draft is None:
        raise OutOfDate
    return draft


def _certificate_again(registration: Registration, *, key: str, to: str) -> Draft:
    held = select(Certificate).where(
        Certificate.registration_id == registration.id, Certificate.state == CertificateState.ISSUED
    )
    certificate = db.session.scalar(held.order_by(Certificate.id.desc()))
    if certificate is None:
        raise OutOfDate
    return ready_draft(certificate, key=key, to=to)
