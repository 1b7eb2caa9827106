"""An event's messages at the desk: looked at, sent again, written, and set."""

import re

import pytest

from tests import factories as make
from tests.correspondence.sending import messages, somebody
from tests.pages import Pages
from tests.world import World
from trainreg.correspondence.kinds import KINDS
from trainreg.events import service as events
from trainreg.kernel.db import db
from trainreg.outbox.models import Failure, MessageStatus
from trainreg.registration.models import Registration
from trainreg.registration.notices import tell
from trainreg.registration.rules import RegistrationStatus
from trainreg.registration.service import cancel

LETTER = {"standing": "confirmed", "agency": "", "role": "", "group": "", "attended": "", "key": "k" * 43}
WORDS = {"subject_en": "Lunch", "body_en": "Dear {name}, at noon.", "subject_mn": "", "body_mn": ""}


@pytest.fixture
def at(world: World) -> str:
    return f"/desk/events/{world.event.slug}/messages"


@pytest.fixture
def desk(pages: Pages, world: World) -> Pages:
    """The organizer's browser, and one confirmed official who was told."""
    tell(make.registration(world.event, world.bolor))
    db.session.commit()
    return pages.sign_in(world.organizer)


def test_the_list_says_what_went_to_whom_and_why_not(desk: Pages, world: World, at: str) -> None:
    message = messages()[0]
    message.status, message.failure = MessageStatus.GAVE_UP, Failure.NO_SUCH_RECIPIENT
    db.session.commit()
    page = desk.get(at)
    assert "Батын Болор" in page.text and "does not know this address" in page.text
    assert "bolor@example.org" not in page.text, "the list is no list of contacts"
    assert "мэдэхгүй байна" in desk.get(f"{at}?lang=mn").text
    desk.get(f"{at}?lang=en")
    for query, found in (("status=gave_up", True), ("status=sent", False), ("q=болор", True), ("q=nobody", False)):
        assert ("Батын Болор" in desk.get(f"{at}?{query}").text) is found, query
    for query, found in (("kind=registration_confirmed", True), ("kind=letter", False), ("status=x&letter=%27", True)):
        assert ("Батын Болор" in desk.get(f"{at}?{query}").text) is found, query


def test_a_message_is_shown_as_it_was_written_and_runs_nothing(desk: Pages, at: str) -> None:
    message = messages()[0]
    message.html = "<!doctype html><p>Hello<script>alert(1)</script>"
    db.session.commit()
    page = desk.get(f"{at}/{message.id}")
    assert "bolor@example.org" in page.text and "We are glad to confirm your place." in page.text
    assert "alert" not in page.html
    frame = page.find_all("iframe")[0]
    assert frame.get("sandbox") == "" and frame.get("src") == f"{at}/{message.id}/page"
    answer = desk.client.get(f"{at}/{message.id}/page")
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox" in policy and "default-src 'none'" in policy and "script-src" not in policy
    assert answer.get_data(as_text=True) == message.html


def test_a_trainer_sees_names_and_no_addresses(pages: Pages, world: World, at: str) -> None:
    tell(make.registration(world.event, world.bolor))
    db.session.commit()
    pages.sign_in(world.trainer)
    page = pages.get(f"{at}/{messages()[0].id}")
    assert page.status == 200 and "bolor@example.org" not in page.text
    assert "Send again" not in page.text and pages.get(f"{at}/write").status == 403


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("focal_point", 403), ("other_organizer", 404)])
def test_others_find_nothing(pages: Pages, world: World, at: str, who: str, status: int) -> None:
    tell(make.registration(world.event, world.bolor))
    db.session.commit()
    pages.sign_in(getattr(world, who))
    number = messages()[0].id
    for path in (
        at,
        f"{at}/{number}",
        f"{at}/{number}/page",
        f"{at}/kinds",
        f"{at}/kinds/event_reminder",
        f"{at}/write",
    ):
        assert pages.get(path).status == status, path
    for path in (f"{at}/{number}/again", f"{at}/settings", f"{at}/write"):
        assert pages.post(path).status == status, path


def test_a_message_of_another_event_is_not_found_here(desk: Pages, world: World, at: str) -> None:
    other = make.event(world.project)
    tell(make.registration(other, make.person(email="x@example.org")))
    db.session.commit()
    for path in (
        f"{at}/{messages()[1].id}",
        f"{at}/letters/1",
        f"{at}/kinds/nonsense",
        f"{at}/kinds/event_thanks?for=NONE",
    ):
        assert desk.get(path).status == 404, path
    assert desk.post(f"{at}/{messages()[1].id}/again").status == 404


def test_a_message_is_written_again_with_what_holds_now_and_once(desk: Pages, world: World, at: str) -> None:
    world.event.place = {"en": "Khovd"}
    db.session.commit()
    path = f"{at}/{messages()[0].id}"
    key = desk.get(path).value_of("key") or ""
    for _press in range(2):
        assert desk.post(f"{path}/again", {"key": key}).status == 303
    first, second = messages()
    assert second.kind == first.kind and "Khovd" in second.text and "Khovd" not in first.text
    assert "Written again" in desk.get(path).text


def test_what_is_no_longer_so_is_not_written_again(desk: Pages, world: World, at: str) -> None:
    message = messages()[0]
    cancel(db.session.get_one(Registration, message.registration_id), by=make.STAFF)
    db.session.commit()
    page = desk.follow(desk.post(f"{at}/{message.id}/again", {"key": "x"}))
    assert "out of date" in page.text and len(messages("registration_confirmed")) == 1


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_looked_at(desk: Pages, world: World, at: str, kind: str, language: str) -> None:
    page = desk.get(f"{at}/kinds/{kind}?in={language}")
    assert page.status == 200 and "Батын Болормаа" in page.text
    mail = desk.client.get(f"{at}/kinds/{kind}/page?in={language}").get_data(as_text=True)
    assert world.event.title[language] in mail
    assert len(messages()) == 1, "looking writes nothing"


def test_how_mails_go_is_set(desk: Pages, world: World, at: str) -> None:
    assert desk.post(f"{at}/settings", {"reminder_days": "14 3", "reply_to": "Office@Example.org"}).status == 303
    assert (world.event.reminder_days, world.event.sends_thanks) == ([14, 3], False)
    assert world.event.reply_to == "office@example.org"
    assert "14 and 3 days before" in desk.get(at).text
    refused = desk.post(f"{at}/settings", {"reminder_days": "soon", "reply_to": "nobody"})
    assert refused.status == 422 and "for example: 7, 1" in refused.text and refused.value_of("reply_to") == "nobody"


def test_a_letter_is_looked_at_before_it_goes(desk: Pages, world: World, at: str) -> None:
    make.registration(world.event, make.person("Утас", phone="99112233"))
    db.session.commit()
    page = desk.post(f"{at}/write", LETTER | WORDS)
    assert page.status == 200 and "Dear Батын Болор, at noon." in page.text
    assert "99112233" in page.text, "whoever has no address is told by telephone"
    assert "telephone numbers of 1 people" in desk.get(f"/desk/events/{world.event.slug}").text
    assert messages("letter") == []
    sent = desk.post(f"{at}/write", LETTER | WORDS | {"press": "send"})
    again = desk.post(f"{at}/write", LETTER | WORDS | {"press": "send"})
    assert sent.status == again.status == 303 and sent.location == again.location
    assert len(messages("letter")) == 1
    page = desk.follow(sent)
    assert "Dear {name}, at noon." in page.text and "1 person" in page.text and "Test " not in page.text
    assert desk.post(f"{at}/{messages('letter')[0].id}/again", {"key": "y"}).status == 303
    assert len(messages("letter")) == 2


def test_a_test_goes_to_the_writer_alone(desk: Pages, world: World, at: str) -> None:
    page = desk.post(f"{at}/write", LETTER | WORDS | {"press": "try"})
    assert page.status == 200 and page.value_of("body_en") == WORDS["body_en"]
    (letter,) = messages("letter")
    assert letter.recipient == world.organizer.email and letter.registration_id is None and letter.link is None


@pytest.mark.parametrize("press", ["look", "try", "send"])
def test_bad_letters_keep_what_was_typed(desk: Pages, at: str, press: str) -> None:
    page = desk.post(f"{at}/write", LETTER | WORDS | {"body_en": "Dear {nmae} {", "press": press})
    assert page.status == 422 and "{nmae} stands for nothing" in page.text
    assert page.value_of("body_en") == "Dear {nmae} {" and messages("letter") == []


def test_choosing_says_how_many(desk: Pages, world: World, at: str) -> None:
    somebody(world.event, RegistrationStatus.WAITLISTED)
    db.session.commit()
    page = desk.post(f"{at}/write", LETTER | {"standing": "", "press": "choose"})
    assert page.status == 200 and "2 people get the letter." in page.text
    assert "1 person gets the letter." in desk.get(f"{at}/write").text
    assert re.search("0 people get", desk.get(f"{at}/write?standing=declined").text)


def test_changes_that_wait_can_be_hurried_or_dropped(desk: Pages, world: World, at: str) -> None:
    from_now = events.facts_of(world.event)
    world.event.title = {"en": "A new title", "mn": "Шинэ нэр"}
    db.session.flush()
    events.tell_change(world.event, from_now, by=make.STAFF)
    db.session.commit()
    page = desk.get(at)
    assert "Changes that will be told by mail" in page.text and "A new title" in page.text
    paths = [form.get("action") or "" for form in page.find_all("form") if "/news/" in (form.get("action") or "")]
    now, drop = paths
    assert desk.post(now).status == 303 and desk.post(drop).status == 303
    assert "Changes that will be told" not in desk.get(at).text
    assert desk.post(drop).status == 409
