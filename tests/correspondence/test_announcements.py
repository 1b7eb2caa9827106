"""People are told what changed: what was and what is, once, however often it was corrected."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories as make
from tests.correspondence.sending import messages, moved, somebody
from tests.events.typed import event_details
from trainreg.correspondence import announcements
from trainreg.correspondence.models import Announcement
from trainreg.correspondence.rules import AnnouncementState
from trainreg.correspondence.tasks import write_news
from trainreg.events import service
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.registration.rules import RegistrationStatus

S = RegistrationStatus
LATER = timedelta(minutes=11)


@pytest.fixture
def event(session: Session) -> Event:
    return make.event(make.project(ends_on=clock.now().date() + timedelta(days=400)))


def edit(event: Event, by: timedelta = timedelta(0), **values: object) -> None:
    same = {"title": event.title, "place": event.place}
    service.edit_event(event, event_details(**{**same, **values}), moved(event, by), by=make.STAFF)


def told() -> int:
    """The worker, once the changes have settled."""
    db.session.commit()
    with time_machine.travel(clock.now() + LATER):
        return write_news()


def states() -> list[AnnouncementState]:
    return list(db.session.scalars(select(Announcement.state).order_by(Announcement.id)))


@pytest.mark.parametrize("language", ["en", "mn"])
def test_a_new_hour_and_place_are_told_with_what_was(event: Event, language: str) -> None:
    registration = somebody(event, language=language)
    edit(event, timedelta(hours=1), place={"en": "Khovd", "mn": "Ховд"})
    told()
    (message,) = messages("event_changed")
    old, new = {"en": ("Ulaanbaatar", "Khovd"), "mn": ("Улаанбаатар", "Ховд")}[language]
    for part in (message.text, message.html):
        assert old in part and new in part
        assert {"en": "Until now:", "mn": "Өмнө нь:"}[language] in part
    assert "METHOD:REQUEST" in (message.calendar or "")
    assert f"SEQUENCE:{event.sequence + len(registration.moves)}" in (message.calendar or "")


def test_changes_that_follow_one_another_are_told_together(event: Event) -> None:
    somebody(event)
    edit(event, timedelta(hours=1))
    edit(event, timedelta(hours=1))
    told()
    told()
    assert len(messages("event_changed")) == 1
    assert states() == [AnnouncementState.TOLD]


def test_a_slip_put_right_is_told_to_nobody(event: Event) -> None:
    somebody(event)
    edit(event, timedelta(hours=1))
    edit(event, timedelta(hours=-1))
    told()
    assert messages() == [] and states() == [AnnouncementState.DROPPED]


def test_only_those_who_knew_it_otherwise_are_told(event: Event) -> None:
    for status in (S.CONFIRMED, S.WAITLISTED, S.REQUESTED, S.DECLINED, S.CANCELLED):
        somebody(event, status)
    edit(event, title={"en": "A new title"})
    somebody(event, number=9, created_at=clock.now() + timedelta(minutes=1))
    told()
    found = messages("event_changed")
    assert sorted(one.recipient.rpartition(".confirmed")[1] for one in found) == ["", "", ".confirmed"]
    assert [bool(one.calendar) for one in found] == [True, False, False], "only who has a place has it in a calendar"


def test_words_about_it_and_places_are_no_news(event: Event) -> None:
    somebody(event)
    edit(event, summary={"en": "More about it"}, capacity=9)
    told()
    assert messages() == [] and states() == []


def test_an_event_that_is_over_is_told_to_nobody(event: Event) -> None:
    somebody(event)
    for session in event.sessions:
        session.starts_at, session.ends_at = (
            moment - timedelta(days=30) for moment in (session.starts_at, session.ends_at)
        )
    db.session.flush()
    edit(event, title={"en": "Put right for the record"})
    assert states() == []


def test_the_desk_can_hurry_or_hold_it_back(event: Event) -> None:
    somebody(event)
    edit(event, title={"en": "A new title"})
    announcements.tell_now(db.session.scalars(select(Announcement)).one(), by=make.STAFF)
    db.session.commit()
    write_news()
    assert len(messages("event_changed")) == 1
    edit(event, title={"en": "Another title"})
    waiting = db.session.scalars(select(Announcement).where(Announcement.state == AnnouncementState.PENDING)).one()
    announcements.drop(waiting, by=make.STAFF)
    told()
    assert len(messages("event_changed")) == 1
    with pytest.raises(announcements.ToldAlready):
        announcements.drop(waiting, by=make.STAFF)


def test_a_called_off_event_tells_all_at_once_and_leaves_their_calendars(event: Event) -> None:
    statuses = (S.CONFIRMED, S.WAITLISTED, S.REQUESTED, S.INVITED, S.DECLINED)
    people = {status: somebody(event, status) for status in statuses}
    edit(event, timedelta(hours=1))
    service.cancel_event(event, by=make.STAFF)
    db.session.commit()
    write_news()
    told()
    found = messages()
    assert {one.kind for one in found} == {"event_called_off"}
    assert {one.registration_id for one in found} == {people[status].id for status in statuses[:4]}
    with_file = [one for one in found if one.calendar]
    assert [one.registration_id for one in with_file] == [people[S.CONFIRMED].id]
    assert "METHOD:CANCEL" in (with_file[0].calendar or "") and "STATUS:CANCELLED" in (with_file[0].calendar or "")
    assert {people[status].status for status in statuses} == set(statuses), "where people stand stays as it was"


def test_a_worker_that_was_killed_goes_on_where_it_was(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [somebody(event, number=number) for number in range(5)]
    monkeypatch.setattr(announcements, "BATCH", 2)
    service.cancel_event(event, by=make.STAFF)
    db.session.commit()
    due = announcements.find_due()
    assert due is not None
    announcements.write_some(due)
    db.session.commit()
    announcements.write_some(due)
    db.session.rollback()
    write_news()
    assert sorted(one.registration_id or 0 for one in messages()) == sorted(one.id for one in people)


def test_facts_survive_being_kept(event: Event) -> None:
    facts = announcements.facts_of(event)
    assert announcements.read(announcements.kept(facts)) == facts
    assert announcements.read(announcements.kept(replace(facts, sessions=()))).starts_at is None
