"""A scan is taken in: each answer has its code and its sentence, and every scan is a row."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.checkin.conftest import Hand, batch, hand_in, scan
from tests.factories import STAFF
from tests.pages import Pages
from tests.world import World
from trainreg.attendance.models import Attendance, AttendanceChange
from trainreg.attendance.queries import grid_of
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.attendance.service import mark
from trainreg.audit.queries import history_of
from trainreg.checkin.models import Scan, ScanIsKept
from trainreg.events.models import Event, Session
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.passes import pass_code
from trainreg.registration.rules import RegistrationStatus

S = AttendanceState


def scans() -> list[Scan]:
    db.session.expire_all()
    return list(db.session.scalars(select(Scan).order_by(Scan.id)))


def mark_of(registration: Registration, session: Session) -> Attendance | None:
    db.session.expire_all()
    return db.session.scalar(
        select(Attendance).where(Attendance.registration_id == registration.id, Attendance.session_id == session.id)
    )


def test_a_pass_lets_in_and_says_who_it_is(door: Hand, bolor: Registration, morning: Session, world: World) -> None:
    [said] = door(scan(bolor))
    assert (said["code"], said["tone"], said["title"]) == ("in", "good", "Come in")
    assert (said["name"], said["agency"], said["status"]) == ("Батын Болор", "Ministry of Labour", "Confirmed")
    marked = mark_of(bolor, morning)
    assert marked is not None
    assert (marked.state, marked.source, marked.marked_by_id) == (S.PRESENT, Source.QR, world.trainer.id)
    [kept] = scans()
    assert (kept.outcome, kept.said, kept.scanned_by, kept.session_id) == (
        "in",
        bolor.reference,
        world.trainer.name,
        morning.id,
    )
    [line] = history_of(bolor)
    assert line.sentence.startswith("Present at the session of")


def test_the_same_scan_sent_again_changes_nothing_and_gets_the_same_answer(door: Hand, bolor: Registration) -> None:
    one = scan(bolor)
    first, again, both = door(one), door(one), door(one, one)
    assert [said["code"] for said in (*first, *again, *both)] == ["in"] * 3
    assert len(scans()) == 1 and len(history_of(bolor)) == 1


def test_another_scan_of_the_same_person_says_when_and_by_whom(
    door: Hand, bolor: Registration, morning: Session, world: World
) -> None:
    at = clock.now() - timedelta(minutes=5)
    door(scan(bolor, at=at))
    [said] = door(scan(bolor))
    time = f"{clock.local(at, morning.timezone):%H:%M}"
    assert said["code"] == "already_in"
    assert said["words"] == f"Already in at {time}, scanned by {world.trainer.name}."
    assert len(scans()) == 2


def test_an_earlier_scan_that_comes_later_decides(door: Hand, bolor: Registration, morning: Session) -> None:
    morning.starts_at -= timedelta(minutes=30)
    db.session.commit()
    late, early = clock.now(), clock.now() - timedelta(minutes=35)
    door(scan(bolor, at=late))
    marked = mark_of(bolor, morning)
    assert marked is not None and (marked.state, marked.late_minutes) == (S.LATE, 40)
    door(scan(bolor, at=early))
    marked = mark_of(bolor, morning)
    assert marked is not None and (marked.state, marked.late_minutes) == (S.PRESENT, 0)
    lines = db.session.scalars(select(AttendanceChange).order_by(AttendanceChange.id)).all()
    assert [(line.from_state, line.to_state) for line in lines] == [(None, S.LATE), (S.LATE, S.PRESENT)]
    assert abs(marked.marked_at - early) < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (RegistrationStatus.REQUESTED, "not_confirmed"),
        (RegistrationStatus.WAITLISTED, "not_confirmed"),
        (RegistrationStatus.NOMINATED, "not_confirmed"),
        (RegistrationStatus.CANCELLED, "cancelled"),
        (RegistrationStatus.DECLINED, "cancelled"),
    ],
)
def test_whoever_is_not_confirmed_is_told_so(
    door: Hand, bolor: Registration, morning: Session, status: RegistrationStatus, code: str
) -> None:
    bolor.status = status
    db.session.commit()
    [said] = door(scan(bolor))
    assert (said["code"], said["tone"]) == (code, "bad") and said["words"].endswith((".", "?"))
    assert mark_of(bolor, morning) is None and scans()[0].registration_id == bolor.id


def test_let_in_anyway_is_written_down_with_who_and_why(
    door: Hand, waiting: Registration, training: Event, morning: Session, world: World
) -> None:
    [said] = door(scan(waiting, reason="The minister brought her along"))
    assert said["code"] == "let_in"
    [kept] = scans()
    assert (kept.reason, kept.let_in_by_id) == ("The minister brought her along", world.trainer.id)
    assert grid_of(training).rows == [], "who is not confirmed counts nowhere"
    waiting.status = RegistrationStatus.CONFIRMED
    db.session.commit()
    [row] = grid_of(training).rows
    assert row.states == {morning.id: S.PRESENT}, "and counts once the desk confirms"


def test_codes_that_name_nobody_here_are_kept_as_a_short_hash(door: Hand, bolor: Registration, world: World) -> None:
    stranger = make.registration(world.other_event)
    forged = pass_code(bolor.reference)[:-1] + "_"
    said = door(scan(stranger), scan("ГАНБОЛД 99112233"), scan(forged), scan("https://example.org/secret"))
    assert [one["code"] for one in said] == ["other_event", "unknown_code", "unknown_code", "unknown_code"]
    assert all("name" not in one for one in said)
    kept = scans()
    assert [one.registration_id for one in kept] == [None] * 4
    assert all(len(one.said) <= 12 and "9911" not in one.said and "ГАН" not in one.said for one in kept)


def test_a_reference_typed_by_hand_is_found_however_it_is_written(door: Hand, bolor: Registration) -> None:
    said = door(scan("b0r70001"), scan("BOR7 OOOI"), scan("", kind="name", reference=bolor.reference))
    assert [one["code"] for one in said] == ["in", "already_in", "already_in"]


def test_what_the_desk_marked_stands_and_both_are_kept(door: Hand, bolor: Registration, morning: Session) -> None:
    mark(bolor, morning, S.ABSENT, by=STAFF)
    db.session.commit()
    [said] = door(scan(bolor))
    assert said["code"] == "in" and "The desk wrote “absent”" in said["words"]
    marked = mark_of(bolor, morning)
    assert marked is not None and (marked.state, marked.source) == (S.ABSENT, Source.DESK)
    assert scans()[0].outcome == "in"


def test_somebody_marked_at_the_desk_is_in_already(door: Hand, bolor: Registration, morning: Session) -> None:
    mark(bolor, morning, S.PRESENT, by=STAFF)
    db.session.commit()
    [said] = door(scan(bolor))
    assert said["code"] == "already_in" and said["words"].startswith("Marked at the desk at")


def test_a_device_an_hour_wrong_is_put_right(door: Hand, bolor: Registration, morning: Session) -> None:
    ahead = timedelta(hours=1, minutes=3)
    door(scan(bolor, at=clock.now() + ahead), now=clock.now() + ahead)
    [kept] = scans()
    assert abs(kept.at - clock.now()) < timedelta(seconds=5) and kept.device_at - kept.at > timedelta(minutes=62)
    marked = mark_of(bolor, morning)
    assert marked is not None and marked.state is S.PRESENT


def test_nobody_comes_on_another_day_or_at_night(door: Hand, bolor: Registration, training: Event) -> None:
    for session in training.sessions:
        session.starts_at -= timedelta(days=3)
        session.ends_at -= timedelta(days=3)
    db.session.commit()
    [said] = door(scan(bolor))
    assert said["code"] == "other_day"
    training.sessions[0].status = SessionStatus.CANCELLED
    training.status = EventStatus.CANCELLED
    db.session.commit()
    assert door(scan(bolor))[0]["code"] == "event_off"


def test_one_odd_scan_holds_up_no_other(door: Hand, pages: Pages, bolor: Registration, training: Event) -> None:
    odd = scan(bolor) | {"at": "noon"}
    answer = hand_in(pages, training.slug, batch(odd, scan(bolor), {"id": "x"}, scan(bolor) | {"kind": "kiosk"}))
    assert [one["code"] for one in answer["scans"]] == ["in"]
    assert odd["id"] in answer["odd"] and len(answer["odd"]) == 2


@pytest.mark.parametrize("document", [None, [], {}, {"device": "x", "now": 1, "scans": []}, {"scans": [1] * 101}])
def test_nonsense_is_refused_in_a_sentence(door: Hand, pages: Pages, training: Event, document: object) -> None:
    assert hand_in(pages, training.slug, document) == 422


def test_a_scan_can_never_be_changed(door: Hand, bolor: Registration) -> None:
    door(scan(bolor))
    [kept] = scans()
    kept.reason = "no"
    with pytest.raises(ScanIsKept):
        db.session.flush()
    db.session.rollback()


def test_only_who_takes_attendance_hands_scans_in(
    pages: Pages, world: World, training: Event, bolor: Registration
) -> None:
    for account, status in ((world.viewer, 403), (world.me_officer, 403), (world.other_organizer, 404)):
        pages.sign_in(account)
        assert hand_in(pages, training.slug, batch(scan(bolor))) == status
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 0


def test_a_key_is_a_key_of_its_event_and_device(door: Hand, bolor: Registration) -> None:
    key = str(uuid.uuid4())
    door(scan(bolor) | {"id": key})
    assert door(scan("nonsense") | {"id": key.upper()})[0]["code"] == "in", "the first to use a key has it"
