"""What each kind of mail of this room says to one person."""

from collections.abc import Mapping
from dataclasses import replace

from flask_babel import force_locale

from trainreg.assessment.entering import link_of, thing_of
from trainreg.assessment.queries import plan_of
from trainreg.correspondence.facts import changes_between
from trainreg.correspondence.models import Letter
from trainreg.correspondence.rules import News, days_until, filled, pieces
from trainreg.events.calendar import Method
from trainreg.events.changes import EventFacts
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.languages import LANGUAGES, in_language
from trainreg.kernel.types import Text
from trainreg.outbox.drafts import Draft
from trainreg.registration.models import Registration
from trainreg.registration.notices import calendar_for, draft_for
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.web.links import absolute, personal_link
from trainreg.web.locale import format_clock, format_span


def reminder(registration: Registration, *, key: str, to: str, is_asked: bool = False) -> Draft:
    """The event begins in so many days, counted on the calendar of its place; `is_asked`: its pre-test waits."""
    event = registration.event
    days = days_until(event.starts_at, event.timezone, clock.now()) if event.starts_at else 0
    draft = draft_for("event_reminder", registration, key=key, to=to, days=max(days, 0))
    draft = replace(draft, calendar=calendar_for(registration, Method.REQUEST, to=to))
    return with_learning(draft, registration) if is_asked else draft


def changed(registration: Registration, before: EventFacts, after: EventFacts, *, key: str, to: str) -> Draft | None:
    """What was and what is; None when this reader would see no difference."""
    changes = changes_between(before, after, registration.language)
    if not changes:
        return None
    draft = draft_for("event_changed", registration, key=key, to=to, changes=changes)
    has_place = registration.status is RegistrationStatus.CONFIRMED
    return replace(draft, calendar=calendar_for(registration, Method.REQUEST, to=to) if has_place else None)


def called_off(registration: Registration, *, key: str, to: str) -> Draft:
    """The event does not take place; it leaves the calendars it is in."""
    draft = draft_for("event_called_off", registration, key=key, to=to)
    was_told = any(move.to_status is RegistrationStatus.CONFIRMED for move in registration.moves)
    return replace(draft, calendar=calendar_for(registration, Method.CANCEL, to=to) if was_told else None)


def announced(
    news: News, registration: Registration, before: EventFacts, after: EventFacts, *, key: str, to: str
) -> Draft | None:
    """The mail of an announcement to one person."""
    if news is News.CALLED_OFF:
        return called_off(registration, key=key, to=to)
    return changed(registration, before, after, key=key, to=to)


def thanks(registration: Registration, *, key: str, to: str, is_issued: bool, is_asked: bool = False) -> Draft:
    """Thanks, and what follows about the certificate, which only participants get.

    `is_asked`: the post-test or the evaluation waits for this person.
    """
    plan = plan_of(registration.event.id)
    by_rule = "by_rule" if registration.role is RegistrationRole.PARTICIPANT else ""
    draft = draft_for(
        "event_thanks",
        registration,
        key=key,
        to=to,
        certificate="issued" if is_issued else by_rule,
        threshold=registration.event.threshold,
        pass_mark=plan.pass_mark,
        needs_evaluation=plan.needs_evaluation,
    )
    return with_learning(draft, registration) if is_asked else draft


def follow_up(registration: Registration, *, key: str, to: str) -> Draft:
    """Some months later: is it used at work? Its link opens the anonymous form and nothing else."""
    draft = draft_for("evaluation_follow_up", registration, key=key, to=to)
    return replace(draft, link=thing_of(registration))


def with_learning(draft: Draft, registration: Registration) -> Draft:
    """The mail with the way to the person's tests and evaluations beside the one to their page."""
    thing, context = thing_of(registration), {**draft.context, "learning_link": link_of(registration)}
    return replace(draft, link=f"{draft.link} {thing}", context=context)


def letter(
    subject: Text, body: Text, registration: Registration, *, key: str, to: str, letter: Letter | None = None
) -> Draft:
    """An organizer's letter to one person, in their language, or in the one it was written in."""
    event, language = registration.event, spoken(subject, registration.language)
    values = values_for(registration, language)
    words = body.get(language, "")
    paragraphs = [
        [list(pieces(line, values)) for line in paragraph.split("\n")]
        for paragraph in words.replace("\r\n", "\n").split("\n\n")
        if paragraph.strip()
    ]
    return Draft(
        kind="letter",
        key=key,
        to=to,
        name=registration.person.name,
        language=language,
        registration_id=registration.id,
        letter_id=None if letter is None else letter.id,
        link=f"r/{registration.reference}" if "{link}" in words else None,
        reply_to=event.reply_to,
        context={
            "subject": filled(subject.get(language, ""), values),
            "body": filled(words, values),
            "paragraphs": paragraphs,
            "event": event,
            "event_url": absolute("registration.public_event", slug=event.slug),
        },
    )


def spoken(written: Mapping[str, str], language: str) -> str:
    """The reader's language when the letter is written in it, else one that it is written in."""
    return language if written.get(language) else next((code for code in LANGUAGES if written.get(code)), language)


def values_for(registration: Registration, language: str) -> dict[str, str]:
    """What the placeholders of a letter stand for."""
    event = registration.event
    with force_locale(language):
        return {
            "name": registration.person.name,
            "event": in_language(event.title, language),
            "when": when(event),
            "place": in_language(event.place, language),
            "reference": registration.reference,
            "link": personal_link(f"r/{registration.reference}"),
        }


def when(event: Event) -> str:
    """The days, and when the first begins, on the clock of the event."""
    if event.starts_at is None:
        return ""
    days = format_span(event.starts_at, event.ends_at, event.timezone)
    return f"{days}, {format_clock(event.starts_at, event.timezone)} ({event.timezone})"
