"""Trainers and what they taught: the counts agree with a second way of counting, in worlds made of chance."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from tests.pages import Pages
from tests.reporting.attending import attends
from tests.world import World
from trainreg.events.rules import EventKind, EventStatus
from trainreg.kernel.db import db
from trainreg.registration.rules import RegistrationRole
from trainreg.reporting.cascades import Cascade, Dated, Trained, cascade_of

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
people = st.frozensets(st.integers(1, 6), max_size=4)
told = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.booleans(), people, people, people), max_size=7)


def world_of(rows: list[Any]) -> tuple[list[Dated], dict[Any, Any], dict[Any, Any], dict[Any, Any]]:
    events = [
        Dated(number, START + day * DAY, START + (day + days) * DAY + DAY / 2, trains)
        for number, (day, days, trains, *_people) in enumerate(rows, 1)
    ]
    by_event = [{number: row[place] for number, row in enumerate(rows, 1)} for place in (3, 4, 5)]
    trained = {event.id: by_event[0][event.id] for event in events if event.trains_trainers}
    return events, trained, by_event[1], by_event[2]


def seen_in(found: Cascade) -> tuple[set[int], set[tuple[int, int]]]:
    """Everybody and everything that stands in the tree."""
    persons: set[int] = set()
    taught: set[tuple[int, int]] = set()

    def walk(trainers: tuple[Trained, ...]) -> None:
        for trainer in trainers:
            persons.add(trainer.person_id)
            for one in trainer.taught:
                taught.add((trainer.person_id, one.event_id))
                walk(one.below)

    for branch in found.branches:
        walk(branch.trainers)
    return persons, taught


@given(told)
def test_counts_by_a_second_way(rows: list[Any]) -> None:
    events, trained, teachers, reached = world_of(rows)
    found = cascade_of(events, trained, teachers, reached)
    pairs = [
        (person, later)
        for source in events
        for person in trained.get(source.id, ())
        for later in events
        if later.starts_at >= source.ends_at and person in teachers[later.id]
    ]
    assert found.trained == {person for members in trained.values() for person in members}
    assert found.active == {person for person, _later in pairs}
    assert found.events == {later.id for _person, later in pairs}
    visits = [(number, person) for number in {later.id for _person, later in pairs} for person in reached[number]]
    assert found.attendances == len(visits) and found.persons == {person for _number, person in visits}
    assert found.active <= found.trained and len(found.persons) <= found.attendances
    persons, taught = seen_in(found)
    assert persons == found.trained, "the tree shows everybody who is counted"
    assert taught == {(person, later.id) for person, later in pairs}


@given(told, st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[Any], random: Any) -> None:
    events, trained, teachers, reached = world_of(rows)
    first = cascade_of(events, trained, teachers, reached)
    random.shuffle(events)
    assert cascade_of(events, trained, teachers, reached) == first


def told_world(world: World) -> tuple[Any, Any]:
    """Bolor is trained as a trainer in March and teaches Tuya in April; what she taught in February is no fruit."""
    tot = make.event(world.project, starts=START, kind=EventKind.TRAINING_OF_TRAINERS, status=EventStatus.CLOSED)
    later = make.event(world.project, starts=START + 30 * DAY, status=EventStatus.CLOSED)
    before = make.event(world.project, starts=START - 30 * DAY, status=EventStatus.CLOSED)
    attends(tot, world.bolor)
    for event in (later, before):
        make.registration(event, world.bolor, role=RegistrationRole.TRAINER)
        attends(event, world.tuya)
    db.session.commit()
    return tot, later


def test_the_page_as_counts_and_as_a_tree(pages: Pages, world: World) -> None:
    tot, later = told_world(world)
    pages.sign_in(world.me_officer)
    page = pages.get(f"/reports/{world.project.code}/trainers")
    for words in ("trainers trained 1", "of them active since 1", "events taught 1", "officials reached 1"):
        assert words in page.text
    assert world.bolor.name in page.text and world.tuya.name not in page.text
    assert page.html.index(tot.title["en"]) < page.html.index(world.bolor.name) < page.html.index(later.title["en"])


def test_names_only_by_right(pages: Pages, world: World) -> None:
    told_world(world)
    pages.sign_in(world.viewer)
    page = pages.get(f"/reports/{world.project.code}/trainers")
    assert "Trainer 1" in page.text and "Names are not shown" in page.text
    assert world.bolor.given_name not in page.html and "/desk/events/" not in page.html


def test_a_project_without_trainers(pages: Pages, world: World) -> None:
    pages.sign_in(world.viewer)
    assert "No trainers yet" in pages.get(f"/reports/{world.project.code}/trainers").text
    assert "went on to teach" in pages.get(f"/desk/projects/{world.project.code}").text
