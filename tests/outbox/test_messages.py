"""The outbox at the desk."""

import pytest
from sqlalchemy.orm import Session

from tests import factories as make
from tests.factories import STAFF
from tests.pages import Pages
from tests.world import World
from trainreg.audit.queries import history_of
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox.models import Failure, MessageStatus
from trainreg.outbox.service import SentAlready, retry

LIST = "/desk/messages"


@pytest.fixture
def desk(pages: Pages, world: World) -> Pages:
    """The administrator's browser."""
    return pages.sign_in(world.administrator)


def test_the_list_shows_what_waits_was_sent_and_was_given_up(desk: Pages) -> None:
    make.message(subject="Waits")
    make.message(subject="Went", status=MessageStatus.SENT, sent_at=clock.now())
    make.message(subject="Lost", status=MessageStatus.GAVE_UP, failure=Failure.NO_SUCH_RECIPIENT, last_error="550 gone")
    db.session.commit()
    page = desk.get(LIST)
    assert page.status == 200
    assert all(word in page.text for word in ("Waits", "Went", "Lost", "does not know this address"))
    assert "550 gone" not in page.text
    lost = desk.get(f"{LIST}?status=gave_up").text
    assert "Lost" in lost and "Waits" not in lost and "Went" not in lost


def test_an_empty_outbox_says_so(desk: Pages) -> None:
    assert "Nothing here" in desk.get(f"{LIST}?status=waiting").text
    assert desk.get(f"{LIST}?status=vanished").status == 404


def test_a_message_can_be_read(desk: Pages) -> None:
    message = make.message(text="Hello <b>Bolor</b>,\nyou are confirmed.\n")
    db.session.commit()
    page = desk.get(f"{LIST}/{message.id}")
    assert page.status == 200
    assert message.recipient in page.text
    assert "Hello <b>Bolor</b>, you are confirmed." in page.text, "shown as text, never as a page"
    assert desk.get(f"{LIST}/999999").status == 404
    assert desk.get(f"{LIST}/99999999999999").status == 404


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (Failure.SERVER_AWAY, "Шуудангийн серверт холбогдож чадсангүй."),
        (None, "Мэдэгдлийг шуудангийн серверт дамжуулж чадсангүй."),
    ],
)
def test_a_failure_is_told_in_the_readers_language_with_the_servers_words_behind(
    desk: Pages, failure: Failure | None, sentence: str
) -> None:
    message = make.message(failure=failure, last_error="[Errno 111] Connection refused", tries=1)
    db.session.commit()
    page = desk.get(f"{LIST}/{message.id}?lang=mn")
    assert sentence in page.text
    (details,) = page.find_all("details", class_="technical")
    assert "[Errno 111] Connection refused" in " ".join(details.itertext())
    assert page.text.count("Connection refused") == 1


def test_a_message_that_was_given_up_can_be_tried_again(desk: Pages) -> None:
    message = make.message(status=MessageStatus.GAVE_UP, tries=12)
    db.session.commit()
    page = desk.post(f"{LIST}/{message.id}/retry")
    assert page.status == 303 and "next round" in desk.follow(page).text
    assert (message.status, message.tries) == (MessageStatus.WAITING, 0)
    assert message.next_try_at <= clock.now()
    assert [line.sentence for line in history_of(message)] == ["Sending is tried again"]


def test_what_was_sent_is_not_sent_again(desk: Pages, session: Session) -> None:
    message = make.message(status=MessageStatus.SENT, sent_at=clock.now())
    db.session.commit()
    assert not desk.get(f"{LIST}/{message.id}").find_all("button", class_="btn btn-primary")
    assert "sent already" in desk.follow(desk.post(f"{LIST}/{message.id}/retry")).text
    with pytest.raises(SentAlready):
        retry(message, by=STAFF)


@pytest.mark.parametrize("who", ["organizer", "trainer", "me_officer", "viewer", "focal_point"])
def test_messages_are_for_administrators(pages: Pages, world: World, who: str) -> None:
    message = make.message()
    db.session.commit()
    pages.sign_in(getattr(world, who))
    for path in (LIST, f"{LIST}/{message.id}"):
        assert pages.get(path).status == 403
    assert pages.post(f"{LIST}/{message.id}/retry").status == 403


def test_without_signing_in_there_is_nothing_to_see(pages: Pages, world: World) -> None:
    message = make.message()
    db.session.commit()
    assert pages.get(LIST).location.startswith("/login")
    assert pages.post(f"{LIST}/{message.id}/retry").status == 401
    assert pages.get(f"{LIST}/{message.id}/retry").status == 405
