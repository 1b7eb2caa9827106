"""Who on record may be the same official: found by keys, judged by likeness. Reads only."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from sqlalchemy import func, select

from trainreg.agencies.models import Agency
from trainreg.kernel.db import db
from trainreg.people.details import PersonDetails
from trainreg.people.keeping import COLUMNS, facts_of, facts_of_details
from trainreg.people.keys import lookup_of
from trainreg.people.matching import Evidence, Facts, Likeness, Verdict, likeness
from trainreg.people.models import Person, PersonKey, Posting

MOST_CANDIDATES = 80
MOST_OF_MANY = 20
AT_ONCE = 400


@dataclass(frozen=True)
class Likely:
    """Somebody on record who may be the one asked for."""

    person: Person
    score: int
    verdict: Verdict
    evidence: tuple[Evidence, ...]


def likely_matches(details: PersonDetails, agency: Agency | None, *, limit: int = 10) -> list[Likely]:
    """Who may be meant by these details, the likeliest first; nobody who is unlikely."""
    return likely_matches_of_many([(details, agency)], limit=limit)[0]


def likely_matches_of_many(
    rows: Sequence[tuple[PersonDetails, Agency | int | None]], *, limit: int = 5
) -> list[list[Likely]]:
    """The same for every row of an import, in the order of the rows; some hundred rows in each statement.

    The agency may be given by its id.
    """
    ids = (agency.id if isinstance(agency, Agency) else agency for _details, agency in rows)
    wanted = [
        facts_of_details(details, frozenset({agency_id} if agency_id else ()))
        for (details, _agency), agency_id in zip(rows, ids, strict=True)
    ]
    return _judge_many(wanted, limit=limit)


def likely_same(person: Person, *, limit: int = 10) -> list[Likely]:
    """Who else on record may be this person."""
    agencies = frozenset(posting.agency_id for posting in person.postings)
    return _judge_many([facts_of(person, agencies)], limit=limit, besides=person.id)[0]


def _judge_many(wanted: Sequence[Facts], *, limit: int, besides: int | None = None) -> list[list[Likely]]:
    judged: list[list[tuple[int, Likeness]]] = []
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        found = _candidates(some[0]) if len(some) == 1 else _candidates_of_many(some)
        known = _facts_by_id({person_id for ids in found for person_id in ids} - {besides})
        judged += [_likeliest(one, ids, known, limit) for one, ids in zip(some, found, strict=True)]
    people = _people({person_id for row in judged for person_id, _likeness in row})
    return [
        [Likely(people[person_id], one.score, one.verdict, one.evidence) for person_id, one in row] for row in judged
    ]


def _likeliest(wanted: Facts, ids: Iterable[int], known: Mapping[int, Facts], limit: int) -> list[tuple[int, Likeness]]:
    alike = [(person_id, likeness(wanted, known[person_id])) for person_id in ids if person_id in known]
    likely = [found for found in alike if found[1].verdict is not Verdict.UNLIKELY]
    return sorted(likely, key=lambda found: (found[1].verdict is not Verdict.CERTAIN, -found[1].score, found[0]))[
        :limit
    ]


def _candidates(wanted: Facts) -> list[set[int]]:
    """Who shares keys; where they are too many, those who share most."""
    shared = (
        select(PersonKey.person_id)
        .where(PersonKey.key.in_(lookup_of(wanted)))
        .group_by(PersonKey.person_id)
        .order_by(func.count().desc(), PersonKey.person_id)
        .limit(MOST_CANDIDATES)
    )
    return [set(db.session.scalars(shared))]


def _candidates_of_many(wanted: Sequence[Facts]) -> list[set[int]]:
    lookups = [lookup_of(one, is_one_of_many=True) for one in wanted]
    people_by_key: dict[int, list[int]] = defaultdict(list)
    statement = select(PersonKey.key, PersonKey.person_id).where(PersonKey.key.in_(set().union(*lookups)))
    for key, person_id in db.session.execute(statement):
        people_by_key[key].append(person_id)
    return [_most_shared(people_by_key, lookup) for lookup in lookups]


def _most_shared(people_by_key: Mapping[int, Sequence[int]], lookup: Collection[int]) -> set[int]:
    counts: Counter[int] = Counter()
    for key in lookup:
        counts.update(people_by_key.get(key, ()))
    if len(counts) <= MOST_OF_MANY:
        return set(counts)
    return set(nsmallest(MOST_OF_MANY, counts, key=lambda person_id: (-counts[person_id], person_id)))


def _facts_by_id(ids: Collection[int]) -> dict[int, Facts]:
    agencies: dict[int, set[int]] = defaultdict(set)
    postings = select(Posting.person_id, Posting.agency_id).where(Posting.person_id.in_(ids))
    for person_id, agency_id in db.session.execute(postings):
        agencies[person_id].add(agency_id)
    rows = db.session.execute(select(*COLUMNS).where(Person.id.in_(ids)))
    return {row.id: facts_of(row, frozenset(agencies.get(row.id, ()))) for row in rows}


def _people(ids: Collection[int]) -> dict[int, Person]:
    if not ids:
        return {}
    return {person.id: person for person in db.session.scalars(select(Person).where(Person.id.in_(ids)))}
