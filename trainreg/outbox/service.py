"""Put messages into the outbox, in the transaction of the thing they tell of."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, insert_unless_known, lock_row
from trainreg.kernel.refusals import Refused
from trainreg.outbox.drafts import Draft, columns_of
from trainreg.outbox.models import Message, MessageStatus

audit.describes({"message.retried": _l("Sending is tried again")})


class SentAlready(Refused):
    """Telling the same news twice confuses people."""

    sentence = _l("This message was sent already.")


def queue(
    kind: str,
    *,
    key: str,
    to: str,
    name: str,
    language: str,
    registration_id: int | None = None,
    link: str | None = None,
    calendar: str | None = None,
    reply_to: str | None = None,
    **context: Any,
) -> Message | None:
    """Write a message from `templates/email/<kind>/` in the recipient's language; None when `key` told it before.

    `link` names the thing of the recipient's whose personal link the message holds, see `web.links.personal_link`;
    templates get the full link, still to be signed, as `personal_link` (None without one). `calendar` is a calendar
    file that goes along, `reply_to` the address that answers go to.
    """
    return queue_draft(
        Draft(
            kind=kind,
            key=key,
            to=to,
            name=name,
            language=language,
            registration_id=registration_id,
            link=link,
            calendar=calendar,
            reply_to=reply_to,
            context=context,
        )
    )


def queue_draft(draft: Draft, *, is_first: bool = False) -> Message | None:
    """Write one message; None when its key told it before. `is_first`: of a thing so new nobody need ask."""
    if not is_first and db.session.scalar(select(Message.id).where(Message.key == draft.key)) is not None:
        return None
    now = clock.now()
    message = Message(**columns_of(draft), next_try_at=now, created_at=now)
    db.session.add(message)
    return message


def queue_each(drafts: Iterable[Draft]) -> int:
    """Write many messages in one statement, those whose key told it before left out; returns how many were new.

    Two that write the same news at one moment write it once: the key is unique, and the later one is dropped.
    """
    wanted = {draft.key: draft for draft in drafts}
    if not wanted:
        return 0
    db.session.flush()
    told = set(db.session.scalars(select(Message.key).where(Message.key.in_(list(wanted)))))
    now = clock.now()
    rows = [
        {**columns_of(draft), "next_try_at": now, "created_at": now} for key, draft in wanted.items() if key not in told
    ]
    if rows:
        insert_unless_known(Message, rows, unique="key")
    return len(rows)


def retry(message: Message, *, by: Actor) -> None:
    """Try a message at once that waits or was given up, with all its tries before it again."""
    message = lock_row(Message, message.id)
    if message.status is MessageStatus.SENT:
        raise SentAlready
    message.status, message.tries, message.next_try_at = MessageStatus.WAITING, 0, clock.now()
    audit.record("message.retried", message, by=by)
