"""Merge two records of one official, take it back, say that two are not one, correct a record."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import Base, db, lock_row
from trainreg.kernel.refusals import Refused
from trainreg.people.duplicates import keep_apart
from trainreg.people.keeping import keep_keys
from trainreg.people.models import LikelyPair, Person
from trainreg.people.rules import PairStatus
from trainreg.records.changes import Changes, take_back
from trainreg.records.collapse import collapse, events_of
from trainreg.records.models import PersonMerge
from trainreg.records.references import PERSON, Move
from trainreg.records.rules import as_columns, merged_values, values_of
from trainreg.registration.models import Registration
from trainreg.registration.queries import places_of
from trainreg.registration.rules import RegistrationRole, RegistrationStatus, takes_seat
from trainreg.registration.waiting import promote_waiting

audit.describes(
    {
        "person.merged": _l("Record %(other)s was merged into this one"),
        "person.merged_away": _l("Merged into record %(other)s"),
        "person.merge_undone": _l("The merge with record %(other)s was undone"),
        "person.corrected_at_desk": _l("Corrected: %(reason)s"),
        "person.contacts_seen": _l("Contacts were looked at"),
        "account.people_taken": _l("List of people handed out as %(format)s"),
    }
)


class AlreadyMerged(Refused):
    """One of the two was merged in the meantime."""

    sentence = _l("One of these records was merged in the meantime. Look at them again.")


class IsErased(Refused):
    """Somebody who asked to be forgotten is nobody any more."""

    sentence = _l("One of these records was erased at the person's own wish: it is joined to no other.")


class ChangedMeanwhile(Refused):
    """Something new came in between looking and pressing."""

    sentence = _l("One of these records changed in the meantime. Look at them again.")


class CannotUndo(Refused):
    """What was merged has been worked with since."""

    sentence = _l("This merge cannot be undone any more: what it joined has been changed since.")


class PlaceGiven(Refused):
    """The place that fell free was given to somebody who waited."""

    sentence = _l("This merge cannot be undone any more: the place that fell free has been given to somebody else.")


def merge(kept: Person, merged: Person, *, from_merged: frozenset[str] = frozenset(), by: Actor) -> PersonMerge:
    """Make one of two records; the merged one stays as a row that leads to the kept one.

    `from_merged` names the fields whose value the merged record has right. Everything that refers to the merged
    person goes over to the kept one; two registrations for one event become one, and a place that falls free by that
    is given to the head of the waiting list.
    """
    events = _lock(kept, merged)
    if kept.merged_into_id is not None or merged.merged_into_id is not None or kept.id == merged.id:
        raise AlreadyMerged
    if kept.erased_at is not None or merged.erased_at is not None:
        raise IsErased
    changes = Changes()
    seats = {str(event.id): places_of(event).taken for event in events}
    people = Base.metadata.tables["person"]
    said = as_columns(merged_values(values_of(kept), values_of(merged), from_merged))
    changes.update(people, kept.id, said | _confirmation(kept, merged))
    _refer_to(kept, merged, changes)
    freed = [event for event in events if _join(event, kept, merged, changes, by=by)]
    changes.update(people, merged.id, {"merged_into_id": kept.id})
    _settle_pairs(kept, merged, changes, by=by)
    done = PersonMerge(
        kept_id=kept.id, merged_id=merged.id, changes=changes.made, seats=seats, at=clock.now(), by_id=by.user_id
    )
    db.session.add(done)
    _refresh(kept, merged)
    audit.record("person.merged", kept, by=by, other=merged.id)
    audit.record("person.merged_away", merged, by=by, other=kept.id)
    for event in freed:
        promote_waiting(event, by=by)
    return done


def undo(done: PersonMerge, *, by: Actor) -> None:
    """Take a merge back: every row as it was; refuses where something else has changed one of them since."""
    kept, merged = done.kept, done.merged
    events = _lock(kept, merged, also=[int(event_id) for event_id in done.seats])
    db.session.refresh(done)
    if done.undone_at is not None or kept.merged_into_id is not None:
        raise CannotUndo
    full = _without_room(done)
    take_back(done.changes, otherwise=CannotUndo())
    db.session.expire_all()
    if any(event.id in full and places_of(event).taken > done.seats[str(event.id)] for event in events):
        db.session.rollback()
        raise PlaceGiven
    done.undone_at, done.undone_by_id = clock.now(), by.user_id
    _refresh(kept, merged)
    audit.record("person.merge_undone", kept, by=by, other=merged.id)
    audit.record("person.merge_undone", merged, by=by, other=kept.id)


def decide_apart(pair: LikelyPair, *, by: Actor) -> LikelyPair:
    """Remember that two persons are not one; said twice it changes nothing."""
    pair = lock_row(LikelyPair, pair.id)
    if pair.status is PairStatus.SAME:
        raise AlreadyMerged
    if pair.status is PairStatus.OPEN:
        keep_apart(pair, by=by)
    return pair


def correct(person: Person, values: Mapping[str, Any], *, reason: str, by: Actor) -> bool:
    """Correct a record, with the reason; returns whether anything changed. Issued papers keep what they say."""
    person = lock_row(Person, person.id)
    if person.merged_into_id is not None:
        raise AlreadyMerged
    if person.erased_at is not None:
        raise IsErased
    changed = {name: value for name, value in values.items() if getattr(person, name) != value}
    for name, value in changed.items():
        setattr(person, name, value)
    if changed:
        audit.record("person.corrected_at_desk", person, by=by, reason=reason, fields=", ".join(sorted(changed)))
    return bool(changed)


def note_contacts_seen(person: Person, *, by: Actor) -> None:
    """Write down that somebody looked at the contacts."""
    audit.record("person.contacts_seen", person, by=by)


def _lock(kept: Person, merged: Person, also: list[int] | None = None) -> list[Event]:
    """Hold the events, then both persons, each kind in the order of its keys, as everybody who writes does."""
    wanted = {*_events_of_both(kept, merged), *(also or [])}
    events = [lock_row(Event, event_id) for event_id in sorted(wanted)]
    for person_id in sorted({kept.id, merged.id}):
        lock_row(Person, person_id)
    if not set(_events_of_both(kept, merged)) <= wanted:
        raise ChangedMeanwhile
    return events


def _events_of_both(kept: Person, merged: Person) -> list[int]:
    both = select(Registration).where(Registration.person_id.in_((kept.id, merged.id)))
    return events_of(db.session.scalars(both.execution_options(populate_existing=True)))


def _confirmation(kept: Person, merged: Person) -> dict[str, Any]:
    """The names that one of the two confirmed; where they read otherwise now, nothing counts as confirmed."""
    if kept.names_confirmed_at is not None or merged.names_confirmed_at is None:
        return {}
    return {name: getattr(merged, name) for name in ("confirmed_names", "names_confirmed_at", "names_confirmed_by_id")}


def _refer_to(kept: Person, merged: Person, changes: Changes) -> None:
    for name, how in PERSON.items():
        if how is not Move.ALL:
            continue
        table, column = Base.metadata.tables[name.partition(".")[0]], name.partition(".")[2]
        rows = select(table.c.id).where(table.c[column] == merged.id).order_by(table.c.id)
        for row_id in list(db.session.scalars(rows)):
            changes.update(table, row_id, {column: kept.id})


def _join(event: Event, kept: Person, merged: Person, changes: Changes, *, by: Actor) -> bool:
    """One event's registrations of both; returns whether a place fell free."""
    both = select(Registration).where(Registration.event_id == event.id)
    found = {
        one.person_id: one for one in db.session.scalars(both.where(Registration.person_id.in_((kept.id, merged.id))))
    }
    theirs = found.get(merged.id)
    if theirs is None:
        return False
    if kept.id not in found:
        changes.update(Base.metadata.tables["registration"], theirs.id, {"person_id": kept.id})
        return False
    return collapse(found[kept.id], theirs, changes, by=by)


def _settle_pairs(kept: Person, merged: Person, changes: Changes, *, by: Actor) -> None:
    """The pair itself is decided; what was said of the merged one and others holds for the kept one."""
    table, now = Base.metadata.tables["likely_pair"], clock.now()
    involved = or_(LikelyPair.person_a_id.in_((kept.id, merged.id)), LikelyPair.person_b_id.in_((kept.id, merged.id)))
    pairs = {
        (pair.person_a_id, pair.person_b_id): pair for pair in db.session.scalars(select(LikelyPair).where(involved))
    }
    own = pairs.pop((min(kept.id, merged.id), max(kept.id, merged.id)), None)
    if own is not None:
        changes.update(table, own.id, {"status": PairStatus.SAME, "decided_at": now, "decided_by_id": by.user_id})
    for (first, second), pair in pairs.items():
        other = second if first == merged.id else first
        order = (min(kept.id, other), max(kept.id, other))
        if merged.id in {first, second} and pair.status is PairStatus.DIFFERENT:
            if order not in pairs:
                said = {"score": pair.score, "evidence": pair.evidence, "status": pair.status, "found_at": now}
                decided = {"decided_at": pair.decided_at, "decided_by_id": pair.decided_by_id}
                changes.insert(table, {"person_a_id": order[0], "person_b_id": order[1], **said, **decided})
            elif pairs[order].status is PairStatus.OPEN:
                changes.update(table, pairs[order].id, {"status": PairStatus.DIFFERENT, "decided_at": now})


def _refresh(kept: Person, merged: Person) -> None:
    """Rows were changed past the session: read them anew, and write what is made from them."""
    db.session.flush()
    db.session.expire_all()
    for person in (kept, merged):
        person.compared_at = None
    keep_keys(db.session, [kept.id, merged.id])
    db.session.flush()


def _without_room(done: PersonMerge) -> set[int]:
    """The events at which a registration that comes back to a place finds none left for its agency and group."""
    full = set()
    for change in done.changes:
        if change["table"] == "registration" and "status" in (change["before"] or {}):
            one = db.session.get_one(Registration, change["id"])
            role = RegistrationRole(change["before"].get("role", one.role))
            if takes_seat(RegistrationStatus(change["before"]["status"]), role):
                full |= {one.event_id} if places_of(one.event, one.agency_id, one.group).left == 0 else set()
    return full
