"""Mails that lead to tests and evaluations: the reminder, the thanks, and a follow-up months later, once."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from tests import factories as make
from tests.correspondence.sending import NINE, event_at, messages, somebody
from tests.factories import STAFF
from tests.pages import Pages
from trainreg.assessment import evaluating, service
from trainreg.assessment.opinions import EvaluationState, When
from trainreg.assessment.queries import plan_of
from trainreg.assessment.ready_made import READY_MADE
from trainreg.assessment.rules import Occasion
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.correspondence.rules import follow_up_due
from trainreg.correspondence.tasks import remind_and_thank
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole
from trainreg.web.links import sign_link, signature_of

DAY = timedelta(days=1)
THREE_MONTHS = datetime(2027, 6, 10, 3, 0, tzinfo=NINE.tzinfo)


@pytest.fixture
def event(session: Session) -> Event:
    return event_at(NINE)


def at(moment: datetime) -> int:
    db.session.commit()
    with time_machine.travel(moment, tick=False):
        return remind_and_thank()


def came(event: Event, **values: object) -> Registration:
    registration = somebody(event, **values)
    mark = {"session_id": event.sessions[0].id, "state": AttendanceState.PRESENT, "source": Source.DESK}
    db.session.add(Attendance(registration_id=registration.id, marked_at=make.NOW, **mark))
    return registration


def evaluates(event: Event, when: When = When.AFTER) -> None:
    evaluating.set_items(event, when, READY_MADE[when], by=STAFF)
    if when is When.AFTER:
        evaluating.open_evaluation(event, when, by=STAFF)


def test_the_reminder_leads_to_an_open_pre_test(event: Event, pages: Pages) -> None:
    who = somebody(event)
    make.posed(event)
    service.open_test(event, Occasion.PRE, by=STAFF)
    at(NINE - DAY)
    [mail] = messages("event_reminder")
    own = f"/me/t/{who.reference}/"
    assert "pre-test" in mail.text and f"{own}unsigned" in mail.text, "kept unsigned"
    sent = sign_link(mail.text, mail.link)
    assert f"{own}{signature_of(f't/{who.reference}')}" in sent and "unsigned" not in sent
    assert "/me/t/" in mail.html


def test_the_thanks_lead_to_the_evaluation(event: Event) -> None:
    came(event)
    came(event, number=1, role=RegistrationRole.TRAINER)
    evaluates(event)
    service.set_conditions(event, pass_mark=None, needs_evaluation=True, by=STAFF)
    assert at(NINE + DAY + timedelta(hours=1)) == 2
    participant, trainer = messages("event_thanks")
    assert "/me/t/" in participant.text and "asks for the evaluation" in participant.text
    assert "/me/t/" not in trainer.text, "trainers do not evaluate"


def test_without_anything_open_mails_are_as_they_were(event: Event) -> None:
    came(event)
    at(NINE + DAY + timedelta(hours=1))
    assert "/me/t/" not in messages("event_thanks")[0].text


def test_the_follow_up_is_sent_once_to_participants_who_came(event: Event) -> None:
    who = came(event)
    somebody(event, number=1)
    came(event, number=2, role=RegistrationRole.TRAINER)
    evaluates(event, When.FOLLOW_UP)
    evaluating.set_follow_up(event, 3, by=STAFF)
    assert at(THREE_MONTHS - DAY) == 0
    assert at(THREE_MONTHS) == 1 and at(THREE_MONTHS + DAY) == 0
    [mail] = messages("evaluation_follow_up")
    assert mail.registration_id == who.id and mail.link == f"t/{who.reference}"
    assert f"/me/t/{who.reference}/" in mail.text and "/me/r/" not in mail.text
    assert plan_of(event.id).evaluations[When.FOLLOW_UP] is EvaluationState.OPEN


@pytest.mark.parametrize("why", ["no thanks", "never", "closed", "no questions", "answered", "night", "late"])
def test_when_no_follow_up_is_sent(event: Event, why: str) -> None:
    who = came(event)
    if why != "no questions":
        evaluates(event, When.FOLLOW_UP)
    evaluating.set_follow_up(event, None if why == "never" else 3, by=STAFF)
    event.sends_thanks = why != "no thanks"
    if why in {"closed", "answered"}:
        evaluating.open_evaluation(event, When.FOLLOW_UP, by=STAFF)
        item = evaluating.list_items(event.id, When.FOLLOW_UP)[0]
        evaluating.hand_in(who, When.FOLLOW_UP, {item.id: 4})
        if why == "closed":
            came(event, number=1)
            evaluating.close_evaluation(event, When.FOLLOW_UP, by=STAFF)
    moment = {"night": THREE_MONTHS + timedelta(hours=12), "late": THREE_MONTHS + 31 * DAY}.get(why, THREE_MONTHS)
    assert at(moment) == 0 and messages("evaluation_follow_up") == []


@pytest.mark.parametrize(
    ("ends", "months", "due"),
    [
        (datetime(2026, 11, 30, 8, 0, tzinfo=NINE.tzinfo), 3, datetime(2027, 2, 28, 2, 0, tzinfo=NINE.tzinfo)),
        (datetime(2026, 8, 31, 8, 0, tzinfo=NINE.tzinfo), 6, datetime(2027, 2, 28, 2, 0, tzinfo=NINE.tzinfo)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=NINE.tzinfo), 3, datetime(2027, 4, 1, 2, 0, tzinfo=NINE.tzinfo)),
    ],
)
def test_months_on_the_calendar_of_the_place(ends: datetime, months: int, due: datetime) -> None:
    zone = "Asia/Ulaanbaatar"
    assert not follow_up_due(ends, zone, months, due - timedelta(seconds=1))
    assert follow_up_due(ends, zone, months, due)
    assert not follow_up_due(ends, zone, months, due + timedelta(days=30))
