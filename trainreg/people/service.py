"""Record an official once: find the one we know, or create."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, bindparam, insert, or_, select

from trainreg.agencies.models import Agency
from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, is_new, table_of
from trainreg.kernel.mongolian import transliterate
from trainreg.people.details import PersonDetails
from trainreg.people.keeping import facts_of, facts_of_details
from trainreg.people.matching import is_same_name
from trainreg.people.models import Consent, Person, Posting
from trainreg.people.rules import LONGEST_NAME, AgeBand, ConsentPurpose, Level, Sex

__all__ = [
    "PersonDetails",
    "complete_person",
    "create_people",
    "create_person",
    "create_posted",
    "ensure_posting",
    "find_known",
    "open_first_postings",
    "record_consents",
]

audit.describes(
    {
        "person.created": _l("Person recorded"),
        "person.posted": _l("New posting recorded"),
        "person.completed": _l("Filled in what the record lacked: %(fields)s"),
    }
)


MOST_AT_ONE_ADDRESS = 20
UNSTATED = frozenset({Sex.NOT_STATED, AgeBand.NOT_STATED})

# Made once: each registration asks one of them.
_SAME_NAME = Person.match_key == bindparam("match_key")
_IS_POSTED = (
    select(Posting.id).where(Posting.person_id == Person.id, Posting.agency_id == bindparam("agency_id")).exists()
)
_FOUND = select(Person).where(Person.merged_into_id.is_(None))
_BY_NAME = _FOUND.where(_SAME_NAME, _IS_POSTED).order_by(Person.email.is_(None), Person.id).limit(1)
_BY_ADDRESS = (
    _FOUND.where(or_(Person.email == bindparam("email"), and_(_SAME_NAME, Person.email.is_(None), _IS_POSTED)))
    .order_by(Person.email.is_(None), Person.match_key != bindparam("match_key"), Person.id)
    .limit(MOST_AT_ONE_ADDRESS)
)
_INSERT_CONSENT = insert(table_of(Consent))


def find_known(details: PersonDetails, agency: Agency) -> Person | None:
    """The person already on record, when that is certain enough to act on without asking.

    Certain: the same name with the same e-mail address, in whatever script and spelling and order of its parts; or,
    where one side has no address, the same name at the same agency. Less certain likenesses are for the desk to
    judge. One select, whatever the number of people.
    """
    wanted = {"match_key": details.match_key, "agency_id": agency.id}
    if not details.email:
        return db.session.scalar(_BY_NAME, wanted)
    for person in db.session.scalars(_BY_ADDRESS, wanted | {"email": details.email.casefold()}):
        if person.match_key == details.match_key or is_same_name(facts_of_details(details), facts_of(person)):
            return person
    return None


def create_person(details: PersonDetails, *, by: Actor, at: datetime | None = None) -> Person:
    """Record a new person; Latin spellings left empty are suggested from Mongolian Cyrillic."""
    person = _person_of(details, at=at)
    db.session.add(person)
    audit.record("person.created", person, by=by, at=at)
    return person


def create_posted(
    details: PersonDetails,
    agency: Agency,
    *,
    by: Actor,
    position: str = "",
    level: Level = Level.NOT_STATED,
    province: str | None = None,
    at: datetime | None = None,
) -> Person:
    """Record a new person together with their posting; the next flush writes both, and their history."""
    person, day = _person_of(details, at=at), (at or clock.now()).date()
    posting = Posting(agency_id=agency.id, position=position, level=level, province=province, from_date=day)
    person.postings.append(posting)
    db.session.add(person)
    audit.record_each([("person.created", person, {}), ("person.posted", person, {})], by=by, at=at)
    return person


def create_people(many: Iterable[PersonDetails], *, by: Actor, at: datetime | None = None) -> list[Person]:
    """Record many new people at once, in their order; the number of statements grows with batches, not with people."""
    people = [_person_of(details, at=at) for details in many]
    db.session.add_all(people)
    audit.record_each((("person.created", person, {}) for person in people), by=by, at=at)
    return people


def complete_person(person: Person, details: PersonDetails, *, by: Actor) -> list[str]:
    """Fill in what the record lacks and these details have; what is known is never overwritten. Returns the fields."""
    filled = []
    for name in ("given_name_latin", "family_name_latin", "email", "phone", "sex", "age_band"):
        known, told = getattr(person, name), getattr(details, name)
        if told and told not in UNSTATED and known in {None, "", *UNSTATED}:
            setattr(person, name, told.casefold() if name == "email" else told)
            filled.append(name)
    if lacking := {
        code: text for code, text in details.certificate_name.items() if code not in person.certificate_name
    }:
        person.certificate_name = person.certificate_name | lacking
        filled.append("certificate_name")
    if filled:
        audit.record("person.completed", person, by=by, fields=", ".join(filled))
    return filled


def _person_of(details: PersonDetails, *, at: datetime | None) -> Person:
    return Person(
        given_name=details.given_name,
        family_name=details.family_name,
        clan_name=details.clan_name,
        given_name_latin=details.given_name_latin or _latin(details.given_name),
        family_name_latin=details.family_name_latin or _latin(details.family_name),
        clan_name_latin=details.clan_name_latin or _latin(details.clan_name),
        certificate_name=dict(details.certificate_name),
        sex=details.sex,
        age_band=details.age_band,
        email=details.email.casefold() if details.email else None,
        phone=details.phone,
        language=details.language,
        match_key=details.match_key,
        is_invented=details.is_invented,
        created_at=at or clock.now(),
        postings=[],
    )


def ensure_posting(
    person: Person,
    agency: Agency,
    *,
    by: Actor,
    position: str = "",
    level: Level = Level.NOT_STATED,
    province: str | None = None,
    at: datetime | None = None,
) -> Posting:
    """The person's present posting, opened anew when agency, position, level or province is another one."""
    day = (at or clock.now()).date()
    current = [posting for posting in person.postings if posting.until_date is None]
    for posting in current:
        same_place = posting.agency_id == agency.id and posting.province == province
        if same_place and (posting.position, posting.level) == (position, level):
            return posting
    for posting in current:
        posting.until_date = day
    posting = Posting(
        agency_id=agency.id, position=position, level=level, province=province, from_date=day, until_date=None
    )
    person.postings.append(posting)
    audit.record("person.posted", person, by=by, at=at)
    return posting


def open_first_postings(postings: Iterable[dict[str, Any]], *, by: Actor, at: datetime | None = None) -> None:
    """Where many people who have no posting yet serve, written together; each a row of `Posting` without its days."""
    moment = at or clock.now()
    rows = [posting | {"from_date": moment.date(), "until_date": None} for posting in postings]
    if rows:
        db.session.execute(insert(Posting), rows)
        audit.record_ids("person.posted", Person, [row["person_id"] for row in rows], by=by, at=at)


def record_consents(
    person: Person,
    given: dict[ConsentPurpose, bool],
    *,
    version: str,
    language: str,
    channel: str,
    at: datetime | None = None,
) -> None:
    """Keep each answer as a row of its own, with the words' version, the language and the way it came."""
    if is_new(person):
        db.session.flush()
    how = {"version": version, "at": at or clock.now(), "language": language, "channel": channel}
    rows = [
        {"person_id": person.id, "purpose": purpose, "is_given": is_given, **how} for purpose, is_given in given.items()
    ]
    with db.session.no_autoflush:  # nothing that is still to be written has to do with it
        db.session.execute(_INSERT_CONSENT, rows)


def _latin(name: str) -> str:
    """A Latin suggestion for a Cyrillic name; a name in any other script stays empty or as it is."""
    if name.isascii():
        return name
    return transliterate(name)[:LONGEST_NAME]  # one Cyrillic letter can become two Latin ones
