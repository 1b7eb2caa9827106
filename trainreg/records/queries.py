"""People as the desk sees them: only those that one's projects know, and what they came to there."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from trainreg.agencies.models import Agency
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import ATTENDED
from trainreg.certificates.models import Certificate
from trainreg.events.models import Event
from trainreg.kernel.db import count_of, db
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.text import fold
from trainreg.people.models import LikelyPair, Person, Posting
from trainreg.people.rules import PairStatus
from trainreg.records.models import PersonMerge
from trainreg.registration.models import Registration

ProjectIds = frozenset[int] | None
MOST_WORDS = 6


@dataclass(frozen=True)
class Line:
    """One registration of a person, with what came of it."""

    registration: Registration
    attended: int
    certificates: Sequence[Certificate]


def people_known_to(project_ids: ProjectIds, text: str = "") -> Select[Any]:
    """Everybody whom these projects know (None: all), by name; merged records are left out."""
    statement = select(Person).where(Person.merged_into_id.is_(None), *_matching(text))
    if project_ids is not None:
        statement = statement.where(_is_known_to(Person.id, project_ids))
    return statement.order_by(Person.family_name, Person.given_name, Person.id)


def select_people_rows(project_ids: ProjectIds, text: str = "") -> Iterator[Any]:
    """The directory as rows to hand out: names, those for certificates, sex, age, latest posting, number of events."""
    latest = select(func.max(Posting.id)).where(Posting.person_id == Person.id).correlate(Person).scalar_subquery()
    attended = select(func.count(Registration.id)).where(Registration.person_id == Person.id).correlate(Person)
    if project_ids is not None:
        attended = attended.join(Registration.event).where(Event.project_id.in_(project_ids))
    names = (Person.family_name, Person.given_name, Person.family_name_latin, Person.given_name_latin)
    columns = (
        *names,
        Person.certificate_name,
        Person.sex,
        Person.age_band,
        Agency.name,
        Posting.position,
        attended.scalar_subquery(),
    )
    statement = people_known_to(project_ids, text).with_only_columns(*columns)
    joined = statement.outerjoin(Posting, Posting.id == latest).outerjoin(Agency, Agency.id == Posting.agency_id)
    return iter(db.session.execute(joined.execution_options(yield_per=500)))


def get_person(person_id: int, project_ids: ProjectIds) -> Person:
    """A person whom these projects know; anybody else is not found. A merged one is known where the kept one is."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    asked = _present(person).id
    if project_ids is not None and not db.session.scalar(select(_is_known_to(asked, project_ids))):
        raise NotFound
    return person


def ensure_held(people: Collection[Person], project_ids: ProjectIds) -> None:
    """Raise NotFound unless all that is on record of these people is of these projects (None: all)."""
    if project_ids is None:
        return
    for person in people:
        if not db.session.scalar(select(_is_held_by(person.id, project_ids))):
            raise NotFound


def open_pairs(project_ids: ProjectIds) -> Select[Any]:
    """The queue, the likeliest first: pairs to decide on where both persons are of these projects alone."""
    one, other = aliased(Person), aliased(Person)
    statement = (
        select(LikelyPair)
        .join(one, one.id == LikelyPair.person_a_id)
        .join(other, other.id == LikelyPair.person_b_id)
        .where(LikelyPair.status == PairStatus.OPEN, one.merged_into_id.is_(None), other.merged_into_id.is_(None))
        .options(joinedload(LikelyPair.person_a), joinedload(LikelyPair.person_b))
        .order_by(LikelyPair.score.desc(), LikelyPair.id)
    )
    if project_ids is not None:
        statement = statement.where(_is_held_by(one.id, project_ids), _is_held_by(other.id, project_ids))
    return statement


def count_open_pairs(project_ids: ProjectIds) -> int:
    return count_of(open_pairs(project_ids))


def get_pair(pair_id: int, project_ids: ProjectIds) -> LikelyPair:
    """A pair of persons of these projects alone; any other is not found."""
    pair = db.session.get(LikelyPair, pair_id)
    if pair is None:
        raise NotFound
    ensure_held([pair.person_a, pair.person_b], project_ids)
    return pair


def find_pair(one: Person, other: Person) -> LikelyPair | None:
    first, second = sorted((one.id, other.id))
    asked = select(LikelyPair).where(LikelyPair.person_a_id == first, LikelyPair.person_b_id == second)
    return db.session.scalar(asked)


def list_lines(person: Person, project_ids: ProjectIds) -> list[Line]:
    """What a person came to in these projects, the newest first, in three statements."""
    statement = (
        select(Registration)
        .join(Registration.event)
        .where(Registration.person_id == person.id)
        .options(joinedload(Registration.event), joinedload(Registration.agency))
        .order_by(Registration.created_at.desc(), Registration.id.desc())
    )
    if project_ids is not None:
        statement = statement.where(Event.project_id.in_(project_ids))
    registrations = db.session.scalars(statement).all()
    ids = [registration.id for registration in registrations]
    attended = _count_attended(ids)
    papers = db.session.scalars(
        select(Certificate).where(Certificate.registration_id.in_(ids)).order_by(Certificate.id)
    )
    certificates: dict[int, list[Certificate]] = {number: [] for number in ids}
    for paper in papers:
        certificates[paper.registration_id].append(paper)
    return [Line(one, attended.get(one.id, 0), certificates[one.id]) for one in registrations]


def list_merges(person: Person) -> Sequence[PersonMerge]:
    """The records that were merged into this one and not taken out again, the latest first."""
    asked = select(PersonMerge).where(PersonMerge.kept_id == person.id, PersonMerge.undone_at.is_(None))
    return db.session.scalars(asked.options(joinedload(PersonMerge.merged), joinedload(PersonMerge.by))
                              .order_by(PersonMerge.id.desc())).all()  # fmt: skip


def get_merge(person: Person, merge_id: int) -> PersonMerge:
    """A merge into this person; another's is not found."""
    merge = db.session.get(PersonMerge, merge_id)
    if merge is None or merge.kept_id != person.id:
        raise NotFound
    return merge


def latest_postings(people: Collection[Person]) -> Mapping[int, Posting]:
    """Where each of them served last."""
    ids = [person.id for person in people]
    asked = select(Posting).where(Posting.person_id.in_(ids)).options(joinedload(Posting.agency))
    return {posting.person_id: posting for posting in db.session.scalars(asked.order_by(Posting.id))}


def count_registrations(people: Collection[Person], project_ids: ProjectIds) -> Mapping[int, int]:
    """In how many events of these projects each of them is on the list."""
    asked = select(Registration.person_id, func.count()).where(
        Registration.person_id.in_([person.id for person in people])
    )
    if project_ids is not None:
        asked = asked.join(Event).where(Event.project_id.in_(project_ids))
    return dict(db.session.execute(asked.group_by(Registration.person_id)).all())


def _present(person: Person) -> Person:
    """The person that a merged one turned out to be, however many times."""
    while person.merged_into_id is not None:
        person = db.session.get_one(Person, person.merged_into_id)
    return person


def _count_attended(registration_ids: list[int]) -> Mapping[int, int]:
    rows = db.session.execute(
        select(Attendance.registration_id, func.count())
        .where(Attendance.registration_id.in_(registration_ids), Attendance.state.in_(ATTENDED))
        .group_by(Attendance.registration_id)
    )
    return dict(rows.all())


Key = InstrumentedAttribute[int] | int


def _is_known_to(person_id: Key, project_ids: frozenset[int]) -> ColumnElement[bool]:
    known = select(Registration.id).join(Event).where(Registration.person_id == person_id)
    return known.where(Event.project_id.in_(project_ids)).exists()


def _is_held_by(person_id: Key, project_ids: frozenset[int]) -> ColumnElement[bool]:
    elsewhere = select(Registration.id).join(Event).where(Registration.person_id == person_id)
    return and_(_is_known_to(person_id, project_ids), ~elsewhere.where(Event.project_id.not_in(project_ids)).exists())


def _matching(text: str) -> list[ColumnElement[bool]]:
    """Each word stands in the name, in either script."""
    return [
        or_(
            Person.match_key.contains(word, autoescape=True),
            Person.given_name_latin.icontains(word, autoescape=True),
            Person.family_name_latin.icontains(word, autoescape=True),
            Person.clan_name.icontains(word, autoescape=True),
        )
        for word in fold(text).split()[:MOST_WORDS]
    ]
