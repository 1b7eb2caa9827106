"""Keep the keys of people in step with their names and contacts, in the transaction that writes them.

Whoever writes a person through the session, today or in a room built tomorrow, cannot forget it. Statements that go
past the session (`insert(Person)` with many rows) call `keep_keys` themselves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, event, insert, inspect, select
from sqlalchemy.orm import Session, scoped_session

from trainreg.kernel.db import table_of
from trainreg.people.details import PersonDetails, match_key
from trainreg.people.keys import keys_at, keys_of
from trainreg.people.matching import Facts, facts
from trainreg.people.models import Person, PersonKey, Posting

COLUMNS = (Person.id, Person.given_name, Person.family_name, Person.clan_name, Person.given_name_latin,
           Person.family_name_latin, Person.clan_name_latin, Person.sex, Person.email, Person.phone)  # fmt: skip
_INSERT = insert(table_of(PersonKey))
COMPARED = ("given_name", "family_name", "given_name_latin", "family_name_latin", "email", "phone", "merged_into_id")


def facts_of(person: Any, agencies: frozenset[int] = frozenset()) -> Facts:
    """What is compared of a person on record, given as the object or as a row of `COLUMNS`."""
    return facts(
        (person.given_name, person.family_name, person.clan_name or ""),
        (person.given_name_latin or "", person.family_name_latin or "", person.clan_name_latin or ""),
        sex=person.sex,
        email=person.email,
        phone=person.phone,
        agencies=agencies,
    )


def facts_of_details(details: PersonDetails, agencies: frozenset[int] = frozenset()) -> Facts:
    """What is compared of somebody whom a form, a nomination or an import tells of."""
    return facts(
        (details.given_name, details.family_name, details.clan_name),
        (details.given_name_latin, details.family_name_latin, details.clan_name_latin),
        sex=details.sex,
        email=details.email,
        phone=details.phone,
        agencies=agencies,
    )


def keep_keys(session: Session | scoped_session[Any], person_ids: Collection[int]) -> None:
    """Write the keys of these people anew; somebody merged into another keeps none, and is found no more."""
    if not person_ids:
        return
    wanted = {
        (row.id, key)
        for row, agencies in _with_agencies(session, person_ids)
        for key in keys_of(facts_of(row, agencies))
    }
    kept = {tuple(row) for row in session.execute(_kept(person_ids))}
    for person_id, key in kept - wanted:
        session.execute(delete(PersonKey).where(PersonKey.person_id == person_id, PersonKey.key == key))
    _insert(session, wanted - kept)


def _with_agencies(
    session: Session | scoped_session[Any], person_ids: Collection[int]
) -> list[tuple[Any, frozenset[int]]]:
    agencies: dict[int, set[int]] = defaultdict(set)
    postings = select(Posting.person_id, Posting.agency_id).where(Posting.person_id.in_(person_ids))
    for person_id, agency_id in session.execute(postings):
        agencies[person_id].add(agency_id)
    people = select(*COLUMNS).where(Person.id.in_(person_ids), Person.merged_into_id.is_(None))
    return [(row, frozenset(agencies.get(row.id, ()))) for row in session.execute(people)]


def _kept(person_ids: Collection[int]) -> Any:
    return select(PersonKey.person_id, PersonKey.key).where(PersonKey.person_id.in_(person_ids))


def _insert(session: Session | scoped_session[Any], rows: Iterable[tuple[int, int]]) -> None:
    values = [{"person_id": person_id, "key": key} for person_id, key in sorted(rows)]
    if values:
        session.execute(_INSERT, values)


def _is_renamed(person: Person) -> bool:
    attributes = inspect(person).attrs
    return any(attributes[name].history.has_changes() for name in COMPARED)


@event.listens_for(Session, "before_flush")
def _compare_again(session: Session, _context: Any, _instances: Any) -> None:
    """Whoever got another name or address is to be compared with the others again."""
    for row in session.dirty:
        if isinstance(row, Person) and _is_renamed(row):
            row.match_key = match_key(row.given_name, row.family_name)
            row.compared_at = None


@event.listens_for(Session, "after_flush")
def _keep(session: Session, _context: Any) -> None:
    newcomers = {row.id: row for row in session.new if isinstance(row, Person)}
    postings = [row for row in session.new if isinstance(row, Posting)]
    touched = {row.id for row in session.dirty if isinstance(row, Person) and _is_renamed(row)}
    touched |= {row.person_id for row in session.deleted if isinstance(row, Posting)}
    _keep_new(session, newcomers, postings)
    keep_keys(session, touched - newcomers.keys())
    known = touched | newcomers.keys()
    _keep_posted(session, [posting for posting in postings if posting.person_id not in known])


def _keep_new(session: Session, newcomers: Mapping[int, Person], postings: Sequence[Posting]) -> None:
    """The keys of people who were never there before, with the postings they came with: nothing is asked."""
    wanted = {(number, key) for number, person in newcomers.items() for key in keys_of(facts_of(person))}
    for posting in postings:
        person = newcomers.get(posting.person_id)
        if person is not None:
            keys = keys_at(facts_of(person, frozenset({posting.agency_id})))
            wanted |= {(posting.person_id, key) for key in keys}
    _insert(session, wanted)


def _keep_posted(session: Session, postings: Sequence[Posting]) -> None:
    """The few keys that a new posting adds: each official gets one with nearly every registration."""
    if not postings:
        return
    ids = {posting.person_id for posting in postings}
    people = {row.id: row for row in session.execute(select(*COLUMNS).where(Person.id.in_(ids)))}
    wanted = {
        (posting.person_id, key)
        for posting in postings
        for key in keys_at(facts_of(people[posting.person_id], frozenset({posting.agency_id})))
    }
    _insert(session, wanted - {tuple(row) for row in session.execute(_kept(ids))})
