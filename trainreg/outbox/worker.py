"""Send what waits in the outbox, at least once, backing off, and say when giving up."""

import logging
import re
from urllib.parse import urlsplit

from sqlalchemy import select

from trainreg.config import Settings
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox.delivery import RefusedForGood, ServerAway, Undeliverable, as_mail, carrier_for
from trainreg.outbox.models import Message, MessageStatus
from trainreg.outbox.rules import LEASE, MOST_TRIES, wait_after

log = logging.getLogger(__name__)


def deliver_due(settings: Settings, *, limit: int = 100) -> int:
    """Try the messages that are due, one after the other, each in its own transaction; returns how many were sent.

    While the server is away one message is tried in each round, so that the others keep their tries.
    """
    domain = urlsplit(settings.base_url).hostname or "localhost"
    sent = 0
    with carrier_for(settings.mail_url, settings.instance) as carry:
        for _round in range(limit):
            message = _claim_next()
            if message is None:
                break
            message_id = message.id
            try:
                mail = as_mail(message, sender=settings.mail_from, domain=domain)
                db.session.rollback()  # no transaction stays open while the server is slow
                carry(mail)
            except Undeliverable as error:
                _note_failure(message_id, str(error), for_good=isinstance(error, RefusedForGood))
            except ServerAway as error:
                _note_failure(message_id, str(error), for_good=False)
                break
            else:
                _note_sent(message_id)
                sent += 1
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
        db.session.rollback()
        return None
    message.tries += 1
    message.next_try_at = now + LEASE
    db.session.commit()
    return message


def _note_sent(message_id: int) -> None:
    message = db.session.get_one(Message, message_id)
    message.status, message.sent_at, message.last_error = MessageStatus.SENT, clock.now(), ""
    db.session.commit()


def _note_failure(message_id: int, error: str, *, for_good: bool) -> None:
    db.session.rollback()
    message = db.session.get_one(Message, message_id)
    message.last_error = error[:500]
    told = re.sub(re.escape(message.recipient), "(recipient)", message.last_error, flags=re.IGNORECASE)
    if for_good or message.tries >= MOST_TRIES:
        message.status = MessageStatus.GAVE_UP
        log.error("gave up on message %s after %s tries: %s", message.id, message.tries, told)
    else:
        message.next_try_at = clock.now() + wait_after(message.tries)
        log.warning("message %s was not sent: %s", message.id, told)
    db.session.commit()
