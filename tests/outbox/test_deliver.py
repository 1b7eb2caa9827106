"""Messages go out: each to its recipient, none lost, none twice, whatever the server does."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from tests import factories as make
from tests.outbox.servers import (
    DiesAfterTaking,
    DiesOnce,
    Post,
    RefusesMessages,
    RefusesRecipients,
    Slow,
    serving,
)
from trainreg.config import Settings
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox import delivery
from trainreg.outbox.models import Message, MessageStatus
from trainreg.outbox.rules import LEASE, MOST_TRIES, wait_after
from trainreg.outbox.worker import deliver_due


def deliver(app: Flask, url: str) -> int:
    settings: Settings = app.extensions["settings"]
    db.session.commit()
    return deliver_due(replace(settings, mail_url=url))


def test_each_message_reaches_its_recipient_once(app: Flask, session: Session) -> None:
    messages = [make.message() for _ in range(5)]
    with serving(post := Post()) as url:
        assert deliver(app, url) == 5
        assert deliver(app, url) == 0
    assert post.recipients == sorted(message.recipient for message in messages)
    assert all(message.status is MessageStatus.SENT and message.sent_at for message in messages)


def test_a_mail_reads_in_every_script_as_text_and_as_page(app: Flask, session: Session) -> None:
    make.message(subject="Таны бүртгэл: Өвөр Үзэмчин", text="Сайн уу, Өнөрөө.\n", html="<p>Сайн уу, Өнөрөө.</p>\n")
    with serving(post := Post()) as url:
        deliver(app, url)
    _recipient, mail = post.received[0]
    assert mail["Subject"] == "Таны бүртгэл: Өвөр Үзэмчин"
    assert mail["To"].addresses[0].display_name == "Батын Болор"
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Content-Language"] == "mn"
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert mail.get_content_type() == "multipart/alternative"
    assert plain is not None and "Өнөрөө" in plain.get_content()
    assert html is not None and "<p>" in html.get_content()


def test_a_second_delivery_carries_the_same_message_id(app: Flask, session: Session) -> None:
    message = make.message()
    with serving(post := Post()) as url:
        deliver(app, url)
        message.status = MessageStatus.WAITING
        message.next_try_at = clock.now()
        deliver(app, url)
    first, second = (mail["Message-ID"] for _recipient, mail in post.received)
    assert first == second


def test_an_unknown_recipient_is_given_up_at_once_and_holds_up_nobody(
    app: Flask, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    gone, other = make.message(), make.message()
    with (
        serving(post := RefusesRecipients(gone.recipient, "550 no such mailbox")) as url,
        caplog.at_level(logging.ERROR),
    ):
        assert deliver(app, url) == 1
    assert gone.status is MessageStatus.GAVE_UP and "550 no such mailbox" in gone.last_error
    assert other.status is MessageStatus.SENT and post.recipients == [other.recipient]
    assert "gave up" in caplog.text and gone.recipient not in caplog.text


def test_a_busy_mailbox_is_tried_again_later(app: Flask, session: Session) -> None:
    message = make.message()
    with serving(post := RefusesRecipients(message.recipient, "450 try again later")) as url:
        assert deliver(app, url) == 0
        assert message.status is MessageStatus.WAITING and message.tries == 1 and "450" in message.last_error
        assert deliver(app, url) == 0, "not before its time"
        assert message.tries == 1
        post.answer = "250 ok"
        post.address = ""
        with time_machine.travel(message.next_try_at + timedelta(seconds=1)):
            assert deliver(app, url) == 1
    assert post.recipients == [message.recipient] and message.last_error == ""


@pytest.mark.parametrize(
    ("answer", "status"), [("554 looks like spam", MessageStatus.GAVE_UP), ("452 disk full", MessageStatus.WAITING)]
)
def test_a_refused_message_is_given_up_or_tried_again(
    app: Flask, session: Session, answer: str, status: MessageStatus
) -> None:
    message = make.message()
    with serving(RefusesMessages(answer)) as url:
        assert deliver(app, url) == 0
    assert message.status is status and answer[:3] in message.last_error


def test_a_server_that_dies_half_way_gets_the_message_again(app: Flask, session: Session) -> None:
    first, second = make.message(), make.message()
    with serving(post := DiesOnce()) as url:
        assert deliver(app, url) == 1, "the second goes out over a new connection"
        assert first.status is MessageStatus.WAITING
        with time_machine.travel(clock.now() + timedelta(minutes=2)):
            assert deliver(app, url) == 1
    assert post.recipients == sorted([first.recipient, second.recipient])


def test_a_server_that_takes_the_message_and_vanishes_has_taken_it(app: Flask, session: Session) -> None:
    message = make.message()
    with serving(post := DiesAfterTaking()) as url:
        assert deliver(app, url) == 1
    assert message.status is MessageStatus.SENT and post.recipients == [message.recipient]


def test_nobody_waits_for_ever_for_a_slow_server(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "SECONDS", 0.3)
    message = make.message()
    with serving(Slow(0.8)) as url:
        assert deliver(app, url) == 0
    assert message.status is MessageStatus.WAITING and "timed out" in message.last_error


def test_while_no_server_answers_the_others_keep_their_tries(app: Flask, session: Session) -> None:
    messages = [make.message() for _ in range(3)]
    assert deliver(app, "smtp://127.0.0.1:1") == 0
    assert [message.tries for message in messages] == [1, 0, 0]
    assert all(message.status is MessageStatus.WAITING for message in messages)
    with serving(post := Post()) as url:
        assert deliver(app, url) == 2
    assert len(post.received) == 2


def test_after_twelve_tries_the_message_is_given_up(app: Flask, session: Session) -> None:
    message = make.message()
    moment = clock.now()
    for _ in range(MOST_TRIES):
        assert message.status is MessageStatus.WAITING
        with time_machine.travel(moment, tick=False):
            deliver(app, "smtp://127.0.0.1:1")
        moment = message.next_try_at
    assert message.status is MessageStatus.GAVE_UP and message.tries == MOST_TRIES


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (5, 16), (9, 256), (10, 360), (12, 360)])
def test_waits_grow_up_to_six_hours(tries: int, minutes: int) -> None:
    assert wait_after(tries) == timedelta(minutes=minutes)


def test_a_worker_that_was_killed_leaves_its_message_for_later(app: Flask, session: Session, tmp_path: Path) -> None:
    message = make.message()
    _killed_while_sending(message, at=clock.now())
    assert deliver(app, f"files:{tmp_path}") == 0, "another worker may still be sending it"
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1)):
        assert deliver(app, f"files:{tmp_path}") == 1


def _killed_while_sending(message: Message, *, at: datetime) -> None:
    message.tries, message.next_try_at = 1, at + LEASE
