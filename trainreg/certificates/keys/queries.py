"""Find signing keys."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from trainreg.certificates.keys.models import SigningKey
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound


def find_current_key() -> SigningKey | None:
    """The key that signs what is issued now; None before the first was made."""
    return db.session.scalar(select(SigningKey).where(SigningKey.is_current))


def get_key(key_id: int) -> SigningKey:
    key = db.session.get(SigningKey, key_id)
    if key is None:
        raise NotFound
    return key


def find_key_by_kid(kid: str) -> SigningKey | None:
    return db.session.scalar(select(SigningKey).where(SigningKey.kid == kid))


def list_keys() -> Sequence[SigningKey]:
    """Every key there ever was, the oldest first."""
    return db.session.scalars(select(SigningKey).order_by(SigningKey.id)).all()
