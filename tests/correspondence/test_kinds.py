"""Every kind of mail, in every language: complete, in one language, and with nothing left to fill in."""

import re

import pytest
from html5lib import HTMLParser
from sqlalchemy.orm import Session

from tests import factories as make
from tests.correspondence.sending import NINE
from trainreg.correspondence.kinds import KINDS, invented, label_of, sample_of
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.outbox.drafts import write
from trainreg.registration.notices import CALENDARS
from trainreg.registration.rules import RegistrationStatus

LEAKS = re.compile(r"%\(\w+\)s|\{\{|\{%|\{\w+\}|None|Undefined|&amp;amp;")


@pytest.fixture
def event(session: Session) -> Event:
    event = make.event(starts=NINE, days=2)
    for one in event.sessions:
        one.title = {"en": "Session", "mn": "Хуралдаан"}
    return event


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_mail_is_whole_in_its_language(event: Event, kind: str, language: str) -> None:
    draft = sample_of(kind, invented(event), language)
    written = write(draft)
    assert event.title[language] in written.subject
    for part in (written.text, written.html):
        assert not LEAKS.search(part)
        assert "Батын Болормаа" in part
        assert event.title[language] in part
    if kind != "certificate_ready":
        assert "Asia/Ulaanbaatar" in written.text and "09:00" in written.text, "the hour at the place"
        assert "7K3F-9Q2M" in written.text
    assert "\n\n\n" not in written.text
    parser = HTMLParser(namespaceHTMLElements=False)
    parser.parse(written.html)
    assert not parser.errors
    assert not any(asked in written.html for asked in ("<img", "<link", "<style", "url(", "<script"))
    if language == "mn":
        words = re.sub(r"<[^>]*>|https?://\S+|Asia/Ulaanbaatar|7K3F-9Q2M|trainreg|PDF|P-\d+", " ", written.text)
        assert re.findall(r"[A-Za-z]{4,}", words) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_without_a_personal_link_its_paragraph_is_left_out(event: Event, kind: str) -> None:
    draft = sample_of(kind, invented(event), "en")
    values = {**vars(draft), "link": None}
    written = write(type(draft)(**values))
    assert "/me/r/" not in written.text + written.html
    assert "own page" not in written.text and "\n\n\n" not in written.text


def test_mails_that_change_a_calendar_carry_its_file(event: Event) -> None:
    registration = make.registration(event, make.person(email="one@example.org"))
    carried = {kind for kind in KINDS if sample_of(kind, registration, "en").calendar}
    asking = {"registration_confirmed", "registration_promoted", "registration_offered"}
    assert carried == asking | {"event_reminder", "event_changed"}
    assert asking <= CALENDARS.keys()


def test_looking_at_a_mail_writes_nothing(event: Event) -> None:
    registration = make.registration(event, make.person(email="one@example.org"), RegistrationStatus.WAITLISTED)
    db.session.commit()
    for kind in KINDS:
        write(sample_of(kind, registration, "mn"))
        write(sample_of(kind, invented(event), "mn"))
    assert not db.session.new and not db.session.dirty
    assert registration.language == "en"


def test_a_kind_of_a_later_version_has_a_name() -> None:
    assert label_of("survey_ready") == "survey ready"
