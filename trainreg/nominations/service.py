"""Nominate, replace and withdraw, under the event's lock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _l

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import ids_with_children
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.queries import door_of, list_agencies_for
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.nominations.allowance import Allowances
from trainreg.nominations.queries import find_named, nominated_ids
from trainreg.nominations.reading import Nominee
from trainreg.nominations.refusals import (
    CannotNominate,
    ListChanged,
    NotANominee,
    NotOpenForNominations,
    TooLateToReplace,
)
from trainreg.nominations.rules import Problem, may_nominate, problem_with_known
from trainreg.people import service as people
from trainreg.registration.models import Registration
from trainreg.registration.notices import tell_nominee
from trainreg.registration.queries import find_registration_of
from trainreg.registration.rules import Channel, RegistrationStatus, takes_seat
from trainreg.registration.service import Particulars, enter, lock_event, move

audit.describes(
    {
        "nomination.replaced": _l("The agency named %(other)s instead"),
        "nomination.replaces": _l("Named instead of %(other)s"),
    }
)

_S = RegistrationStatus
STANDING = frozenset({_S.NOMINATED, _S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED})


@dataclass(frozen=True)
class Judged:
    """A nominee, and what stands in the way, if anything."""

    nominee: Nominee
    problem: Problem | None


def judge(
    event: Event, nominees: Iterable[Nominee], own: frozenset[int], *, leaving: Registration | None = None
) -> list[Judged]:
    """Who of these can be nominated by somebody who speaks for the agencies `own`; writes nothing.

    Places are counted in the order of the list. `leaving` gives up a place in the same moment.
    """
    allowances, asked = Allowances(event), {agency.id for agency in list_agencies_for(event)}
    if leaving is not None and (leaving.holds_place or leaving.status in {_S.NOMINATED, _S.CONFIRMED}):
        allowances.give_back(leaving.agency_id, leaving.group)
    seen: set[tuple[str, str | None]] = set()
    judged = []
    for nominee in nominees:
        problem = nominee.problem or _problem(event, nominee, own, asked, seen)
        if problem is None and nominee.agency is not None:
            if not allowances.has_room(nominee.agency.id, in_stead=leaving is not None):
                problem = Problem.NO_PLACE
            else:
                allowances.spend(nominee.agency.id)
        seen.add((nominee.details.match_key, nominee.details.email))
        judged.append(Judged(nominee, problem))
    return judged


def nominate(event: Event, nominee: Nominee, *, own: frozenset[int], by: Actor) -> Registration:
    """Name one official; they are asked to confirm. Refuses, saying why."""
    event = _lock_open(event)
    [judged] = judge(event, [nominee], own)
    if judged.problem is not None:
        raise CannotNominate(judged.problem)
    return _name(event, nominee, by=by)


def nominate_listed(
    event: Event, nominees: Sequence[Nominee], *, own: frozenset[int], expected: int, by: Actor
) -> list[Registration]:
    """Name those of a list who can be, all in this transaction; refuses when they are not as many as were shown."""
    event = _lock_open(event)
    good = [one.nominee for one in judge(event, nominees, own) if one.problem is None]
    if len(good) != expected or not good:
        raise ListChanged
    return [_name(event, nominee, by=by) for nominee in good]


def replace_nominee(leaving: Registration, nominee: Nominee, *, own: frozenset[int], by: Actor) -> Registration:
    """Withdraw one nominee and name another for the same place, in one step."""
    event = _lock_before_start(leaving)
    [judged] = judge(event, [nominee], own, leaving=leaving)
    if judged.problem is not None:
        raise CannotNominate(judged.problem)
    coming = _name(event, nominee, by=by, reason=leaving.reference)
    # A place that was given is kept for whoever comes instead: nobody who waits gets it meanwhile.
    coming.holds_place = leaving.holds_place or takes_seat(leaving.status, leaving.role)
    move(leaving, _S.CANCELLED, by=by, channel=Channel.FOCAL_POINT, reason=coming.reference, quiet=True)
    tell_nominee("nomination_replaced", leaving)
    for action, subject, other in (("replaced", leaving, coming), ("replaces", coming, leaving)):
        audit.record(f"nomination.{action}", subject, by=by, project_id=event.project_id, other=other.reference)
    return coming


def withdraw_nominee(leaving: Registration, *, by: Actor, reason: str = "") -> Registration:
    """Take a nomination back, confirmed or not, before the event starts."""
    _lock_before_start(leaving)
    move(leaving, _S.CANCELLED, by=by, channel=Channel.FOCAL_POINT, reason=reason, quiet=True)
    tell_nominee("nomination_withdrawn", leaving)
    return leaving


def may_be_replaced(registration: Registration, named: frozenset[int]) -> bool:
    """Whether this is a nominee who stands, at an event that has not begun."""
    starts_at = registration.event.starts_at
    has_begun = starts_at is not None and clock.now() >= starts_at
    is_off = registration.event.status is EventStatus.CANCELLED
    return registration.id in named and registration.status in STANDING and not has_begun and not is_off


def _problem(
    event: Event, nominee: Nominee, own: frozenset[int], asked: set[int], seen: set[tuple[str, str | None]]
) -> Problem | None:
    agency = nominee.agency
    if agency is None or agency.id not in own:
        return Problem.NOT_YOURS
    if agency.id not in asked:
        return Problem.NOT_ASKED
    if (nominee.details.match_key, nominee.details.email) in seen:
        return Problem.TWICE
    known = _known_registration(event, nominee, agency)
    return None if known is None else problem_with_known(known.status, is_own=known.agency_id in own)


def _known_registration(event: Event, nominee: Nominee, agency: Agency) -> Registration | None:
    person = people.find_known(nominee.details, agency)
    if person is None:
        return find_named(event, nominee.details, agency)
    return find_registration_of(event.id, person.id)


def _name(event: Event, nominee: Nominee, *, by: Actor, reason: str = "") -> Registration:
    agency, details = nominee.agency, nominee.details
    if agency is None:
        raise CannotNominate(Problem.NOT_YOURS)
    known = _known_registration(event, nominee, agency)
    if known is not None:
        return move(known, _S.NOMINATED, by=by, channel=Channel.FOCAL_POINT, reason=reason)
    person = people.find_known(details, agency)
    # A shared address is nobody's proof: it stands with the registration until its owner has confirmed.
    person = person or people.create_person(replace(details, email=None), by=by)
    particulars = Particulars(
        position=nominee.position,
        age_band=details.age_band,
        language=details.language,
        email=None if person.email else details.email,
    )
    return enter(
        event,
        person,
        agency,
        _S.NOMINATED,
        by=by,
        channel=Channel.FOCAL_POINT,
        particulars=particulars,
        reason=reason,
    )


def _lock_open(event: Event) -> Event:
    event = lock_event(event)
    if not may_nominate(door_of(event), event.admission):
        raise NotOpenForNominations
    return event


def _lock_before_start(leaving: Registration) -> Event:
    event = lock_event(leaving.event)
    db.session.refresh(leaving)
    if leaving.id not in nominated_ids(event):
        raise NotANominee
    if not may_be_replaced(leaving, frozenset({leaving.id})):
        raise TooLateToReplace
    return event


def scope_of(agency_ids: frozenset[int] | None) -> frozenset[int]:
    """The agencies somebody speaks for: those granted, and the offices below them; never all."""
    return ids_with_children(agency_ids or ())
