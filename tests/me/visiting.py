"""Officials who come to their own page, and what the mails to them say."""

import re

from sqlalchemy import select

from tests.pages import Page, Pages
from trainreg.kernel.db import db
from trainreg.me.service import answer_requests
from trainreg.outbox.models import Message
from trainreg.people.models import Person
from trainreg.registration.models import Registration, Submission
from trainreg.web.links import sign_link, signature_of

LINK = re.compile(r"http://localhost(/me/[lr]/[^/\s]+/[^/\s]+)")


def links_in(message: Message) -> list[str]:
    """The personal links of a mail as the recipient gets them."""
    return LINK.findall(sign_link(message.text, message.link))


def last_mail(kind: str) -> Message:
    mail = db.session.scalars(select(Message).where(Message.kind == kind).order_by(Message.id.desc())).first()
    assert mail is not None, f"no {kind} was written"
    return mail


def ask(pages: Pages, email: str) -> Page:
    return pages.post("/me", {"email": email})


def link_for(pages: Pages, email: str) -> str:
    """Ask, let the worker look, and take the first link out of the mail."""
    assert ask(pages, email).status == 303
    answer_requests()
    db.session.commit()
    return links_in(last_mail("own_page_link"))[0]


def enter(pages: Pages, person: Person) -> Page:
    """Come to one's own page by mail, link and button."""
    assert person.email is not None
    return pages.follow(pages.post(link_for(pages, person.email)))


def address_of(row: Registration | Submission) -> str:
    """The page of one registration, as its mails link to it."""
    return f"/me/r/{row.reference}/{signature_of(f'r/{row.reference}')}"
