"""Calendars: one entry per event, right in every time zone, replaced when it changes, taken away when it is off."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from icalendar import Event as Entry

from tests import factories as make
from tests.events.typed import FIRST, event_details, session_details, sessions_of
from tests.world import World
from trainreg.events import service
from trainreg.events.calendar import Attendee, Attending, Method, calendar_of, uid_of
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel.db import db


@pytest.fixture
def event(world: World) -> Event:
    """Two mornings, public."""
    event = service.create_event(
        world.project, event_details(), [session_details(0), session_details(1)], by=make.STAFF
    )
    return service.open_event(event, by=make.STAFF)


def entry(content: bytes) -> Entry:
    """The one entry of a file."""
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    assert isinstance(found, Entry)
    return found


@pytest.mark.parametrize(("zone", "clock"), [("Asia/Ulaanbaatar", 9), ("Asia/Hovd", 8), ("Europe/Vienna", 2)])
def test_an_entry_is_right_on_the_clock_of_its_place(world: World, zone: str, clock: int) -> None:
    event = make.event(world.project, starts=FIRST, timezone=zone, days=2)
    read = entry(calendar_of([event], "en"))
    assert read.start.astimezone(ZoneInfo(zone)).hour == clock
    assert read.start == FIRST and read.end == FIRST + timedelta(days=1, hours=7)
    assert f"1 March 2027, {clock:02}:00–{clock + 3:02}:00 Session" in read["description"]
    assert f"on the clock of {zone}" in read["description"]


def test_summer_time_that_was_is_kept(world: World) -> None:
    """Mongolia kept summer time until 2016: nine o'clock in Ulaanbaatar was midnight UTC then."""
    nine = datetime(2016, 7, 4, 9, tzinfo=ZoneInfo("Asia/Ulaanbaatar"))
    event = make.event(world.project, starts=nine.astimezone(UTC))
    db.session.expire(event)
    read = entry(calendar_of([event], "en"))
    assert read.start == datetime(2016, 7, 4, 0, tzinfo=UTC)
    assert "09:00–12:00" in read["description"]


def test_the_text_speaks_the_language_that_was_asked_for(world: World) -> None:
    event = make.event(world.project, place={"en": "Hall A; room 2, left", "mn": "А танхим"})
    assert entry(calendar_of([event], "mn"))["summary"] == event.title["mn"]
    assert entry(calendar_of([event], "mn"))["location"] == "А танхим"
    assert entry(calendar_of([event], "en"))["location"] == "Hall A; room 2, left"
    assert f"/e/{event.slug}" in entry(calendar_of([event], "en"))["url"]


def test_nothing_that_is_typed_breaks_out_of_its_line(world: World) -> None:
    evil = 'End"\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:stolen'
    event = make.event(world.project, title={"en": evil}, summary={"en": evil}, place={"en": evil})
    world.project.organisation = {"en": evil}
    attendee = Attendee(evil, "bolor@example.org")
    read = entry(calendar_of([event], "en", method=Method.REQUEST, attendee=attendee, note=evil))
    assert read["uid"] == uid_of(event)


def test_the_version_rises_when_time_place_title_or_status_change(event: Event) -> None:
    uid, version = uid_of(event), event.sequence
    same = {"title": event.title, "place": event.place}

    def rises(details: dict[str, object], sessions: list[service.SessionDetails]) -> bool:
        nonlocal version
        service.edit_event(event, event_details(**details), sessions, by=make.STAFF)
        before, version = version, event.sequence
        return version == before + 1

    assert not rises(same, sessions_of(event))
    assert not rises(same | {"summary": {"en": "More words"}, "capacity": 12}, sessions_of(event))
    assert rises(same | {"title": {"en": "Border workshop"}}, sessions_of(event))
    same["title"] = event.title
    assert rises(same | {"place": {"en": "Zamyn-Uud"}}, sessions_of(event))
    same["place"] = event.place
    assert rises(same, [*sessions_of(event), session_details(2)])
    assert rises(same, sessions_of(event)[:2])
    service.close_event(event, by=make.STAFF)
    assert event.sequence == version + 1
    service.close_event(event, by=make.STAFF)
    assert event.sequence == version + 1
    service.cancel_event(event, by=make.STAFF)
    read = entry(calendar_of([event], "en"))
    assert (read["uid"], read["sequence"], read["status"]) == (uid, version + 2, "CANCELLED")
    assert read["summary"] == "Called off: Border workshop"
    assert read["dtstamp"].dt == event.changed_at.replace(microsecond=0)


def test_a_session_that_is_called_off_is_said_and_not_counted(event: Event) -> None:
    event.sessions[1].status = SessionStatus.CANCELLED
    read = entry(calendar_of([event], "en"))
    assert read.end == event.sessions[0].ends_at
    assert "2 March 2027, 09:00–12:00 (called off)" in read["description"]


def test_an_event_without_a_day_has_no_entry(world: World) -> None:
    event = make.event(world.project, days=0)
    assert Calendar.from_ical(calendar_of([event], "en")).walk("VEVENT") == []


def test_a_file_for_one_person_asks_and_takes_back(event: Event) -> None:
    bolor = Attendee("Болор", "bolor@example.org")
    asked = calendar_of([event], "mn", method=Method.REQUEST, attendee=bolor, sequence=event.sequence + 1)
    taken = calendar_of([event], "mn", method=Method.CANCEL, attendee=bolor, sequence=event.sequence + 2)
    assert Calendar.from_ical(asked)["method"] == "REQUEST" and Calendar.from_ical(taken)["method"] == "CANCEL"
    first, last = entry(asked), entry(taken)
    assert first["uid"] == last["uid"] == uid_of(event)
    assert (first["status"], last["status"]) == ("CONFIRMED", "CANCELLED")
    assert last["sequence"] == first["sequence"] + 1
    assert str(first["attendee"]) == "mailto:bolor@example.org"
    assert first["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert str(first["organizer"]).startswith("mailto:") and event.status is EventStatus.OPEN
    waiting = Attendee("Болор", "bolor@example.org", Attending.TENTATIVE)
    assert entry(calendar_of([event], "mn", method=Method.REQUEST, attendee=waiting))["status"] == "TENTATIVE"
