"""Which session a moment belongs to, what the door answers, and what many scans of one person make."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainreg.attendance.rules import AttendanceState
from trainreg.checkin.rules import (
    ADMITTED,
    GRACE,
    Block,
    Entry,
    Outcome,
    Recognised,
    conflicts,
    corrected,
    first_entry,
    judge,
    session_at,
    session_for_let_in,
    stands,
    state_at,
)
from trainreg.registration.rules import RegistrationStatus

R, C, S = Recognised, Outcome, RegistrationStatus
UB, HOVD, BERLIN = "Asia/Ulaanbaatar", "Asia/Hovd", "Europe/Berlin"


def at(text: str, zone: str = UB) -> datetime:
    """A moment on the wall clock of a place."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def block(number: int, starts: str, ends: str, zone: str = UB) -> Block:
    return Block(number, at(starts, zone), at(ends, zone), zone)


MORNING = block(1, "2026-11-27 09:00", "2026-11-27 12:00")
NOON = block(2, "2026-11-27 12:00", "2026-11-27 13:00")
AFTERNOON = block(3, "2026-11-27 14:00", "2026-11-27 17:00")
DAY = (MORNING, NOON, AFTERNOON)


@pytest.mark.parametrize(
    ("clock", "session"),
    [
        ("07:59:59", None),
        ("08:00:00", 1),
        ("11:44:59", 1),
        ("11:45:00", 2),
        ("12:00:00", 2),
        ("12:59:59", 2),
        ("13:00:00", 3),
        ("16:59:59", 3),
        ("17:00:00", None),
    ],
)
def test_a_moment_belongs_to_one_session(clock: str, session: int | None) -> None:
    found = session_at(DAY, at(f"2026-11-27 {clock}"))
    assert (found.id if found else None) == session


def test_of_rooms_at_once_the_door_says_which() -> None:
    other = block(9, "2026-11-27 09:00", "2026-11-27 12:00")
    moment = at("2026-11-27 09:30")
    assert session_at((MORNING, other), moment, wished=1) is MORNING
    assert session_at((MORNING, other), moment, wished=9) is other
    assert session_at((MORNING, AFTERNOON), moment, wished=3) is MORNING, "a wish opens no closed door"


def test_a_session_in_hovd_of_an_event_in_ulaanbaatar() -> None:
    """Nine in Hovd is ten in Ulaanbaatar: the same hour on the wall, another session."""
    hovd, capital = (
        block(1, "2026-11-27 09:00", "2026-11-27 10:00", HOVD),
        block(2, "2026-11-27 09:00", "2026-11-27 10:00"),
    )
    sessions = (capital, hovd)
    assert session_at(sessions, at("2026-11-27 09:10")) is capital
    assert session_at(sessions, at("2026-11-27 09:10", HOVD)) is hovd
    assert hovd.starts_at - capital.starts_at == timedelta(hours=1)


def test_a_session_across_midnight_is_of_both_days() -> None:
    night = block(1, "2026-11-27 22:00", "2026-11-28 02:00")
    for moment in ("2026-11-27 21:30", "2026-11-27 23:59:59", "2026-11-28 00:00", "2026-11-28 01:59"):
        assert session_at((night,), at(moment)) is night
    assert night.is_on_day_of(at("2026-11-28 23:00")) and not night.is_on_day_of(at("2026-11-29 00:00"))


@pytest.mark.parametrize(("night", "hours"), [("2026-10-24", 9), ("2026-03-28", 7)], ids=["clocks back", "clocks on"])
def test_a_night_in_which_the_clocks_change(night: str, hours: int) -> None:
    """From ten in the evening to six in the morning: nine hours in autumn, seven in spring; no moment is lost."""
    morning = f"{night[:-2]}{int(night[-2:]) + 1:02d}"
    session = block(1, f"{night} 22:00", f"{morning} 06:00", BERLIN)
    assert session.ends_at - session.starts_at == timedelta(hours=hours)
    for minutes in range(0, hours * 60, 10):
        assert session_at((session,), session.starts_at + timedelta(minutes=minutes)) is session
    assert session_at((session,), at(f"{morning} 06:00", BERLIN)) is None


def answer(
    found: Recognised,
    status: RegistrationStatus | None = S.CONFIRMED,
    moment: str = "2026-11-27 09:00",
    *,
    is_in: bool = False,
    is_off: bool = False,
    is_let_in: bool = False,
) -> Outcome:
    when = at(moment)
    return judge(
        found,
        status,
        sessions=DAY,
        moment=when,
        session=session_at(DAY, when),
        is_in=is_in,
        is_off=is_off,
        is_let_in=is_let_in,
    )


@pytest.mark.parametrize(
    ("found", "status", "expected"),
    [
        (R.REGISTRATION, S.CONFIRMED, C.IN),
        (R.REGISTRATION, S.REQUESTED, C.NOT_CONFIRMED),
        (R.REGISTRATION, S.INVITED, C.NOT_CONFIRMED),
        (R.REGISTRATION, S.NOMINATED, C.NOT_CONFIRMED),
        (R.REGISTRATION, S.WAITLISTED, C.NOT_CONFIRMED),
        (R.REGISTRATION, S.CANCELLED, C.CANCELLED),
        (R.REGISTRATION, S.DECLINED, C.CANCELLED),
        (R.OTHER_EVENT, None, C.OTHER_EVENT),
        (R.SECOND_FORM, None, C.SECOND_FORM),
        (R.NOTHING, None, C.UNKNOWN_CODE),
    ],
)
def test_the_answer_to_each_kind_of_guest(
    found: Recognised, status: RegistrationStatus | None, expected: Outcome
) -> None:
    assert answer(found, status) is expected
    let_in = answer(found, status, is_let_in=True)
    assert let_in is (C.IN if expected is C.IN else C.LET_IN), "only who is refused is let in anyway"


def test_the_answer_by_the_clock() -> None:
    assert answer(R.REGISTRATION, moment="2026-11-27 06:00") is C.NO_SESSION_NOW
    assert answer(R.REGISTRATION, moment="2026-11-28 09:00") is C.OTHER_DAY
    assert answer(R.REGISTRATION, is_in=True) is C.ALREADY_IN
    assert answer(R.REGISTRATION, S.WAITLISTED, is_in=True) is C.ALREADY_IN, "who was let in is in"
    assert answer(R.REGISTRATION, is_off=True) is C.EVENT_OFF


def test_who_is_let_in_when_no_door_is_open_counts_at_the_nearest_session() -> None:
    assert session_for_let_in(DAY, at("2026-11-27 07:00")) is MORNING
    assert session_for_let_in(DAY, at("2026-11-27 18:00")) is AFTERNOON
    assert session_for_let_in(DAY, at("2026-11-27 18:00"), wished=1) is MORNING
    assert session_for_let_in(DAY, at("2026-11-25 09:00")) is None, "nobody has come to what is days away"


def test_a_quarter_of_an_hour_is_not_late() -> None:
    assert state_at(MORNING.starts_at, MORNING.starts_at + GRACE) is AttendanceState.PRESENT
    assert state_at(MORNING.starts_at, MORNING.starts_at + GRACE + timedelta(seconds=1)) is AttendanceState.LATE


@pytest.mark.parametrize("wrong", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=-400), timedelta(minutes=2)])
def test_a_wrong_clock_is_put_right(wrong: timedelta) -> None:
    true_at, now = at("2026-11-27 09:05"), at("2026-11-27 11:30")
    assert corrected(true_at + wrong, device_now=now + wrong, server_now=now) == true_at


def test_what_a_network_takes_is_no_wrong_clock_and_nothing_is_later_than_now() -> None:
    moment, now = at("2026-11-27 09:05"), at("2026-11-27 09:06")
    assert corrected(moment, device_now=now - timedelta(seconds=20), server_now=now) == moment
    assert corrected(now + timedelta(seconds=9), device_now=now + timedelta(seconds=10), server_now=now) == now


seconds = st.integers(0, 4 * 3600)
entries = st.lists(
    st.builds(
        lambda second, key: Entry(MORNING.opens_at + timedelta(seconds=second), f"{key:02d}"),
        seconds,
        st.integers(0, 99),
    ),
    max_size=8,
)
hands = st.sampled_from([None, *AttendanceState])


def told(arrived: Sequence[Entry], by_hand: AttendanceState | None) -> AttendanceState | None:
    """As the server does it: one after the other, each once by its key and moment, the mark made anew each time."""
    known: dict[tuple[datetime, str], Entry] = {}
    mark = stands((), starts_at=MORNING.starts_at, by_hand=by_hand)
    for entry in arrived:
        known.setdefault((entry.at, entry.key), entry)
        mark = stands(known.values(), starts_at=MORNING.starts_at, by_hand=by_hand)
    return mark


@pytest.mark.slow
@given(entries, hands, st.data())
@settings(max_examples=300, deadline=None)
def test_any_order_and_repetition_of_scans_gives_the_same_attendance(
    scans: list[Entry], by_hand: AttendanceState | None, data: st.DataObject
) -> None:
    once = told(scans, by_hand)
    again = data.draw(st.lists(st.sampled_from(scans), max_size=8)) if scans else []
    assert told(data.draw(st.permutations(scans + again)), by_hand) is once
    assert once is (by_hand or (state_at(MORNING.starts_at, min(one.at for one in scans)) if scans else None))


@given(entries)
def test_the_first_entry_is_one_whatever_the_order(scans: list[Entry]) -> None:
    assert {first_entry(order) for order in list(permutations(scans[:4]))} == {first_entry(scans[:4])}


@given(st.integers(-86400, 2 * 86400), st.sampled_from(list(S)), st.booleans())
def test_nobody_is_admitted_outside_an_open_door(second: int, status: RegistrationStatus, is_in: bool) -> None:
    when = MORNING.starts_at + timedelta(seconds=second)
    session = session_at(DAY, when)
    said = judge(R.REGISTRATION, status, sessions=DAY, moment=when, session=session, is_in=is_in)
    assert session is None or session.has_open_door(when)
    assert said not in ADMITTED or session is not None


def test_the_desk_stands_and_says_when_it_says_otherwise() -> None:
    entry = [Entry(MORNING.starts_at, "a")]
    assert stands(entry, starts_at=MORNING.starts_at, by_hand=AttendanceState.ABSENT) is AttendanceState.ABSENT
    assert conflicts(AttendanceState.ABSENT, entry) and conflicts(AttendanceState.EXCUSED, entry)
    assert not conflicts(AttendanceState.ABSENT, []) and not conflicts(AttendanceState.LATE, entry)
