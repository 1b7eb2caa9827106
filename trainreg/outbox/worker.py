"""Send what waits in the outbox, at least once, backing off, and say when giving up."""

import logging
import re
import time
from urllib.parse import urlsplit

from sqlalchemy import select

from trainreg.config import Settings
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox.delivery import NotTaken, RefusedForGood, ServerAway, as_mail, carrier_for
from trainreg.outbox.models import Message, MessageStatus
from trainreg.outbox.rules import LEASE, MOST_TRIES, wait_after

log = logging.getLogger(__name__)


MOST_SECONDS = 30.0


def deliver_due(settings: Settings, *, limit: int = 2000, seconds: float = MOST_SECONDS) -> int:
    """Try the messages that are due, one after the other, over one connection; returns how many were sent.

    Each outcome is noted in the transaction that claims the next message. After `seconds` the worker's other tasks
    have their turn. While the server is away one message is tried in each round, so that the others keep their tries.
    """
    domain = urlsplit(settings.base_url).hostname or "localhost"
    sent, until = 0, time.monotonic() + seconds
    with carrier_for(settings.mail_url, settings.instance) as carry:
        for _round in range(limit):
            message = _claim_next() if time.monotonic() < until else None
            if message is None:
                break
            message_id = message.id
            try:
                mail = as_mail(message, sender=settings.mail_from, domain=domain)
                db.session.rollback()  # no transaction stays open while the server is slow
                carry(mail)
            except NotTaken as error:
                _note_failure(message_id, error)
                if isinstance(error, ServerAway):
                    break
            else:
                _note_sent(message_id)
                sent += 1
        db.session.commit()
    return sent


def _claim_next() -> Message | None:
    """Take the message that is due first, for this worker alone, by moving its next try past the lease.

    A worker that dies half-way leaves its message to be tried again when the lease is over.
    """
    now = clock.now()
    due = (
        select(Message)
        .where(Message.status == MessageStatus.WAITING, Message.next_try_at <= now)
        .order_by(Message.next_try_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message = db.session.scalar(due)
    if message is None:
        return None
    message.tries += 1
    message.next_try_at = now + LEASE
    db.session.commit()
    return message


def _note_sent(message_id: int) -> None:
    message = db.session.get_one(Message, message_id)
    message.status, message.sent_at = MessageStatus.SENT, clock.now()
    message.failure, message.last_error = None, ""


def _note_failure(message_id: int, error: NotTaken) -> None:
    db.session.rollback()
    message = db.session.get_one(Message, message_id)
    message.failure, message.last_error = error.failure, str(error)[:500]
    told = re.sub(re.escape(message.recipient), "(recipient)", message.last_error, flags=re.IGNORECASE)
    if isinstance(error, RefusedForGood) or message.tries >= MOST_TRIES:
        message.status = MessageStatus.GAVE_UP
        log.error("gave up on message %s after %s tries: %s", message.id, message.tries, told)
    else:
        message.next_try_at = clock.now() + wait_after(message.tries)
        log.warning("message %s was not sent: %s", message.id, told)
