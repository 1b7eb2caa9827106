"""Slowing down those who try too often: token buckets in the shared database, so that every worker counts together."""

import ipaddress
from datetime import datetime, timedelta

from flask import request
from flask_babel import lazy_gettext as _l
from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, mapped_column

from trainreg.kernel import clock
from trainreg.kernel.db import Row, db, flush_or_refuse, writing
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
        now, key = clock.now(), hashed(f"{purpose}:{who}")
        bucket = db.session.query(Bucket).filter_by(key=key).with_for_update().one_or_none()
        if bucket is None:
            bucket = Bucket(key=key, tokens=float(size), updated_at=now)
            db.session.add(bucket)
            flush_or_refuse(TooManyTries())
        tokens = tokens_after(bucket.tokens, now - bucket.updated_at, size=size, per_minute=per_minute)
        bucket.updated_at = now
        bucket.tokens = max(0.0, tokens - 1)
        db.session.commit()
    if tokens < 1:
        raise TooManyTries


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
