"""What was sent, and what still waits."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer

from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.outbox.models import Message, MessageStatus


def get_message(message_id: int) -> Message:
    message = db.session.get(Message, message_id)
    if message is None:
        raise NotFound
    return message


def find_message(key: str) -> Message | None:
    """The message that told this news."""
    return db.session.scalar(select(Message).where(Message.key == key))


def select_messages(status: MessageStatus | None) -> Select[Any]:
    """Messages in that status, or all, the latest first and without their texts."""
    statement = select(Message).options(defer(Message.text), defer(Message.html)).order_by(Message.id.desc())
    return statement if status is None else statement.where(Message.status == status)


def list_messages_about(registration_id: int) -> Sequence[Message]:
    """Every message about a registration, newest first."""
    statement = select(Message).where(Message.registration_id == registration_id).order_by(Message.id.desc())
    return db.session.scalars(statement).all()


def count_by_status() -> dict[MessageStatus, int]:
    rows = db.session.execute(select(Message.status, func.count()).group_by(Message.status))
    return dict(rows.all())
