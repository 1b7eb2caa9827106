"""Registrations of an event are imported under its lock, within its places, and once."""

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.imports.files import applied, looked_at, outcomes, reasons, rows_of
from tests.world import World
from trainreg.events.rules import EventStatus
from trainreg.imports import service
from trainreg.imports.jobs import carry_on
from trainreg.imports.plan import Options
from trainreg.imports.rules import ImportKind, RunStatus
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.models import Consent, Person
from trainreg.people.rules import Level
from trainreg.registration.models import Registration
from trainreg.registration.queries import list_waiting
from trainreg.registration.rules import Channel, RegistrationRole, RegistrationStatus

S = RegistrationStatus
HEADING = ["Овог", "Нэр", "Цахим шуудан", "Байгууллага", "Албан тушаал", "Түвшин", "Role", "Бүлэг"]


def person(number: int, code: str, **more: str) -> list[str]:
    name, email = f"Саран{'абвгдежзик'[number]}", f"person{number}@example.org"
    return ["Ганболд", name, email, code, "", "", more.get("role", ""), ""]


def looked(world: World, rows: list[list[str]], **options: object) -> object:
    return looked_at(
        ImportKind.REGISTRATIONS,
        [HEADING, *rows],
        event=world.event,
        options=Options(**options),  # type: ignore[arg-type]
    )


def registrations(world: World) -> list[Registration]:
    return list(db.session.scalars(select(Registration).where(Registration.event_id == world.event.id)))


def test_everything_of_a_registration_is_right(world: World) -> None:
    row = [
        "Ганболд",
        "Саран",
        "saran@example.org",
        "Ministry of Labour",
        "Дарга",
        "ахлах",
        "сургагч багш",
        "Working group",
    ]
    applied(looked(world, [row]))
    one = registrations(world)[0]
    assert (one.status, one.role, one.agency_id) == (S.CONFIRMED, RegistrationRole.TRAINER, world.ministry.id)
    assert (one.position, one.level, one.group) == ("Дарга", Level.SENIOR, "Working group")
    move = one.moves[0]
    assert (move.from_status, move.to_status, move.channel) == (None, S.CONFIRMED, Channel.IMPORT)
    assert move.actor_label == "Test Staff" and one.person.postings[0].position == "Дарга"
    assert db.session.scalar(select(func.count()).select_from(Consent)) == 0
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0


def test_the_same_file_again_changes_nothing_and_writes_no_second_mail(world: World) -> None:
    rows = [person(1, world.ministry.code), person(2, world.border.code)]
    applied(looked(world, rows, sends_mail=True))
    assert db.session.scalar(select(func.count()).select_from(Message)) == 2
    again = looked(world, rows, sends_mail=True)
    assert outcomes(again) == ["unchanged", "unchanged"] and "On the list already: Confirmed" in reasons(again)
    assert len(registrations(world)) == 2
    assert db.session.scalar(select(func.count()).select_from(Message)) == 2


def test_somebody_who_was_declined_stays_declined(world: World) -> None:
    make.registration(world.event, world.bolor, S.DECLINED, agency=world.ministry)
    row = ["Батын", "Болор", "bolor@example.org", world.ministry.code, "", "", "", ""]
    run = looked(world, [row, person(1, world.ministry.code)])
    assert outcomes(run) == ["unchanged", "new"]
    applied(run)
    assert {one.status for one in registrations(world)} == {S.DECLINED, S.CONFIRMED}


def test_the_standing_is_the_desks_to_choose(world: World) -> None:
    rows = [person(number, world.ministry.code) for number in range(5)]
    run = applied(looked(world, rows, status=S.REQUESTED))
    assert run.status is RunStatus.APPLIED and {one.status for one in registrations(world)} == {S.REQUESTED}
    assert len(registrations(world)) == 5, "whoever waits for approval takes no place"


def test_more_people_than_places_are_named_and_nothing_is_written(world: World) -> None:
    rows = [person(number, world.ministry.code) for number in range(3)]
    run = looked(world, [*rows, person(4, world.ministry.code, role="trainer")])
    assert outcomes(run) == ["new", "new", "error", "new"]
    assert "Row 4: All places of this event are taken." in reasons(run)
    with pytest.raises(service.RowsStandInTheWay):
        service.begin_apply(run, by=make.STAFF)
    assert registrations(world) == []


def test_a_place_that_was_taken_meanwhile_stops_everything(world: World) -> None:
    run = looked(world, [person(1, world.ministry.code), person(2, world.ministry.code)])
    people = db.session.scalar(select(func.count()).select_from(Person))
    make.registration(world.event, world.tuya, agency=world.border)
    db.session.commit()
    service.begin_apply(run, by=make.STAFF)
    db.session.commit()
    carry_on(run.id)
    assert run.status is RunStatus.LOOKING and "nothing was written" in run.refusal
    carry_on(run.id)
    assert outcomes(run) == ["new", "error"]
    assert len(registrations(world)) == 1
    assert db.session.scalar(select(func.count()).select_from(Person)) == people


def test_capacity_is_held_when_each_row_has_to_ask(world: World) -> None:
    applied(looked(world, [person(1, world.ministry.code), person(2, world.ministry.code)]))
    assert len(registrations(world)) == world.event.capacity == 2
    assert list_waiting(world.event.id) == []


def test_unknown_agencies_names_and_addresses_are_named_by_row_and_column(world: World) -> None:
    rows = [
        ["Ганболд", "Саран", "a@example.org; b@example.org", "Ministry of Nothing", "", "", "", ""],
        ["Ганболд", "12", "", "", "", "огт үгүй", "king", ""],
    ]
    run = looked(world, rows)
    assert outcomes(run) == ["error", "error"]
    first, second = (row.reason for row in rows_of(run))
    assert "Row 2, column C: there are two addresses" in first and "Row 2, column D" in first
    for column in "BDFG":
        assert f"Row 3, column {column}" in second


def test_two_agencies_of_one_name_are_told_apart_by_code(world: World) -> None:
    other = make.agency("Ministry of Labour")
    row = person(1, "Ministry of Labour")
    run = looked(world, [row])
    assert outcomes(run) == ["error"] and other.code in reasons(run) and world.ministry.code in reasons(run)


def test_a_cancelled_event_takes_nobody(world: World) -> None:
    world.event.status = EventStatus.CANCELLED
    db.session.commit()
    run = looked(world, [person(1, world.ministry.code)])
    assert run.status is RunStatus.REFUSED and "cancelled" in run.refusal


def test_the_address_of_a_person_without_one_is_kept_with_the_registration(world: World) -> None:
    row = ["Доржийн", "Туяа", "tuya@example.org", world.border.code, "", "", "", ""]
    run = looked(world, [row])
    assert outcomes(run) == ["ambiguous"]
    service.answer(run, {2: f"person:{world.tuya.id}"})
    db.session.commit()
    carry_on(run.id)
    applied(run)
    assert registrations(world)[0].email == "tuya@example.org" and world.tuya.email is None
