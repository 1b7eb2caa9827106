"""Send what waits in the outbox, at least once, backing off, and say when giving up."""

import logging
from email.errors import MessageError
from smtplib import SMTPException
from urllib.parse import urlsplit

from sqlalchemy import select

from trainreg.config import Settings
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox.delivery import RefusedForGood, as_mail, carrier_for
from trainreg.outbox.models import Message, MessageStatus
from trainreg.outbox.rules import MOST_TRIES, wait_after

log = logging.getLogger(__name__)


def deliver_due(settings: Settings, *, limit: int = 100) -> int:
    """Try every message that is due, each in its own transaction; returns how many were sent."""
    carry = carrier_for(settings.mail_url, settings.instance)
    domain = urlsplit(settings.base_url).hostname or "localhost"
    sent = 0
    for message_id in _claim_due(limit):
        message = db.session.get_one(Message, message_id)
        mail = as_mail(message, sender=settings.mail_from, domain=domain)
        db.session.rollback()  # no transaction stays open while the server is slow
        try:
            carry(mail)
        except RefusedForGood as error:
            _note_failure(message_id, str(error), for_good=True)
        except (OSError, SMTPException, MessageError, UnicodeError) as error:
            _note_failure(message_id, f"{type(error).__name__}: {error}", for_good=False)
        else:
            _note_sent(message_id)
            sent += 1
    return sent


def _claim_due(limit: int) -> list[int]:
    """Take what is due for this worker alone: its next try moves on before it is tried.

    A worker that dies half-way leaves its messages to be tried again when that time comes.
    """
    now = clock.now()
    due = (
        select(Message)
        .where(Message.status == MessageStatus.WAITING, Message.next_try_at <= now)
        .order_by(Message.next_try_at, Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = db.session.scalars(due).all()
    claimed = [message.id for message in messages]
    for message in messages:
        message.tries += 1
        message.next_try_at = now + wait_after(message.tries)
    db.session.commit()
    return claimed


def _note_sent(message_id: int) -> None:
    message = db.session.get_one(Message, message_id)
    message.status, message.sent_at, message.last_error = MessageStatus.SENT, clock.now(), ""
    db.session.commit()


def _note_failure(message_id: int, error: str, *, for_good: bool) -> None:
    message = db.session.get_one(Message, message_id)
    message.last_error = error[:500]
    if for_good or message.tries >= MOST_TRIES:
        message.status = MessageStatus.GAVE_UP
        log.error("gave up on message %s after %s tries: %s", message.id, message.tries, message.last_error)
    else:
        log.warning("message %s was not sent: %s", message.id, message.last_error)
    db.session.commit()
