"""What merging two records would do, told before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from trainreg.attendance.models import Attendance
from trainreg.certificates.models import Certificate
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.models import Consent, Person, Posting
from trainreg.people.words import PRINTED_NAME_WORDS
from trainreg.records.rules import CONTACTS, FIELDS, PRINTED, differing, is_stated, values_of
from trainreg.registration.models import Registration, Submission

FIELD_WORDS: Mapping[str, Any] = {
    "family_name": _l("Family name or patronymic"),
    "given_name": _l("Given name"),
    "clan_name": _l("Clan name"),
    "family_name_latin": _l("Family name or patronymic in Latin letters"),
    "given_name_latin": _l("Given name in Latin letters"),
    "clan_name_latin": _l("Clan name in Latin letters"),
    **{name: PRINTED_NAME_WORDS[language] for name, language in PRINTED.items()},
    "sex": _l("Sex"),
    "age_band": _l("Age"),
    "email": _l("E-mail address"),
    "phone": _l("Telephone"),
    "language": _l("Language"),
}


@dataclass(frozen=True)
class FieldLine:
    """One field of both records; `choose`: both say something, and not the same."""

    name: str
    label: str
    kept: Any
    merged: Any
    choose: bool

    @property
    def differs(self) -> bool:
        return bool(self.kept != self.merged)

    def shown(self, value: Any) -> str:
        """A value as the page may say it: contacts only hinted at, because looking at them is written down."""
        return hinted(value) if self.is_contact and value else str(value or "")

    @property
    def is_contact(self) -> bool:
        return self.name in CONTACTS


@dataclass(frozen=True)
class Preview:
    """Which fields are to be chosen, what moves, and which registrations become one."""

    fields: Sequence[FieldLine]
    moving: Sequence[tuple[str, int]]
    joined: Sequence[tuple[Registration, Registration]]


def hinted(contact: str) -> str:
    """b…r@example.org, …33: enough to see whether two are one."""
    name, at, domain = contact.partition("@")
    if at:
        return f"{name[:1]}…{name[-1:]}@{domain}"
    return f"…{contact[-2:]}"


def preview(kept: Person, merged: Person) -> Preview:
    """What `service.merge` would do with these two now."""
    return Preview(compare(kept, merged), _moving(merged), _joined(kept, merged))


def compare(kept: Person, merged: Person) -> list[FieldLine]:
    """Both records side by side; fields that neither states are left out."""
    mine, theirs = values_of(kept), values_of(merged)
    to_choose = differing(mine, theirs)
    return [
        FieldLine(name, str(FIELD_WORDS[name]), mine[name], theirs[name], name in to_choose)
        for name in FIELDS
        if is_stated(mine[name]) or is_stated(theirs[name])
    ]


def _moving(merged: Person) -> list[tuple[str, int]]:
    own = select(Registration.id).where(Registration.person_id == merged.id)
    counted: list[tuple[Any, Any]] = [
        (_l("Registrations"), select(func.count()).where(Registration.person_id == merged.id)),
        (_l("Marks of attendance"), select(func.count()).where(Attendance.registration_id.in_(own))),
        (_l("Certificates"), select(func.count()).where(Certificate.registration_id.in_(own))),
        (_l("Forms that came in"), select(func.count()).where(Submission.registration_id.in_(own))),
        (_l("Messages"), select(func.count()).where(Message.registration_id.in_(own))),
        (_l("Postings"), select(func.count()).where(Posting.person_id == merged.id)),
        (_l("Answers about consent"), select(func.count()).where(Consent.person_id == merged.id)),
    ]
    found = [(str(label), db.session.scalar(statement) or 0) for label, statement in counted]
    return [(label, count) for label, count in found if count]


def _joined(kept: Person, merged: Person) -> list[tuple[Registration, Registration]]:
    both = select(Registration).where(Registration.person_id.in_((kept.id, merged.id))).order_by(Registration.event_id)
    by_event: dict[int, dict[int, Registration]] = {}
    for registration in db.session.scalars(both):
        by_event.setdefault(registration.event_id, {})[registration.person_id] = registration
    return [(found[kept.id], found[merged.id]) for found in by_event.values() if len(found) == 2]
