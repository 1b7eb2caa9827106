"""Ask for a link, send it, open a visit with it, and end the visit."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import OFFICIAL, SYSTEM
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.kernel.refusals import Refused
from trainreg.kernel.tokens import hashed, random_letters
from trainreg.me.models import LinkRequest, OwnPageLink, Visit
from trainreg.me.queries import find_link, list_people_at
from trainreg.me.rules import IN_ONE_MAIL, LINK_LASTS, PRESSED_TWICE, VISIT_LASTS
from trainreg.outbox import service as outbox
from trainreg.people.corrections import PersonErased, change_email
from trainreg.people.models import Person
from trainreg.web.links import absolute, personal_link, secret_for

audit.describes(
    {
        "person.link_sent": _l("A link to the own page was sent"),
        "person.entered_own_page": _l("The official opened the own page by link"),
        "person.left_own_page": _l("The official left the own page"),
        "person.asked_to_change_email": _l("The official asked to change the e-mail address; the new one got a link"),
    }
)


class LinkIsOver(Refused):
    """Used, too old, or taken back."""

    sentence = _l("This link has been used or is too old. Ask for a new one.")
    status = 410


def ask(email: str, *, language: str) -> None:
    """Note that this address asks for a link; nobody looks yet whether it is known, so nothing can be told by it."""
    db.session.add(LinkRequest(email=email, language=language, at=clock.now()))
    db.session.flush()


def answer_requests(*, limit: int = 100) -> int:
    """Write the mails to those addresses that are known, and forget the rest; returns how many were written."""
    written = 0
    asked = select(LinkRequest).order_by(LinkRequest.id).limit(limit).with_for_update(skip_locked=True)
    for request in db.session.scalars(asked).all():
        people = list_people_at(request.email)
        for start in range(0, len(people), IN_ONE_MAIL):
            _send_links(request, people[start : start + IN_ONE_MAIL])
            written += 1
        db.session.delete(request)
    return written


def _send_links(request: LinkRequest, people: Sequence[Person]) -> None:
    links = [_new_link(person) for person in people]
    things = [f"l/{link.key}" for link in links]
    outbox.queue(
        "own_page_link",
        key=f"own page/{things[0]}",
        to=request.email,
        name=people[0].name,
        language=people[0].language if len(people) == 1 else request.language,
        link=" ".join(things),
        links=[(person.name, personal_link(thing)) for person, thing in zip(people, things, strict=True)],
        page_url=absolute("me.own_page"),
    )
    for person in people:
        audit.record("person.link_sent", person, by=SYSTEM)


def _new_link(person: Person, *, new_email: str | None = None) -> OwnPageLink:
    now = clock.now()
    link = OwnPageLink(
        key=random_letters(10), person=person, new_email=new_email, created_at=now, expires_at=now + LINK_LASTS
    )
    db.session.add(link)
    db.session.flush()
    return link


def enter(key: str, *, browser: str) -> str:
    """Use a link up and begin a visit; returns the secret for the cookie, which is kept nowhere.

    `browser` names who presses: the same one pressing twice at once gets the same visit.
    """
    link, is_first = _use(key, browser=browser)
    secret = secret_for("own page visit", link.key)
    if is_first:
        now = clock.now()
        db.session.add(Visit(token_hash=hashed(secret), person=link.person, started_at=now, ends_at=now + VISIT_LASTS))
        flush_or_refuse(LinkIsOver())
        audit.record("person.entered_own_page", link.person, by=OFFICIAL)
    return secret


def ask_to_change_email(person: Person, email: str, *, language: str) -> None:
    """Send a link to the new address: only when it is pressed does the address change."""
    link = _new_link(person, new_email=email)
    outbox.queue(
        "own_page_email",
        key=f"new address/l/{link.key}",
        to=email,
        name=person.name,
        language=language,
        link=f"l/{link.key}",
    )
    audit.record("person.asked_to_change_email", person, by=OFFICIAL)


def confirm_email(key: str, *, browser: str) -> Person:
    """The new address was shown to be the person's: write it, and tell the old one."""
    link, is_first = _use(key, browser=browser)
    person, former = link.person, link.person.email
    if is_first and link.new_email is not None:
        change_email(person, link.new_email, by=OFFICIAL)
        if former is not None and former != link.new_email:
            outbox.queue(
                "own_page_email_changed",
                key=f"address changed/l/{link.key}",
                to=former,
                name=person.name,
                language=person.language,
            )
    return person


def _use(key: str, *, browser: str) -> tuple[OwnPageLink, bool]:
    """Take the link, once; whether this is the first press of it."""
    link, now = find_link(key, for_update=True), clock.now()
    if link is None or link.expires_at <= now:
        raise LinkIsOver
    if link.person.erased_at is not None:
        raise PersonErased
    if link.used_at is not None:
        if link.used_by != hashed(browser) or now - link.used_at > PRESSED_TWICE:
            raise LinkIsOver
        return link, False
    link.used_at, link.used_by = now, hashed(browser)
    return link, True


def leave(visit: Visit) -> None:
    """End a visit: its cookie opens nothing any more."""
    if visit.ended_at is None:
        visit.ended_at = clock.now()
        audit.record("person.left_own_page", visit.person, by=OFFICIAL)


def end_visits(person: Person) -> None:
    """End every visit of a person, and take back the links that are not used yet."""
    living = update(Visit).where(Visit.person_id == person.id, Visit.ended_at.is_(None))
    db.session.execute(living.values(ended_at=clock.now()))
    db.session.execute(delete(OwnPageLink).where(OwnPageLink.person_id == person.id))


def forget_old(*, older_than: timedelta = timedelta(days=1)) -> int:
    """Drop links and visits that have long been over; returns how many."""
    before = clock.now() - older_than
    links = delete(OwnPageLink).where(OwnPageLink.expires_at < before).returning(OwnPageLink.id)
    visits = delete(Visit).where(Visit.ends_at < before).returning(Visit.id)
    return sum(len(db.session.scalars(statement).all()) for statement in (links, visits))
