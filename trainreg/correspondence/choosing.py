"""Choosing whom to write to: by status, agency with its children, role, group, and whether they attended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import ids_with_children
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import ATTENDED
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus


@dataclass(frozen=True)
class Wanted:
    """The chosen set; None and "" leave a question open."""

    status: RegistrationStatus | None = RegistrationStatus.CONFIRMED
    agency: str = ""
    role: RegistrationRole | None = None
    group: str = ""
    attended: bool | None = None

    def as_kept(self) -> dict[str, Any]:
        """The filter as a letter keeps it."""
        return {
            "standing": self.status.value if self.status else "",
            "agency": self.agency,
            "role": self.role.value if self.role else "",
            "group": self.group,
            "attended": {None: "", True: "yes", False: "no"}[self.attended],
        }


def wanted_from(asked: Mapping[str, Any]) -> Wanted:
    """A filter from an address, a form or a letter; what is not understood is left open."""
    status, role = str(asked.get("standing", "confirmed")), str(asked.get("role", ""))
    return Wanted(
        status=RegistrationStatus(status) if status in set(RegistrationStatus) else None,
        agency=str(asked.get("agency", ""))[:60],
        role=RegistrationRole(role) if role in set(RegistrationRole) else None,
        group=str(asked.get("group", ""))[:100],
        attended={"yes": True, "no": False}.get(str(asked.get("attended", ""))),
    )


@dataclass(frozen=True)
class Chosen:
    """Those who are found: with an address, and without one."""

    reached: Sequence[Registration]
    unreached: Sequence[Registration]


def has_address() -> ColumnElement[bool]:
    """Whether news of a registration has somewhere to go, as `notices.address_of` says."""
    return func.coalesce(func.nullif(Person.email, ""), func.nullif(Registration.email, "")).is_not(None)


def attended_once() -> ColumnElement[bool]:
    """Whether somebody came to at least one session."""
    return exists().where(Attendance.registration_id == Registration.id, Attendance.state.in_(ATTENDED))


def registrations_for(event_id: int) -> Select[Any]:
    """An event's registrations, each with its person, its moves and its agency in a few statements."""
    return (
        select(Registration)
        .join(Registration.person)
        .where(Registration.event_id == event_id)
        .options(contains_eager(Registration.person), joinedload(Registration.agency))
    )


def choose(event: Event, wanted: Wanted) -> Chosen:
    """Everybody of the set, by name."""
    statement = registrations_for(event.id).where(*_conditions(wanted))
    found = db.session.scalars(statement.order_by(Person.family_name, Person.given_name, Registration.id)).all()
    reached = [one for one in found if one.person.email or one.email]
    return Chosen(reached, [one for one in found if not (one.person.email or one.email)])


def groups_of(event: Event) -> list[str]:
    """The groups that somebody of the event is in, by code."""
    statement = select(Registration.group).where(Registration.event_id == event.id, Registration.group != "")
    return sorted(set(db.session.scalars(statement)))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.status is not None:
        conditions.append(Registration.status == wanted.status)
    if wanted.role is not None:
        conditions.append(Registration.role == wanted.role)
    if wanted.group:
        conditions.append(Registration.group == wanted.group)
    if wanted.agency:
        top = db.session.scalars(select(Agency.id).where(Agency.code == wanted.agency))
        conditions.append(Registration.agency_id.in_(ids_with_children(top)))
    if wanted.attended is not None:
        conditions.append(attended_once() if wanted.attended else ~attended_once())
    return conditions
