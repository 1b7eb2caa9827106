"""Write to a chosen set of people, once."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.audit import service as audit
from trainreg.correspondence import drafts
from trainreg.correspondence.choosing import Wanted, choose
from trainreg.correspondence.models import Letter
from trainreg.correspondence.refusals import HalfWritten, NobodyChosen, NothingWritten, UnknownPlaceholder
from trainreg.correspondence.rules import PLACEHOLDERS, unknown_placeholders
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row
from trainreg.kernel.languages import LANGUAGES
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.kernel.types import Text
from trainreg.outbox.drafts import Draft
from trainreg.outbox.service import queue_draft, queue_each
from trainreg.registration.models import Registration
from trainreg.registration.notices import address_of

audit.describes(
    {
        "event.letter_sent": _l("Letter written to %(recipients)s people"),
        "event.letter_tried": _l("Letter sent to oneself as a test"),
        "event.phones_seen": _l("Names and telephone numbers of %(people)s people without e-mail looked at"),
    }
)


def problems_in(subject: Text, body: Text) -> list[Refused]:
    """Everything that keeps a letter from being sent, each beside its field."""
    found: list[Refused] = []
    if not any(subject.get(code) and body.get(code) for code in LANGUAGES):
        found.append(NothingWritten())
    else:
        found += [
            HalfWritten(field=f"{'body' if subject.get(code) else 'subject'}_{code}")
            for code in LANGUAGES
            if bool(subject.get(code)) != bool(body.get(code))
        ]
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for name, text in (("subject", subject), ("body", body)):
        for code in LANGUAGES:
            for word in unknown_placeholders(text.get(code, "")):
                found.append(UnknownPlaceholder(field=f"{name}_{code}", word=word, known=known))
    return found


def find_letter(key: str) -> Letter | None:
    """The letter that this form sent already."""
    return db.session.scalar(select(Letter).where(Letter.key == key))


def send(event: Event, wanted: Wanted, *, subject: Text, body: Text, key: str, by: Actor) -> Letter:
    """Write one letter to everybody of the set who has an address; the same key again changes nothing.

    The set is looked at now, under the event's lock, not when the page was shown.
    """
    event = lock_row(Event, event.id)
    known = find_letter(key)
    if known is not None and known.event_id != event.id:
        raise NotFound
    if known is not None:
        return known
    problems = problems_in(subject, body)
    if problems:
        raise problems[0]
    chosen = choose(event, wanted)
    if not chosen.reached:
        raise NobodyChosen
    letter = Letter(
        event_id=event.id,
        key=key,
        subject=subject,
        body=body,
        wanted=wanted.as_kept(),
        recipients=len(chosen.reached),
        without_address=len(chosen.unreached),
        writer=by.label,
        user_id=by.user_id,
        sent_at=clock.now(),
    )
    db.session.add(letter)
    flush_or_refuse(NobodyChosen())
    queue_each(written(letter, chosen.reached))
    audit.record("event.letter_sent", event, by=by, project_id=event.project_id, recipients=len(chosen.reached))
    return letter


def written(letter: Letter, people: Sequence[Registration]) -> list[Draft]:
    """The letter to each of them."""
    return [
        drafts.letter(
            letter.subject,
            letter.body,
            registration,
            key=f"{registration.reference}/letter/{letter.id}",
            to=address,
            letter=letter,
        )
        for registration in people
        if (address := address_of(registration)) is not None
    ]


def try_out(
    event: Event, sample: Registration, *, subject: Text, body: Text, key: str, to: str, name: str, by: Actor
) -> int:
    """Send the letter, as the sample would get it, to the writer's own address, in each language it has."""
    problems = problems_in(subject, body)
    if problems:
        raise problems[0]
    for code in LANGUAGES:
        if subject.get(code):
            draft = drafts.letter({code: subject[code]}, {code: body[code]}, sample, key=f"try/{key}/{code}", to=to)
            values = {**vars(draft), "name": name, "registration_id": None, "link": None}
            queue_draft(Draft(**values))
    audit.record("event.letter_tried", event, by=by, project_id=event.project_id)
    return sum(1 for code in LANGUAGES if subject.get(code))
