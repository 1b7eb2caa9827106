"""Change keys: the new one signs from now on; what became of the others is written down, and whoever checks is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from trainreg.audit import service as audit
from trainreg.certificates.keys import files
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.keys.queries import find_current_key, find_key_by_kid, list_keys
from trainreg.certificates.keys.rules import EVER
from trainreg.certificates.keys.service import lock_keys, make_key, retire
from trainreg.certificates.models import Certificate
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Invalid, Refused

audit.describes(
    {
        "signing_key.lost": _l("Key %(kid)s lost; %(moved)s certificates are signed anew"),
        "signing_key.compromised": _l(
            "Key %(kid)s compromised since %(since)s; %(moved)s certificates are signed anew"
        ),
    }
)
LONGEST_REASON = 500


class NoKeyIsLost(Refused):
    """Declaring a key lost that is there would only confuse whoever checks."""

    sentence = _l("No key is lost: the private half of each is in the instance folder.")


class NoSuchKey(Refused):
    """There is no key of that name."""

    sentence = _l("There is no key %(kid)s. See: trainreg certificates keys list.")


class NotAPastMoment(Invalid):
    """A key is compromised since a moment of its own life."""

    sentence = _l("A key can be compromised only since a moment that has been.")


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """The key that signs now, the keys something is now known about, and the certificates that are signed anew."""

    current: SigningKey
    about: tuple[SigningKey, ...]
    certificate_ids: tuple[int, ...]


def rotate(*, by: Actor, reason: str = "") -> Rekeyed:
    """Let a new key sign from now on. What the old one signed stays as it is, and is drawn with it."""
    lock_keys()
    before = find_current_key()
    return Rekeyed(_renew(before, by=by, at=clock.now(), reason=reason), (before,) if before else (), ())


def declare_lost(*, by: Actor, reason: str = "") -> Rekeyed:
    """Note that private halves are gone, and let the current key sign their certificates anew; raises NoKeyIsLost.

    The facts stay as they are. Files handed out before go on verifying, by the public half.
    """
    lock_keys()
    now = clock.now()
    lost = [key for key in list_keys() if key.lost_at is None and not files.is_there(key.kid)]
    if not lost:
        raise NoKeyIsLost
    for key in lost:
        key.lost_at, key.reason = now, reason[:LONGEST_REASON] or key.reason
    owners = [key for key in list_keys() if key in lost or key.companion in lost]
    current = _current_besides(owners, by=by, at=now, reason=reason)
    moved = {key: _move(key, current) for key in owners}
    for key in lost:
        audit.record("signing_key.lost", key, by=by, at=now, kid=key.kid, moved=len(moved.get(key, ())))
    return Rekeyed(current, tuple(lost), tuple(one for ids in moved.values() for one in ids))


def declare_compromised(
    *, by: Actor, kid: str | None = None, since: datetime | None = None, reason: str = ""
) -> Rekeyed:
    """Note that others may have a key, the current one unless another is named, and change it if it signs now.

    `since` is the first moment at which they may have had it; without it, ever since it was made. Whatever carries a
    signature of that moment or later is no longer trusted; its certificates are signed anew.
    """
    lock_keys()
    now = clock.now()
    key = find_key_by_kid(kid) if kid else find_current_key()
    if key is None:
        raise NoSuchKey(kid=kid or "")
    if since is not None and since > now:
        raise NotAPastMoment
    told = since or EVER
    key.compromised_since = min(told, key.compromised_since or told)
    key.reason = reason[:LONGEST_REASON] or key.reason
    if key.companion is not None:
        key.companion.compromised_since = key.compromised_since
    owners = [one for one in list_keys() if key in (one, one.companion)]
    current = _current_besides(owners, by=by, at=now, reason=reason)
    moved = [one for owner in owners for one in _move(owner, current)]
    day = key.compromised_since.isoformat(timespec="minutes")
    audit.record("signing_key.compromised", key, by=by, at=now, kid=key.kid, since=day, moved=len(moved))
    return Rekeyed(current, (key,), tuple(moved))


def _current_besides(bad: Sequence[SigningKey], *, by: Actor, at: datetime, reason: str) -> SigningKey:
    """The key that signs now, a new one if it is among those that can no longer be used."""
    current = find_current_key()
    return _renew(current, by=by, at=at, reason=reason) if current is None or current in bad else current


def _renew(before: SigningKey | None, *, by: Actor, at: datetime, reason: str) -> SigningKey:
    if before is not None:
        retire(before, by=by, at=at, reason=reason[:LONGEST_REASON])
    return make_key(by=by, at=at)


def _move(before: SigningKey, current: SigningKey) -> list[int]:
    ids = list(db.session.scalars(select(Certificate.id).where(Certificate.signing_key_id == before.id)))
    db.session.execute(
        update(Certificate).where(Certificate.signing_key_id == before.id).values(signing_key_id=current.id)
    )
    return ids
