"""Reminders before an event and thanks after it: each once, at a sensible hour, to those it is for."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from tests import factories as make
from tests.correspondence.sending import NINE, event_at, messages, somebody
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.correspondence import reminders
from trainreg.correspondence.tasks import remind_and_thank
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus
from trainreg.registration.service import cancel, confirm

S = RegistrationStatus
DAY = timedelta(days=1)


@pytest.fixture
def event(session: Session) -> Event:
    return event_at(NINE)


def at(moment: datetime) -> int:
    """One round of the worker at that moment."""
    db.session.commit()
    with time_machine.travel(moment, tick=False):
        return remind_and_thank()


def test_the_confirmed_are_reminded_a_week_and_a_day_before(event: Event) -> None:
    registration = somebody(event)
    for status in (S.REQUESTED, S.WAITLISTED, S.DECLINED, S.CANCELLED):
        somebody(event, status)
    assert at(NINE - 8 * DAY) == 0
    assert at(NINE - 7 * DAY) == 1
    assert at(NINE - 7 * DAY + timedelta(hours=1)) == 0
    assert at(NINE - 1 * DAY) == 1
    assert at(NINE) == 0 and at(NINE + DAY) == 0
    assert {message.registration_id for message in messages()} == {registration.id}
    first, second = messages("event_reminder")
    assert "In 7 days" in first.subject and "Tomorrow" in second.subject
    assert "METHOD:REQUEST" in (second.calendar or "") and second.link == f"r/{registration.reference}"


def test_a_reminder_that_was_missed_says_how_many_days_are_left(event: Event) -> None:
    somebody(event)
    at(NINE - 4 * DAY)
    assert "In 4 days" in messages("event_reminder")[0].subject


def test_nobody_is_woken_at_night(event: Event) -> None:
    somebody(event)
    assert at(NINE - 6 * DAY - timedelta(hours=5)) == 0
    assert at(NINE - 6 * DAY) == 1


def test_whoever_is_confirmed_later_gets_the_next_reminder_only(event: Event) -> None:
    with time_machine.travel(NINE - 6 * DAY, tick=False):
        confirm(somebody(event, S.REQUESTED), by=make.STAFF)
    assert at(NINE - 6 * DAY) == 0
    assert at(NINE - 1 * DAY) == 1


def test_a_place_given_back_and_taken_again_is_reminded_of_once(event: Event) -> None:
    registration = somebody(event)
    at(NINE - 7 * DAY)
    with time_machine.travel(NINE - 6 * DAY, tick=False):
        cancel(registration, by=make.STAFF)
        confirm(registration, by=make.STAFF)
    at(NINE - 6 * DAY + timedelta(hours=1))
    assert len(messages("event_reminder")) == 1


def test_an_event_that_moved_reminds_of_its_new_day(event: Event) -> None:
    somebody(event)
    at(NINE - 7 * DAY)
    for session in event.sessions:
        session.starts_at, session.ends_at = session.starts_at + 14 * DAY, session.ends_at + 14 * DAY
    assert at(NINE + 7 * DAY) == 1


def test_what_is_set_holds(event: Event) -> None:
    somebody(event)
    event.reminder_days = [3]
    assert at(NINE - 7 * DAY) == 0 and at(NINE - 3 * DAY) == 1
    event.reminder_days = []
    assert at(NINE - 1 * DAY) == 0


def test_a_called_off_event_reminds_nobody(event: Event) -> None:
    somebody(event)
    event.status = EventStatus.CANCELLED
    assert at(NINE - 1 * DAY) == 0


def test_a_worker_that_was_killed_between_two_batches_goes_on(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [somebody(event, number=number) for number in range(5)]
    monkeypatch.setattr(reminders, "BATCH", 2)
    db.session.commit()
    with time_machine.travel(NINE - DAY, tick=False):
        assert reminders.write_reminders(event.id) == 2
        db.session.commit()
        assert reminders.write_reminders(event.id) == 2
        db.session.rollback()  # killed before its commit
    assert at(NINE - DAY) == 3
    assert sorted(one.registration_id or 0 for one in messages()) == sorted(one.id for one in people)


def attend(registration: Registration, state: AttendanceState = AttendanceState.PRESENT) -> Registration:
    session = registration.event.sessions[0]
    values = {"state": state, "source": Source.DESK, "marked_at": make.NOW}
    db.session.add(Attendance(registration_id=registration.id, session_id=session.id, **values))
    return registration


@pytest.mark.parametrize("language", ["en", "mn"])
def test_those_who_came_are_thanked_once_and_told_about_the_certificate(event: Event, language: str) -> None:
    came = attend(somebody(event, language=language))
    attend(somebody(event, number=1), AttendanceState.ABSENT)
    somebody(event, number=2)
    end = event.ends_at
    assert end is not None
    assert at(end + timedelta(hours=1)) == 0
    assert at(NINE + DAY + timedelta(hours=1)) == 1
    assert at(NINE + DAY + timedelta(hours=2)) == 0
    attend(somebody(event, number=3), AttendanceState.LATE)
    assert at(NINE + 2 * DAY + timedelta(hours=1)) == 1, "noted late"
    first = messages("event_thanks")[0]
    assert first.registration_id == came.id and "80" in first.text
    assert {"en": "Thank you for taking part.", "mn": "Оролцсонд баярлалаа."}[language] in first.text


def test_thanks_can_be_left_out(event: Event) -> None:
    attend(somebody(event))
    event.sends_thanks = False
    assert at(NINE + DAY + timedelta(hours=1)) == 0


def test_an_event_long_over_thanks_nobody(event: Event) -> None:
    attend(somebody(event))
    assert at(NINE + 12 * DAY) == 0
