"""Servers that limit, vanish and forget: what holds is said by each name."""

import logging
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Talk
from flask import Flask
from sqlalchemy.orm import Session

from tests import factories as make
from tests.outbox.servers import Post, RefusesRecipients, serving
from trainreg.config import Settings
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox.models import Failure, MessageStatus
from trainreg.outbox.worker import deliver_due


def deliver(app: Flask, url: str) -> int:
    settings: Settings = app.extensions["settings"]
    db.session.commit()
    return deliver_due(replace(settings, mail_url=url))


class TakesFewAtATime(Post):
    """Ends each connection after so many messages, as many servers do."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit, self.connections = limit, 0
        self.taken: dict[int, int] = {}

    async def handle_MAIL(
        self, server: SMTP, session: Talk, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.taken.setdefault(id(session), 0) >= self.limit:
            return "421 too many messages on this connection"
        self.taken[id(session)] += 1
        envelope.mail_from = address
        return "250 ok"

    async def handle_EHLO(
        self, server: SMTP, session: Talk, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses


class DiesBetween(Post):
    """Takes a message and drops the connection before the next one is named."""

    async def handle_RSET(self, server: SMTP, session: Talk, envelope: Envelope) -> str:
        return "250 ok"

    async def handle_MAIL(
        self, server: SMTP, session: Talk, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.received and not getattr(self, "died", False):
            self.died = True
            assert server.transport is not None
            server.transport.abort()
            return "421 never heard"
        envelope.mail_from = address
        return "250 ok"


class ForgetsToAnswer(Post):
    """Takes the first message whole and vanishes before it says so."""

    died = False

    async def handle_DATA(self, server: SMTP, session: Talk, envelope: Envelope) -> str:
        answer = self.take(envelope)
        if not self.died:
            self.died = True
            assert server.transport is not None
            server.transport.abort()
        return answer


class Greylists(Post):
    """Refuses each address the first time."""

    def __init__(self) -> None:
        super().__init__()
        self.known: set[str] = set()

    async def handle_RCPT(
        self, server: SMTP, session: Talk, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address not in self.known:
            self.known.add(address)
            return "450 4.2.0 greylisted, come again in five minutes"
        envelope.rcpt_tos.append(address)
        return "250 ok"


class RefusesTheSender(Post):
    """Does not know us."""

    async def handle_MAIL(
        self, server: SMTP, session: Talk, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        return "550 sender not allowed"


def test_many_messages_go_over_one_connection(app: Flask, session: Session) -> None:
    for _ in range(20):
        make.message()
    with serving(post := TakesFewAtATime(100)) as url:
        assert deliver(app, url) == 20
    assert post.connections == 1


def test_a_server_that_limits_a_connection_gets_the_rest_over_the_next(app: Flask, session: Session) -> None:
    expected = sorted(make.message().recipient for _ in range(10))
    with serving(post := TakesFewAtATime(3)) as url:
        assert deliver(app, url) == 10
    assert post.recipients == expected and post.connections == 4


def test_a_server_that_lets_nobody_in_costs_one_message_one_try(app: Flask, session: Session) -> None:
    messages = [make.message() for _ in range(3)]
    with serving(TakesFewAtATime(0)) as url:
        assert deliver(app, url) == 0
    assert [message.tries for message in messages] == [1, 0, 0]
    assert messages[0].failure is Failure.SERVER_AWAY and messages[0].status is MessageStatus.WAITING


def test_a_server_that_dies_between_two_messages_gets_each_once(app: Flask, session: Session) -> None:
    expected = sorted(make.message().recipient for _ in range(4))
    with serving(post := DiesBetween()) as url:
        assert deliver(app, url) == 4
    assert post.recipients == expected


def test_a_server_that_took_it_and_did_not_say_so_gets_it_again_under_the_same_name(
    app: Flask, session: Session
) -> None:
    """At least once, not exactly once: whoever receives both can tell by the Message-ID."""
    message = make.message()
    with serving(post := ForgetsToAnswer()) as url:
        assert deliver(app, url) == 0
        assert message.failure is Failure.CUT_OFF and message.status is MessageStatus.WAITING
        with time_machine.travel(clock.now() + timedelta(minutes=2)):
            assert deliver(app, url) == 1
    assert len(post.received) == 2
    assert len({mail["Message-ID"] for _to, mail in post.received}) == 1
    assert message.failure is None


def test_greylisted_mail_arrives_with_the_second_try(app: Flask, session: Session) -> None:
    messages = [make.message() for _ in range(3)]
    with serving(post := Greylists()) as url:
        assert deliver(app, url) == 0
        assert {message.failure for message in messages} == {Failure.RECIPIENT_BUSY}
        with time_machine.travel(clock.now() + timedelta(minutes=2)):
            assert deliver(app, url) == 3
    assert post.recipients == sorted(message.recipient for message in messages)


def test_an_unknown_address_has_a_code_that_can_be_put_in_words(app: Flask, session: Session) -> None:
    gone = make.message()
    with serving(RefusesRecipients(gone.recipient, "550 5.1.1 no such mailbox")) as url:
        deliver(app, url)
    assert gone.failure is Failure.NO_SUCH_RECIPIENT and gone.status is MessageStatus.GAVE_UP


def test_a_server_that_does_not_know_us_may_still_be_told_of_us(
    app: Flask, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    message = make.message()
    with serving(RefusesTheSender()) as url, caplog.at_level(logging.WARNING):
        deliver(app, url)
    assert message.failure is Failure.SENDER_REFUSED and message.status is MessageStatus.WAITING


CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Семинар\r\nEND:VCALENDAR\r\n"


def test_a_calendar_file_is_a_part_and_an_attachment(app: Flask, session: Session) -> None:
    make.message(calendar=CALENDAR, reply_to="office@example.org")
    with serving(post := Post()) as url:
        deliver(app, url)
    mail: EmailMessage = post.received[0][1]
    assert mail.get_content_type() == "multipart/mixed" and mail["Reply-To"] == "office@example.org"
    alternative, attached = mail.iter_parts()
    assert [part.get_content_type() for part in alternative.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    part = list(alternative.iter_parts())[2]
    assert part.get_param("method") == "REQUEST" and "SUMMARY:Семинар" in part.get_content()
    assert attached.get_filename() == "event.ics" and attached.get_content() == CALENDAR.encode()


def test_long_and_cyrillic_subjects_are_folded_and_plain(app: Flask, session: Session) -> None:
    subject = "Хөдөлмөрийн шилжилт хөдөлгөөний асуудлаарх сургалт семинар " * 4
    make.message(subject=subject.strip(), text="Өдрийн мэнд. " * 100 + "\n")
    with serving(post := Post()) as url:
        deliver(app, url)
    mail = post.received[0][1]
    raw = mail.as_bytes()
    assert mail["Subject"] == subject.strip()
    assert raw.isascii() and max(map(len, raw.splitlines())) <= 998
