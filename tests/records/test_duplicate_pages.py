"""The queue of likely pairs, the merge with its preview, and undoing it, by whoever holds both persons."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.factories import STAFF
from tests.pages import Page, Pages
from tests.records.worlds import twins
from tests.world import World
from trainreg.kernel.db import db
from trainreg.people.duplicates import compare_next, note_pairs
from trainreg.people.models import LikelyPair, Person
from trainreg.people.rules import PairStatus
from trainreg.records.models import PersonMerge
from trainreg.records.service import merge


@pytest.fixture
def pair(world: World) -> LikelyPair:
    """Bolor twice, both of the first project, and known to be alike."""
    for person in twins(world):
        make.registration(world.event, person, agency=world.ministry)
    compare_next(limit=10)
    db.session.commit()
    return db.session.scalars(select(LikelyPair)).one()


def merge_address(pair: LikelyPair) -> str:
    return f"/desk/people/{pair.person_a_id}/merge/{pair.person_b_id}"


def only_merge() -> PersonMerge:
    return db.session.scalars(select(PersonMerge)).one()


def test_the_worker_finds_the_pair_once(world: World, pair: LikelyPair) -> None:
    assert compare_next() == 0
    note_pairs(pair.person_a)
    assert len(db.session.scalars(select(LikelyPair)).all()) == 1
    assert pair.status is PairStatus.OPEN and pair.score >= 50


def test_the_queue_shows_both_and_the_evidence(pages: Pages, world: World, pair: LikelyPair) -> None:
    page = pages.sign_in(world.organizer).get("/desk/duplicates")
    assert "Болор" in page.text and "Bolor" in page.text
    assert "the patronymic with and without its ending" in page.text
    assert "bolor@example.org" not in page.html and "99112233" not in page.html
    assert "1 likely duplicate" in pages.get("/desk/people").text


def test_not_the_same_is_asked_once(pages: Pages, world: World, pair: LikelyPair) -> None:
    pages.sign_in(world.organizer)
    for _time in range(2):
        assert pages.post(f"/desk/duplicates/{pair.id}/apart").status == 303
    assert "No likely duplicates" in pages.get("/desk/duplicates").text
    pair.person_a.compared_at = None
    db.session.commit()
    compare_next()
    assert "No likely duplicates" in pages.get("/desk/duplicates").text
    assert pair.decided_by_id == world.organizer.id


def test_merged_by_two_presses_and_undone(pages: Pages, world: World, pair: LikelyPair) -> None:
    pages.sign_in(world.organizer)
    kept, merged = pair.person_a, pair.person_b
    preview = pages.get(merge_address(pair))
    assert "What goes over" in preview.text and "Two registrations become one" in preview.text
    assert "bolor@example.org" not in preview.html
    done = pages.post(merge_address(pair), {"from-given_name": "merged"})
    assert done.status == 303 and kept.given_name == "Bolor" and kept.email == "bolor@example.org"
    again = pages.post(merge_address(pair), {"from-given_name": "merged"})
    assert "merged in the meantime" in pages.follow(again).text
    assert "This record was merged into another one." in pages.get(f"/desk/people/{merged.id}").text
    assert pages.post(f"/desk/people/{kept.id}/merges/{only_merge().id}/undo").status == 303
    assert kept.given_name == "Болор" and merged.merged_into_id is None
    assert "1 likely duplicate" in pages.get("/desk/people").text


def test_a_pair_that_reaches_into_another_project_is_the_administrators(
    pages: Pages, world: World, pair: LikelyPair
) -> None:
    make.registration(world.other_event, pair.person_b, agency=world.ministry)
    db.session.commit()
    for account in (world.organizer, world.other_organizer):
        pages.sign_in(account)
        assert "No likely duplicates" in pages.get("/desk/duplicates").text
        assert refusals(pages, pair) == {404}
    pages.sign_in(world.administrator)
    assert "Bolor" in pages.get("/desk/duplicates").text
    assert pages.get(merge_address(pair)).status == 200


def refusals(pages: Pages, pair: LikelyPair) -> set[int]:
    answers: list[Page] = [
        pages.post(f"/desk/duplicates/{pair.id}/apart"),
        pages.get(merge_address(pair)),
        pages.post(merge_address(pair)),
    ]
    return {answer.status for answer in answers}


@pytest.mark.parametrize("role", ["trainer", "me_officer", "viewer", "focal_point"])
def test_other_roles_decide_nothing(pages: Pages, world: World, pair: LikelyPair, role: str) -> None:
    pages.sign_in(getattr(world, role))
    assert refusals(pages, pair) == {403}
    assert pages.get("/desk/duplicates").status == 403
    assert pair.status is PairStatus.OPEN


def test_forged_ids_open_nothing(pages: Pages, world: World, pair: LikelyPair) -> None:
    pages.sign_in(world.organizer)
    person, stranger = pair.person_a_id, world.tuya.id
    make.registration(world.other_event, world.tuya, agency=world.border)
    foreign = merge_of_strangers(world)
    db.session.commit()
    for address in (
        f"/desk/people/{person}/merge/{stranger}",
        f"/desk/people/{stranger}/merge/{person}",
        f"/desk/people/{person}/merge/{person}",
        f"/desk/people/{person}/merge/999999",
        f"/desk/people/{person}/merges/{foreign.id}/undo",
        f"/desk/people/{foreign.kept_id}/merges/{foreign.id}/undo",
        "/desk/duplicates/999999/apart",
    ):
        assert pages.post(address).status == 404, address
    assert db.session.get_one(Person, stranger).merged_into_id is None
    assert db.session.get_one(PersonMerge, foreign.id).undone_at is None


def merge_of_strangers(world: World) -> PersonMerge:
    one, other = make.person("Номин"), make.person("Nomin")
    make.registration(world.other_event, one, agency=world.border)
    return merge(one, other, by=STAFF)


def test_an_undo_that_comes_too_late_is_told(pages: Pages, world: World, pair: LikelyPair) -> None:
    pages.sign_in(world.organizer)
    pages.post(merge_address(pair))
    pair.person_a.phone = "+976 1"
    db.session.commit()
    answer = pages.post(f"/desk/people/{pair.person_a_id}/merges/{only_merge().id}/undo")
    assert "cannot be undone any more" in pages.follow(answer).text
