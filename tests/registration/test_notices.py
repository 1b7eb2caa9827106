"""Officials are told by mail where their registration stands."""

import io

import pytest
import zxingcpp
from flask import Flask
from html5lib import HTMLParser
from PIL import Image
from sqlalchemy import select

from tests import factories as make
from tests.pages import Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.config import load_settings
from trainreg.kernel.db import db
from trainreg.outbox.delivery import as_mail
from trainreg.outbox.models import Message
from trainreg.people.models import Posting
from trainreg.registration.models import Registration, Submission
from trainreg.registration.notices import KINDS, tell, tell_repeated
from trainreg.registration.passes import pass_code
from trainreg.registration.rules import RegistrationStatus
from trainreg.registration.service import cancel, confirm

S = RegistrationStatus


def messages() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("status", sorted(KINDS))
def test_each_mail_names_event_dates_place_and_reference(world: World, status: S, language: str) -> None:
    registration = make.registration(world.event, world.bolor, status, language=language)
    tell(registration)
    tell_repeated(registration)
    place = {"en": "Ulaanbaatar", "mn": "Улаанбаатар"}[language]
    assert len(messages()) == 2
    for message in messages():
        assert message.language == language
        assert world.event.title[language] in message.subject
        for part in (message.text, message.html):
            for words in (registration.reference, world.event.title[language], place, f"/e/{world.event.slug}"):
                assert words in part
        assert "Батын Болор" in message.text
        assert "\n\n\n" not in message.text
        parser = HTMLParser(namespaceHTMLElements=False)
        parser.parse(message.html)
        assert not parser.errors
        assert not any(asked in message.html for asked in ("<img", "<link", "<style", "url(")), "a mail fetches nothing"


def test_links_come_from_the_configured_address(app: Flask, world: World) -> None:
    tell(make.registration(world.event, world.bolor))
    assert f"http://localhost/e/{world.event.slug}" in messages()[0].text


def test_a_mail_may_open_the_registration_it_tells_of_and_no_other(world: World) -> None:
    tell(make.registration(world.event, world.bolor))
    tell(make.registration(world.other_event, world.bolor))
    tell_repeated(make.registration(world.event, world.tuya, email="tuya@example.org"))
    references = db.session.scalars(select(Registration.reference).order_by(Registration.id))
    assert [message.link for message in messages()] == [f"r/{reference}" for reference in references]


def test_a_repeated_form_that_names_another_address_gets_a_link_of_its_own(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor, email=None)
    world.bolor.email = None
    world.bolor.postings.append(Posting(agency_id=world.ministry.id))
    db.session.commit()
    data = filled(world.ministry, family_name="Батын", given_name="Болор", email="else@example.org")
    assert pages.post(f"/e/{world.event.slug}/register", data).status == 303
    own = db.session.scalars(select(Submission.reference)).one()
    assert own != registration.reference
    assert [message.link for message in messages()] == [f"r/{own}"]


def test_without_an_address_nothing_is_written(world: World) -> None:
    tell(make.registration(world.event, world.tuya))
    assert messages() == []


def test_an_address_given_with_the_registration_is_used(world: World) -> None:
    tell(make.registration(world.event, world.tuya, email="tuya@example.org"))
    assert [message.recipient for message in messages()] == ["tuya@example.org"]


def test_each_turn_is_told_once_and_a_return_again(world: World) -> None:
    registration = make.registration(world.event, world.bolor, S.REQUESTED)
    confirm(registration, by=make.STAFF)
    confirm(registration, by=make.STAFF)
    cancel(registration, by=make.STAFF)
    confirm(registration, by=make.STAFF)
    kinds = [message.kind for message in messages()]
    assert kinds == ["registration_confirmed", "registration_cancelled", "registration_confirmed"]


def test_a_title_with_a_line_break_makes_no_second_header(app: Flask, world: World) -> None:
    world.event.title = {"en": "Seminar\r\nBcc: all@example.org"}
    tell(make.registration(world.event, world.bolor))
    message = messages()[0]
    settings = load_settings(app.extensions["settings"].instance, {})
    db.session.flush()
    mail = as_mail(message, sender=settings.mail_from, domain="localhost")
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Your place is confirmed: Seminar Bcc: all@example.org"


def test_who_has_a_place_gets_the_pass_with_the_mail(app: Flask, world: World) -> None:
    registration = make.registration(world.event, world.bolor)
    tell(registration)
    registration.status = S.WAITLISTED
    tell(registration)
    db.session.flush()
    confirmed, waitlisted = (as_mail(one, sender="a@example.org", domain="localhost") for one in messages())
    [picture] = [part for part in confirmed.iter_attachments() if part.get_content_type() == "image/png"]
    assert picture.get_filename() == f"pass-{registration.reference}.png"
    [read] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.get_content())))
    assert read.text == pass_code(registration.reference)
    assert not any(part.get_content_type() == "image/png" for part in waitlisted.walk())
    assert b"iVBOR" not in messages()[0].html.encode(), "the picture is drawn as the mail leaves, and kept nowhere"
