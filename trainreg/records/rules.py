"""Two records made one: which values win, which registration is the stronger, which mark the better."""

from collections.abc import Mapping
from typing import Any

from trainreg.attendance.rules import AttendanceState
from trainreg.people.printing import NAME_LANGUAGES
from trainreg.people.rules import AgeBand, Sex
from trainreg.registration.rules import RegistrationStatus

# One field for each language: two records may each know another one.
PRINTED = {f"certificate_name.{language}": language for language in NAME_LANGUAGES}
FIELDS = (
    "family_name",
    "given_name",
    "clan_name",
    "family_name_latin",
    "given_name_latin",
    "clan_name_latin",
    *PRINTED,
    "sex",
    "age_band",
    "email",
    "phone",
    "language",
)
CONTACTS = frozenset({"email", "phone"})
_S = RegistrationStatus
STRENGTH = (_S.CONFIRMED, _S.WAITLISTED, _S.REQUESTED, _S.NOMINATED, _S.INVITED, _S.DECLINED, _S.CANCELLED)
_A = AttendanceState
MARKS = (_A.PRESENT, _A.LATE, _A.EXCUSED, _A.ABSENT)
# A registration that gave way is closed; one that was closed already stays as it is.
CLOSED = frozenset({_S.DECLINED, _S.CANCELLED})


def is_stronger(one: RegistrationStatus, other: RegistrationStatus) -> bool:
    """Whether the first of two registrations for one event is the one that counts."""
    return STRENGTH.index(one) < STRENGTH.index(other)


def is_better(one: AttendanceState, other: AttendanceState) -> bool:
    """Whether the first of two marks for one session says more in the person's favour."""
    return MARKS.index(one) < MARKS.index(other)


def is_stated(value: Any) -> bool:
    """Whether a field says anything."""
    return bool(value) and value is not Sex.NOT_STATED and value is not AgeBand.NOT_STATED


def values_of(person: Any) -> dict[str, Any]:
    """What a record says in each field."""
    return {
        name: person.certificate_name.get(PRINTED[name], "") if name in PRINTED else getattr(person, name)
        for name in FIELDS
    }


def as_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by field as the columns of a record hold them."""
    columns = {name: value for name, value in values.items() if name not in PRINTED}
    names = {PRINTED[name]: text for name, text in values.items() if name in PRINTED and text}
    return columns | {"certificate_name": dict(sorted(names.items()))}


def differing(kept: Mapping[str, Any], merged: Mapping[str, Any]) -> list[str]:
    """The fields in which somebody has to choose: both records say something, and not the same."""
    return [name for name in FIELDS if is_stated(merged[name]) and is_stated(kept[name]) and kept[name] != merged[name]]


def merged_values(kept: Mapping[str, Any], merged: Mapping[str, Any], from_merged: frozenset[str]) -> dict[str, Any]:
    """The values of the one record: what was chosen, else the kept record's, else what only the other one knows."""
    return {
        name: merged[name] if name in from_merged or not is_stated(kept[name]) else kept[name]
        for name in FIELDS
        if is_stated(merged[name]) or is_stated(kept[name])
    }
