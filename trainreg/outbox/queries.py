"""What was sent, and what still waits."""

from collections.abc import Sequence

from sqlalchemy import func, select

from trainreg.kernel.db import db
from trainreg.outbox.models import Message, MessageStatus


def list_messages_about(registration_id: int) -> Sequence[Message]:
    """Every message about a registration, newest first."""
    statement = select(Message).where(Message.registration_id == registration_id).order_by(Message.id.desc())
    return db.session.scalars(statement).all()


def count_by_status() -> dict[MessageStatus, int]:
    rows = db.session.execute(select(Message.status, func.count()).group_by(Message.status))
    return dict(rows.tuples().all())
