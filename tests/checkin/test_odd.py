"""What comes in beside the ordinary: foreign keys, guests nobody can register, nonsense, marks taken back."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event as sa_event
from sqlalchemy import select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import ORMExecuteState

from tests import factories as make
from tests.checkin.conftest import Hand, batch, hand_in, scan
from tests.checkin.test_walk_in import guest, registrations
from tests.factories import STAFF
from tests.pages import Pages
from tests.world import World
from trainreg.attendance.models import Attendance, AttendanceBatch
from trainreg.attendance.service import mark, undo
from trainreg.checkin import recognising, service
from trainreg.checkin.models import Scan
from trainreg.checkin.rules import Outcome, ScanKind
from trainreg.events.models import Event, Session
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.people.models import Posting
from trainreg.registration.intake import PublicRegistration
from trainreg.registration.models import Registration
from trainreg.registration.service import AlreadyRegistered, lock_event


def foreign_scan(world: World, of: Registration) -> str:
    """The key of a scan that was taken in at another event."""
    now, key = clock.now(), str(uuid.uuid4())
    db.session.add(
        Scan(
            key=key,
            device=str(uuid.uuid4()),
            event_id=world.other_event.id,
            registration_id=of.id,
            kind=ScanKind.QR,
            outcome=Outcome.NOT_CONFIRMED,
            said=of.reference,
            at=now,
            device_at=now,
            device_now=now,
            received_at=now,
            scanned_by="Somebody",
        )
    )
    db.session.commit()
    return key


def test_a_key_of_another_event_tells_nothing(
    door: Hand, pages: Pages, world: World, training: Event, bolor: Registration
) -> None:
    stranger = make.registration(world.other_event, world.tuya)
    db.session.commit()
    key = foreign_scan(world, stranger)
    answer = hand_in(pages, training.slug, batch(scan("x") | {"id": key}, scan(stranger), scan(bolor)))
    assert [one["code"] for one in answer["scans"]] == ["other_event", "in"]
    assert answer["odd"] == [key]
    assert stranger.reference not in str(answer) and stranger.person.name not in str(answer)
    assert [one.registration_id for one in db.session.scalars(select(Attendance))] == [bolor.id]


def test_a_guest_at_an_event_that_is_called_off_holds_up_nobody(
    door: Hand, world: World, training: Event, bolor: Registration
) -> None:
    known = guest(world, given_name=world.tuya.given_name, family_name=world.tuya.family_name)
    make.registration(training, world.tuya, agency=world.border)
    world.tuya.postings.append(Posting(agency_id=world.border.id, from_date=date(2020, 1, 1)))
    training.status = EventStatus.CANCELLED
    db.session.commit()
    said = door(guest(world), scan(bolor), known, guest(world, consent=False))
    assert [one["code"] for one in said] == ["event_off"] * 4
    assert len(registrations(training)) == 2


def test_a_guest_whom_the_list_refuses_holds_up_nobody(
    door: Hand, world: World, training: Event, bolor: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = recognising.add_at_desk

    def refuse(event: Event, form: PublicRegistration, *rest: Any, **more: Any) -> Registration:
        entered = real(event, form, *rest, **more)
        if form.details.given_name == "Odd":
            entered.reference = bolor.reference
            flush_or_refuse(AlreadyRegistered())
        return entered

    monkeypatch.setattr(recognising, "add_at_desk", refuse)
    said = door(guest(world, given_name="Odd"), scan(bolor), guest(world))
    assert [one["code"] for one in said] == ["incomplete", "in", "let_in"]
    assert len(registrations(training)) == 2, "and of the refused nothing is left"


@pytest.mark.parametrize(("account", "code"), [("trainer", "not_confirmed"), ("organizer", "no_session_now")])
def test_a_guest_after_the_last_session_is_on_the_list_and_nowhere_marked(
    pages: Pages, world: World, training: Event, account: str, code: str
) -> None:
    for session in training.sessions:
        session.starts_at, session.ends_at = clock.now() - timedelta(minutes=9), clock.now() - timedelta(minutes=5)
    db.session.commit()
    pages.sign_in(getattr(world, account))
    [said] = hand_in(pages, training.slug, batch(guest(world)))["scans"]
    assert said["code"] == code
    assert len(registrations(training)) == 1 and db.session.scalars(select(Attendance)).all() == []
    [kept] = db.session.scalars(select(Scan)).all()
    assert (kept.reason, kept.let_in_by_id) == ("", None)


@pytest.mark.parametrize("name", ["Ши\u200bнэ", "\ufeffШинэ\u200e", "Шинэ\u200d", "\u202aШинэ\u202c"])
def test_characters_that_draw_nothing_cost_no_guest(door: Hand, world: World, training: Event, name: str) -> None:
    assert door(guest(world, given_name=name))[0]["code"] == "let_in"
    assert [one.person.given_name for one in registrations(training)] == ["Шинэ"]


def test_a_joiner_between_letters_stays(door: Hand, world: World, training: Event) -> None:
    door(guest(world, given_name="ক\u200dষ"))
    assert [one.person.given_name for one in registrations(training)] == ["ক\u200dষ"]


@pytest.mark.parametrize(
    ("said", "kept"), [("A \u200bguest", "A guest"), ("\u200b", "–"), ("\ue000", "–"), ("x" * 2000, "–"), (" ", "")]
)
def test_a_reason_is_a_reason_however_it_is_written(door: Hand, waiting: Registration, said: str, kept: str) -> None:
    assert door(scan(waiting, reason=said))[0]["code"] == ("let_in" if kept else "not_confirmed")
    assert [one.reason for one in db.session.scalars(select(Scan))] == [kept]


def test_the_desk_s_lock_lets_scans_of_the_event_be_written(training: Event) -> None:
    """PostgreSQL deadlocks otherwise: the door holds a registration and refers to the event, the desk the reverse."""
    asked: list[str] = []

    def note(state: ORMExecuteState) -> None:
        asked.append(str(state.statement.compile(dialect=postgresql.dialect())))

    sa_event.listen(db.session, "do_orm_execute", note)
    try:
        lock_event(training)
    finally:
        sa_event.remove(db.session, "do_orm_execute", note)
    assert asked[-1].endswith("FOR NO KEY UPDATE OF event")


def test_a_guest_on_the_list_is_locked_there_with_all_others(
    door: Hand, world: World, training: Event, bolor: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = make.registration(training, world.tuya, agency=world.border)
    world.tuya.postings.append(Posting(agency_id=world.border.id, from_date=date(2020, 1, 1)))
    db.session.commit()
    held: list[set[str]] = []
    real = service.lock_registrations

    def lock(event_id: int, references: set[str]) -> dict[str, Registration]:
        held.append(references)
        return real(event_id, references)

    monkeypatch.setattr(service, "lock_registrations", lock)
    both = guest(world, given_name=world.tuya.given_name, family_name=world.tuya.family_name)
    assert [one["code"] for one in door(both, scan(bolor), guest(world))] == ["in", "in", "let_in"]
    assert held == [{known.reference, bolor.reference}], "once, in the order of their ids"


def test_nonsense_however_deep_is_refused_in_a_sentence(door: Hand, pages: Pages, training: Event) -> None:
    token = pages.token()
    answer = pages.client.post(
        f"/checkin/{training.slug}/sync",
        data="[" * 60_000 + "]" * 60_000,
        headers={"X-CSRFToken": token, "Content-Type": "application/json"},
    )
    assert answer.status_code == 422


def test_a_mark_taken_back_at_the_desk_does_not_return_with_its_old_time(
    door: Hand, bolor: Registration, training: Event, morning: Session
) -> None:
    early, later = clock.now() - timedelta(minutes=9), clock.now() - timedelta(minutes=1)
    door(scan(bolor, at=early))
    mark(bolor, morning, None, by=STAFF)
    db.session.commit()
    [said] = door(scan(bolor, at=later))
    assert said["code"] == "in"
    db.session.expire_all()
    [marked] = db.session.scalars(select(Attendance))
    assert abs(marked.marked_at - later) < timedelta(seconds=1)
    assert door(scan(bolor, at=early))[0]["code"] == "already_in"
    db.session.expire_all()
    [marked] = db.session.scalars(select(Attendance))
    assert abs(marked.marked_at - early) < timedelta(seconds=1), "what is handed in afterwards counts as ever"


def test_taking_a_mark_away_and_that_back_leaves_the_first_scan(
    door: Hand, bolor: Registration, training: Event, morning: Session, world: World
) -> None:
    early = clock.now() - timedelta(minutes=9)
    door(scan(bolor, at=early))
    organizer = world.organizer.actor()
    mark(bolor, morning, None, by=organizer)
    db.session.commit()
    cleared = db.session.scalars(select(AttendanceBatch).order_by(AttendanceBatch.id.desc())).first()
    assert cleared is not None
    undo(training, cleared, by=organizer)
    db.session.commit()
    assert door(scan(bolor))[0]["code"] == "already_in"
    db.session.expire_all()
    [marked] = db.session.scalars(select(Attendance))
    assert abs(marked.marked_at - early) < timedelta(seconds=1)
