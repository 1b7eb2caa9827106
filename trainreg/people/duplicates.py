"""Pairs of persons who may be one: found after somebody was recorded, decided by the desk, asked once."""

from collections.abc import Collection

from sqlalchemy import or_, select

from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.people.matching import Evidence
from trainreg.people.matching_queries import likely_same
from trainreg.people.models import LikelyPair, Person
from trainreg.people.rules import PairStatus
from trainreg.people.words import KEPT_APART

MOST_PAIRS = 10
audit.describes({"person.kept_apart": KEPT_APART})


def compare_next(*, limit: int = 5) -> int:
    """Search for the namesakes of those who were not compared yet; returns how many persons were."""
    waiting = select(Person).where(Person.compared_at.is_(None), Person.merged_into_id.is_(None))
    people = db.session.scalars(waiting.order_by(Person.id).limit(limit).with_for_update(skip_locked=True)).all()
    for person in people:
        note_pairs(person)
    return len(people)


def note_pairs(person: Person) -> list[LikelyPair]:
    """Put every likely namesake of a person into the queue; a pair that stands there already stays as it is."""
    known = {_other(pair, person) for pair in list_pairs_of(person)}
    now = clock.now()
    pairs = []
    for likely in likely_same(person, limit=MOST_PAIRS):
        if likely.person.id not in known:
            first, second = sorted((person.id, likely.person.id))
            evidence = [one.value for one in likely.evidence]
            pair = LikelyPair(
                person_a_id=first, person_b_id=second, score=likely.score, evidence=evidence, found_at=now,
                status=PairStatus.OPEN,
            )  # fmt: skip
            pairs.append(pair)
    db.session.add_all(pairs)
    person.compared_at = now
    db.session.flush()
    return pairs


def note_new_person(person: Person, not_these: Collection[int], *, by: Actor) -> None:
    """After an entry at the desk: who was shown and passed over is not the same, and is not asked about again."""
    for pair in note_pairs(person):
        if _other(pair, person) in not_these:
            keep_apart(pair, by=by)


def keep_apart(pair: LikelyPair, *, by: Actor) -> None:
    """Remember that two persons are not one; they are not asked about again."""
    pair.status, pair.decided_at, pair.decided_by_id = PairStatus.DIFFERENT, clock.now(), by.user_id
    db.session.flush()
    audit.record("person.kept_apart", pair.person_a, by=by, other=pair.person_b_id)
    audit.record("person.kept_apart", pair.person_b, by=by, other=pair.person_a_id)


def list_pairs_of(person: Person) -> list[LikelyPair]:
    """Every pair that the person is one of, decided or not."""
    either = or_(LikelyPair.person_a_id == person.id, LikelyPair.person_b_id == person.id)
    return list(db.session.scalars(select(LikelyPair).where(either).order_by(LikelyPair.id)))


def evidence_of(pair: LikelyPair) -> list[Evidence]:
    """What spoke for and against; codes that are not used any more are left out."""
    return [Evidence(code) for code in pair.evidence if code in set(Evidence)]


def _other(pair: LikelyPair, person: Person) -> int:
    return pair.person_b_id if pair.person_a_id == person.id else pair.person_a_id
