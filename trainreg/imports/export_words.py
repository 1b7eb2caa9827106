"""Headings and words of handed-out lists, looked up once for a whole list."""

from collections.abc import Mapping
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l

from trainreg.events.forms import KINDS
from trainreg.events.rules import EventKind, EventStatus
from trainreg.imports.columns import AGENCY, CERTIFICATE_NAMES, GROUP, NAMES, PERSON, POSTING, REFERENCE, ROLE

Code = TypeVar("Code")
EVENT_KINDS: dict[EventKind, Any] = {EventKind(value): label for value, label in KINDS}
EVENT_STATUSES: dict[EventStatus, Any] = {
    EventStatus.DRAFT: _l("Draft"),
    EventStatus.OPEN: _l("Open for registration"),
    EventStatus.CLOSED: _l("Registration closed"),
    EventStatus.CANCELLED: _l("Called off"),
}
_BY_FIELD = {column.field: column.label for column in (REFERENCE, *PERSON, AGENCY, *POSTING, ROLE, GROUP)}
_NAMES = tuple(column.field for column in NAMES if column.field != "full_name")
_LISTS: dict[str, tuple[Any, ...]] = {
    "registrations": (
        *(
            "reference",
            *_NAMES,
            *(column.field for column in CERTIFICATE_NAMES),
            "sex",
            "age_band",
            "email",
            "phone",
            "agency",
            "position",
            "level",
            "province",
            "role",
            "group",
        ),
        _l("Status"),
        _l("Registered"),
    ),
    "attendance": ("reference", "family_name", "given_name", "agency"),
    "events": (
        *(_l("Event"), _l("Address"), _l("Kind"), _l("Status"), _l("First day"), _l("Last day"), _l("Place")),
        *(_l("Number of places"), _l("Places taken")),
    ),
    "messages": (
        *(_l("Written"), _l("Kind"), _l("Name"), _l("E-mail address"), _l("Language"), _l("Subject"), _l("State")),
        *(_l("Tries"), _l("Sent"), _l("Last error")),
    ),
}
CONTACTS = frozenset({"email", "phone"})


def headings(name: str, *, with_contacts: bool = True) -> list[str]:
    """The headings of a list in the reader's language: those by which it could be imported again."""
    fields = (field for field in _LISTS[name] if with_contacts or field not in CONTACTS)
    return [str(_BY_FIELD.get(field, field)) for field in fields]


def words_of(words: Mapping[Code, Any]) -> dict[Code, str]:
    """Words by code in the reader's language."""
    return {code: str(said) for code, said in words.items()}
