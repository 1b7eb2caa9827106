"""Put messages into the outbox, in the transaction of the thing they tell of."""

from typing import Any

from flask import render_template
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES
from trainreg.kernel.refusals import Refused
from trainreg.kernel.text import one_line
from trainreg.outbox.models import Message, MessageStatus
from trainreg.web.links import personal_link

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
    **context: Any,
) -> Message | None:
    """Write a message from `templates/email/<kind>/` in the recipient's language; None when `key` told it before.

    `link` names the thing of the recipient's whose personal link the message holds, see `web.links.personal_link`;
    templates get the full link, still to be signed, as `personal_link` (None without one).
    """
    if db.session.scalar(select(Message.id).where(Message.key == key)) is not None:
        return None
    language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    context["personal_link"] = personal_link(link) if link else None
    with force_locale(language):
        parts = {
            part: render_template(f"email/{kind}/{file}", name=name, language=language, **context)
            for part, file in (("subject", "subject.txt"), ("text", "body.txt"), ("html", "body.html"))
        }
    now = clock.now()
    message = Message(
        key=key,
        kind=kind,
        recipient=to,
        recipient_name=one_line(name)[:220],
        language=language,
        subject=one_line(parts["subject"])[:300],
        text=parts["text"].strip() + "\n",
        html=parts["html"].strip() + "\n",
        registration_id=registration_id,
        link=link,
        next_try_at=now,
        created_at=now,
    )
    db.session.add(message)
    return message


def retry(message: Message, *, by: Actor) -> None:
    """Try a message at once that waits or was given up, with all its tries before it again."""
    message = lock_row(Message, message.id)
    if message.status is MessageStatus.SENT:
        raise SentAlready
    message.status, message.tries, message.next_try_at = MessageStatus.WAITING, 0, clock.now()
    audit.record("message.retried", message, by=by)
