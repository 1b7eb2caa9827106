"""Slowing down those who try too often: token buckets in the shared database, so that every worker counts together."""

import ipaddress
from contextlib import suppress
from datetime import datetime, timedelta

from flask import request
from flask_babel import lazy_gettext as _l
from sqlalchemy import String, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from trainreg.kernel import clock
from trainreg.kernel.db import Row, db, writing
from trainreg.kernel.refusals import Refused
from trainreg.kernel.tokens import hashed
from trainreg.kernel.types import UtcDateTime


class TooManyTries(Refused):
    """The bucket is empty."""

    sentence = _l("There were too many tries in a short time. Wait a minute and try again.")
    status = 429


class Bucket(Row):
    """How many tries are left for one key. The key is hashed: the table lists no addresses."""

    __tablename__ = "throttle_bucket"

    key: Mapped[str] = mapped_column(String(64), unique=True)
    tokens: Mapped[float]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def tokens_after(tokens: float, elapsed: timedelta, *, size: int, per_minute: float) -> float:
    """What a bucket holds after some time: it fills steadily, never over its size."""
    return min(float(size), tokens + max(0.0, elapsed.total_seconds()) / 60 * per_minute)


def spend(purpose: str, who: str, *, size: int, per_minute: float) -> None:
    """Take one token in a transaction of its own, before any costly work; raises TooManyTries.

    Ends the present transaction: call it first in a request.
    """
    db.session.rollback()
    with writing():
        was_left = _take(f"{purpose}:{who}", size=size, per_minute=per_minute)
        db.session.commit()
    if not was_left:
        raise TooManyTries


def spend_along(purpose: str, who: str, *, size: int, per_minute: float) -> None:
    """Take one token in the present transaction, so that what is refused later costs nothing; raises TooManyTries."""
    if not _take(f"{purpose}:{who}", size=size, per_minute=per_minute):
        raise TooManyTries


def _take(name: str, *, size: int, per_minute: float) -> bool:
    """Take one token under the bucket's lock; whether there was one."""
    now, key = clock.now(), hashed(name)
    wanted = select(Bucket).where(Bucket.key == key).with_for_update().execution_options(populate_existing=True)
    bucket = db.session.scalar(wanted)
    if bucket is None:
        with suppress(IntegrityError), db.session.begin_nested():  # another first try may come at the same moment
            db.session.add(Bucket(key=key, tokens=float(size), updated_at=now))
        bucket = db.session.scalars(wanted).one()
    tokens = tokens_after(bucket.tokens, now - bucket.updated_at, size=size, per_minute=per_minute)
    bucket.updated_at = now
    bucket.tokens = max(0.0, tokens - 1)
    return tokens >= 1


def ensure_left(purpose: str, who: str, *, size: int, per_minute: float) -> None:
    """Raise TooManyTries when the bucket is empty, and take nothing from it: only failures are to cost."""
    bucket = db.session.query(Bucket).filter_by(key=hashed(f"{purpose}:{who}")).one_or_none()
    if bucket is None:
        return
    if tokens_after(bucket.tokens, clock.now() - bucket.updated_at, size=size, per_minute=per_minute) < 1:
        raise TooManyTries


def caller() -> str:
    """Where a request comes from: the address, of IPv6 the network, which is what one household gets."""
    return network_of(request.remote_addr or "unknown")


def network_of(address: str) -> str:
    """An IPv4 address as it is, an IPv6 address as its /64; `::ffff:192.0.2.1` is the IPv4 address in it."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)


def forget_full_buckets(*, older_than: timedelta = timedelta(days=1)) -> int:
    """Drop buckets that have long been full again; returns how many."""
    old = delete(Bucket).where(Bucket.updated_at < clock.now() - older_than).returning(Bucket.id)
    return len(db.session.scalars(old).all())
