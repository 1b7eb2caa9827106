"""Two records of one official become one: everything goes over, nothing is lost."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.factories import STAFF
from tests.records.worlds import certify, mark, submit, twins
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState
from trainreg.certificates.models import Certificate
from trainreg.kernel.db import db
from trainreg.people.matching_queries import likely_matches
from trainreg.people.models import LikelyPair, Posting
from trainreg.people.rules import PairStatus
from trainreg.people.service import PersonDetails, find_known
from trainreg.records.service import AlreadyMerged, decide_apart, merge
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

_S = RegistrationStatus
_A = AttendanceState


def test_what_only_one_record_knows_is_kept(world: World) -> None:
    kept, merged = twins(world)
    merge(kept, merged, by=STAFF)
    assert (kept.given_name, kept.email, kept.phone) == ("Болор", "bolor@example.org", "+976 99112233")
    assert merged.merged_into_id == kept.id


def test_what_is_chosen_wins(world: World) -> None:
    kept, merged = twins(world)
    merge(kept, merged, from_merged=frozenset({"given_name", "language"}), by=STAFF)
    assert (kept.given_name, kept.family_name, kept.language) == ("Bolor", "Батын", "en")


def test_the_merged_one_is_found_no_more(world: World) -> None:
    kept, merged = twins(world)
    merge(kept, merged, by=STAFF)
    details = PersonDetails(given_name="Bolor", family_name="Bat", phone="99112233")
    assert [likely.person for likely in likely_matches(details, None)] == [kept]
    assert find_known(PersonDetails(given_name="Bolor", family_name="Bat", email="bolor@example.org"), world.ministry)


def test_registrations_postings_and_messages_go_over(world: World) -> None:
    kept, merged = twins(world)
    registration = make.registration(world.event, merged, agency=world.ministry)
    db.session.add(Posting(person_id=merged.id, agency_id=world.border.id))
    db.session.flush()
    merge(kept, merged, by=STAFF)
    assert registration.person_id == kept.id
    assert [posting.agency_id for posting in kept.postings] == [world.border.id]


@pytest.mark.parametrize(
    ("kept_status", "merged_status"),
    [
        (_S.REQUESTED, _S.CONFIRMED),
        (_S.CONFIRMED, _S.WAITLISTED),
        (_S.DECLINED, _S.INVITED),
        (_S.CANCELLED, _S.DECLINED),
    ],
)
def test_the_stronger_status_counts(world: World, kept_status: _S, merged_status: _S) -> None:
    kept, merged = twins(world)
    first = make.registration(world.event, kept, kept_status, agency=world.ministry)
    second = make.registration(world.event, merged, merged_status, agency=world.border)
    strongest = min(kept_status, merged_status, key=[*_STRENGTH].index)
    merge(kept, merged, by=STAFF)
    assert first.status is strongest and first.person_id == kept.id
    assert first.agency_id == (world.border.id if strongest is merged_status else world.ministry.id)
    assert second.status in {_S.CANCELLED, _S.DECLINED} and second.person_id == merged.id
    assert first.moves[-1].to_status is first.status and second.moves[-1].to_status is second.status


_STRENGTH = (_S.CONFIRMED, _S.WAITLISTED, _S.REQUESTED, _S.NOMINATED, _S.INVITED, _S.DECLINED, _S.CANCELLED)


def test_attended_sessions_are_united_with_the_better_mark(world: World) -> None:
    event = make.event(world.project, days=2)
    kept, merged = twins(world)
    first, second = (make.registration(event, person, agency=world.ministry) for person in (kept, merged))
    for registration, states in (
        (first, [_A.ABSENT, _A.PRESENT, None, None]),
        (second, [_A.LATE, _A.EXCUSED, _A.PRESENT, None]),
    ):
        for place, state in enumerate(states):
            if state is not None:
                mark(registration, place, state)
    merge(kept, merged, by=STAFF)
    marks = select(Attendance.state).where(Attendance.registration_id == first.id).order_by(Attendance.session_id)
    assert list(db.session.scalars(marks)) == [_A.LATE, _A.PRESENT, _A.PRESENT]


def test_both_certificates_stay_valid_and_say_what_they_said(world: World) -> None:
    kept, merged = twins(world)
    registrations = [make.registration(world.event, person, agency=world.ministry) for person in (kept, merged)]
    papers = [certify(registration, number) for number, registration in enumerate(registrations, 1)]
    said = [(paper.register_number, paper.code, paper.facts, paper.facts_sha256, paper.state) for paper in papers]
    merge(kept, merged, by=STAFF)
    found = db.session.scalars(select(Certificate).order_by(Certificate.id)).all()
    assert [(one.register_number, one.code, one.facts, one.facts_sha256, one.state) for one in found] == said
    assert {one.registration_id for one in found} == {registrations[0].id}
    assert [one.edition for one in found] == [1, 2]


def test_a_receipt_shows_the_registration_that_counts(world: World) -> None:
    kept, merged = twins(world)
    first, second = (make.registration(world.event, person, agency=world.ministry) for person in (kept, merged))
    form = submit(second, 1)
    merge(kept, merged, by=STAFF)
    assert form.registration is first


def test_a_place_that_falls_free_goes_to_the_waiting_list(world: World) -> None:
    kept, merged = twins(world)
    for person in (kept, merged):
        make.registration(world.event, person, agency=world.ministry)
    waiting = make.registration(world.event, world.tuya, _S.WAITLISTED, agency=world.border)
    merge(kept, merged, by=STAFF)
    assert waiting.status is _S.CONFIRMED


def test_no_place_falls_free_where_one_only_waited(world: World) -> None:
    kept, merged = twins(world)
    make.registration(world.event, kept, _S.REQUESTED, agency=world.ministry)
    make.registration(world.event, merged, agency=world.ministry)
    make.registration(world.event, agency=world.border)
    waiting = make.registration(world.event, world.tuya, _S.WAITLISTED, agency=world.border)
    merge(kept, merged, by=STAFF)
    assert waiting.status is _S.WAITLISTED


def test_twice_or_the_other_way_round_is_refused(world: World) -> None:
    kept, merged = twins(world)
    merge(kept, merged, by=STAFF)
    for pair in ((kept, merged), (merged, kept), (kept, kept)):
        with pytest.raises(AlreadyMerged):
            merge(*pair, by=STAFF)


def test_not_the_same_is_remembered_for_the_kept_one(world: World) -> None:
    kept, merged = twins(world)
    low, high = sorted((merged.id, world.tuya.id))
    pair = LikelyPair(person_a_id=low, person_b_id=high, score=60, evidence=[], found_at=make.NOW)
    db.session.add(pair)
    db.session.flush()
    decide_apart(pair, by=STAFF)
    merge(kept, merged, by=STAFF)
    low, high = sorted((kept.id, world.tuya.id))
    found = select(LikelyPair.status).where(LikelyPair.person_a_id == low, LikelyPair.person_b_id == high)
    assert db.session.scalar(found) is PairStatus.DIFFERENT


def test_each_event_has_one_registration_of_the_person(world: World) -> None:
    kept, merged = twins(world)
    for event in (world.event, world.other_event):
        for person in (kept, merged):
            make.registration(event, person, agency=world.ministry)
    merge(kept, merged, by=STAFF)
    own = select(Registration).where(Registration.person_id == kept.id, Registration.status == _S.CONFIRMED)
    assert {one.event_id for one in db.session.scalars(own)} == {world.event.id, world.other_event.id}
