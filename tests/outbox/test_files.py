"""Messages as files, for an installation without a mail server."""

import stat
from dataclasses import replace
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import factories as make
from trainreg.config import Settings
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox.delivery import RefusedForGood, as_mail
from trainreg.outbox.models import MessageStatus
from trainreg.outbox.worker import deliver_due


def deliver(app: Flask, url: str) -> int:
    settings: Settings = app.extensions["settings"]
    db.session.commit()
    return deliver_due(replace(settings, mail_url=url))


def test_each_message_becomes_one_file_for_the_service_alone(app: Flask, session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    make.message(text="Сайн уу.\n")
    make.message()
    assert deliver(app, f"files:{folder}") == 2
    files = sorted(folder.iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    mail = BytesParser(policy=SMTP).parsebytes(files[0].read_bytes())
    body = mail.get_body(("plain",))
    assert body is not None and body.get_content().strip() == "Сайн уу."


def test_a_message_delivered_again_is_the_same_file(app: Flask, session: Session, tmp_path: Path) -> None:
    message = make.message()
    deliver(app, f"files:{tmp_path}/mail")
    message.status, message.next_try_at = MessageStatus.WAITING, clock.now()
    deliver(app, f"files:{tmp_path}/mail")
    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_a_folder_that_cannot_be_written_loses_nothing(app: Flask, session: Session, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file stands in the way")
    message = make.message()
    assert deliver(app, f"files:{tmp_path}/mail") == 0
    assert message.status is MessageStatus.WAITING and message.last_error


@pytest.mark.parametrize("field", ["recipient_name", "subject", "recipient"])
@pytest.mark.parametrize("injected", ["\r\nBcc: victim@example.org", "\nBcc: victim@example.org", "\r\n\r\nbody"])
def test_a_line_break_adds_no_header(session: Session, field: str, injected: str) -> None:
    message = make.message()
    setattr(message, field, getattr(message, field) + injected)
    try:
        mail = as_mail(message, sender="office@example.org", domain="example.org")
    except RefusedForGood:
        return
    parsed = BytesParser(policy=SMTP).parsebytes(mail.as_bytes())
    assert parsed["Bcc"] is None
    assert parsed["To"].addresses[0].addr_spec == message.recipient


@pytest.mark.parametrize("recipient", ["", "nobody", "a@b@c", "two@example.org, three@example.org", "x\r@example.org"])
def test_an_address_that_is_none_is_given_up(app: Flask, session: Session, tmp_path: Path, recipient: str) -> None:
    bad, good = make.message(recipient="placeholder@example.org"), make.message()
    bad.recipient = recipient
    assert deliver(app, f"files:{tmp_path}") == 1
    assert bad.status is MessageStatus.GAVE_UP and "cannot be written as a mail" in bad.last_error
    assert good.status is MessageStatus.SENT
