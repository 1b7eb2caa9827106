"""Trainers and what they taught: the counts agree with a second way of counting, in worlds made of chance."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from tests.pages import Pages
from tests.reporting.attending import attends
from tests.reporting.worlds import mark
from tests.world import World
from trainreg.events.rules import EventKind, EventStatus
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
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


def test_those_who_taught_nothing_yet_are_told_in_one_line(pages: Pages, world: World) -> None:
    tot, _later = told_world(world)
    people = [make.person() for _number in range(5)]
    for person in people:
        attends(tot, person)
    db.session.commit()
    page = pages.sign_in(world.me_officer).get(f"/reports/{world.project.code}/trainers")
    [fold] = page.find_all("details", class_="fold fold-printed")
    assert "5 have taught nothing here yet" in " ".join(fold.itertext()) and "open" not in fold.attrib
    assert {one.text for one in fold.iter("li")} == {person.name for person in people}


def test_the_page_as_counts_and_as_a_tree(pages: Pages, world: World) -> None:
    tot, later = told_world(world)
    pages.sign_in(world.me_officer)
    page = pages.get(f"/reports/{world.project.code}/trainers")
    for words in ("trainers trained 1", "of them active since 1", "events taught 1", "officials reached 1"):
        assert words in page.text
    assert world.bolor.name in page.text and world.tuya.name not in page.text
    assert page.html.index(tot.title["en"]) < page.html.index(world.bolor.name) < page.html.index(later.title["en"])


def test_names_only_by_right(pages: Pages, world: World) -> None:
    """Without it nobody stands in the tree, not even by a number: one has only to count."""
    tot, later = told_world(world)
    pages.sign_in(world.viewer)
    page = pages.get(f"/reports/{world.project.code}/trainers")
    assert "Names are not shown" in page.text and "Trainer 1" not in page.text
    assert world.bolor.given_name not in page.html and "/desk/events/" not in page.html
    for words in ("trainers trained not told", "of them active since not told", "events taught 1"):
        assert words in page.text
    assert "attendances at them not told" in page.text and "officials reached not told" in page.text
    assert page.text.count("how many came is not told") == 2 and "person came" not in page.text
    assert page.html.index(tot.title["en"]) < page.html.index(later.title["en"])


def trained(world: World, *, completed: int, missed: int, active: int) -> None:
    tot = make.event(
        world.project, starts=START, days=2, kind=EventKind.TRAINING_OF_TRAINERS, status=EventStatus.CLOSED
    )
    later = make.event(world.project, starts=START + 30 * DAY, status=EventStatus.CLOSED)
    told = {"agency": world.ministry, "sex": Sex.MALE}
    for number in range(completed):
        person = make.person()
        attends(tot, person, **told)
        if number < active:
            make.registration(later, person, role=RegistrationRole.TRAINER)
    for _number in range(missed):
        registration = make.registration(tot, make.person(), **told)
        mark(registration.id, tot.sessions[0].id)
    for _number in range(8):
        attends(later, make.person(), **told)
    db.session.commit()


@pytest.mark.parametrize(
    ("completed", "missed", "active", "told"),
    [
        (12, 0, 6, ("12", "6")),
        (12, 0, 9, ("12", "not told")),  # three would be idle
        (12, 0, 2, ("12", "not told")),
        (12, 2, 6, ("not told", "not told")),  # fourteen came: two did not complete
        (3, 9, 0, ("not told", "not told")),
    ],
)
def test_few_trainers_do_not_follow(
    pages: Pages, world: World, completed: int, missed: int, active: int, told: tuple[str, str]
) -> None:
    trained(world, completed=completed, missed=missed, active=active)
    page = pages.sign_in(world.viewer).get(f"/reports/{world.project.code}/trainers")
    assert f"trainers trained {told[0]} of them active since {told[1]} events taught" in page.text
    assert "attendances at them 8" in page.text if active else "attendances at them 0" in page.text


def test_a_project_without_trainers(pages: Pages, world: World) -> None:
    pages.sign_in(world.viewer)
    assert "No trainers yet" in pages.get(f"/reports/{world.project.code}/trainers").text
    assert "went on to teach" in pages.get(f"/desk/projects/{world.project.code}").text
