"""Letters to a chosen set: to whom, in which words, and once."""

from email.parser import BytesParser
from email.policy import SMTP

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests import factories as make
from tests.correspondence.sending import NINE, messages, somebody
from tests.correspondence.test_reminders import attend
from trainreg.audit.queries import history_of
from trainreg.correspondence import drafts
from trainreg.correspondence.choosing import Wanted, choose, wanted_from
from trainreg.correspondence.kinds import invented
from trainreg.correspondence.letters import problems_in, send
from trainreg.correspondence.refusals import HalfWritten, NobodyChosen, NothingWritten, UnknownPlaceholder
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.outbox.delivery import RefusedForGood, as_mail
from trainreg.outbox.models import Message
from trainreg.outbox.service import queue_draft
from trainreg.registration.rules import RegistrationRole, RegistrationStatus

S = RegistrationStatus
SUBJECT = {"en": "Lunch at {event}", "mn": "Өдрийн хоол"}
BODY = {"en": "Dear {name},\n\nwe meet {when}.\nReference {reference}\n{link}", "mn": "Эрхэм {name}, {place}."}


@pytest.fixture
def event(session: Session) -> Event:
    return make.event(starts=NINE)


def names(event: Event, **wanted: object) -> set[int]:
    return {one.id for one in choose(event, Wanted(**wanted)).reached}


def test_the_set_is_chosen_by_status_agency_role_group_and_attendance(event: Event) -> None:
    ministry = make.agency()
    office = make.agency("Labour office", parent_id=ministry.id)
    one = attend(somebody(event, agency=office))
    two = somebody(event, number=1, role=RegistrationRole.TRAINER, group="red")
    waiting = somebody(event, S.WAITLISTED, number=2, agency=ministry)
    assert names(event) == {one.id, two.id}
    assert names(event, status=None) == {one.id, two.id, waiting.id}
    assert names(event, status=None, agency=ministry.code) == {one.id, waiting.id}, "with all below it"
    assert names(event, role=RegistrationRole.TRAINER) == {two.id}
    assert names(event, group="red") == {two.id}
    assert names(event, attended=True) == {one.id} and names(event, attended=False) == {two.id}
    assert names(event, agency="nowhere") == set()


def test_a_filter_is_kept_and_read_again() -> None:
    wanted = Wanted(status=None, agency="labour", role=RegistrationRole.OBSERVER, group="red", attended=False)
    assert wanted_from(wanted.as_kept()) == wanted
    assert wanted_from({"standing": "flying", "role": "king", "attended": "perhaps"}) == Wanted(status=None)


def test_each_gets_their_own_words_in_their_language(event: Event) -> None:
    one, two = somebody(event), somebody(event, number=1, language="mn")
    letter = send(event, Wanted(), subject=SUBJECT, body=BODY, key="k1", by=make.STAFF)
    english, mongolian = messages("letter")
    assert (letter.recipients, letter.without_address) == (2, 0)
    assert english.subject == f"Lunch at {event.title['en']}"
    assert one.person.name in english.text and one.reference in english.text
    assert "10 March 2027, 09:00 (Asia/Ulaanbaatar)" in english.text
    assert english.link == f"r/{one.reference}" and f"/me/r/{one.reference}/" in english.text
    assert mongolian.text.startswith(f"Эрхэм {two.person.name}, Улаанбаатар.") and mongolian.link is None
    assert [line.sentence for line in history_of(event)] == ["Letter written to 2 people"]


def test_whose_language_has_no_text_gets_the_other(event: Event) -> None:
    somebody(event, language="mn")
    send(event, Wanted(), subject={"en": "Lunch"}, body={"en": "At noon."}, key="k1", by=make.STAFF)
    assert messages("letter")[0].subject == "Lunch" and messages("letter")[0].language == "en"


def test_pressed_twice_it_goes_out_once(event: Event) -> None:
    somebody(event)
    first, second = (
        send(event, Wanted(), subject={"en": "Lunch"}, body={"en": "At noon."}, key="same", by=make.STAFF)
        for _ in range(2)
    )
    assert first.id == second.id and len(messages("letter")) == 1


def test_a_letter_to_nobody_is_refused(event: Event) -> None:
    make.registration(event, make.person())
    with pytest.raises(NobodyChosen):
        send(event, Wanted(), subject={"en": "Lunch"}, body={"en": "At noon."}, key="k", by=make.STAFF)


@pytest.mark.parametrize(
    ("subject", "body", "problem", "field"),
    [
        ({}, {}, NothingWritten, "subject_en"),
        ({"en": "Lunch"}, {"mn": "Өдөр"}, NothingWritten, "subject_en"),
        ({"en": "Lunch", "mn": "Хоол"}, {"en": "At noon"}, HalfWritten, "body_mn"),
        ({"en": "Lunch"}, {"en": "Dear {nmae}"}, UnknownPlaceholder, "body_en"),
        ({"en": "Hello {who}"}, {"en": "Noon"}, UnknownPlaceholder, "subject_en"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    subject: dict[str, str], body: dict[str, str], problem: type[Refused], field: str
) -> None:
    (found,) = problems_in(subject, body)
    assert isinstance(found, problem) and found.field == field
    assert "%" not in str(found)


def test_an_unknown_placeholder_is_named() -> None:
    (found,) = problems_in({"en": "Lunch"}, {"en": "Ann { and {nmae}"})
    assert str(found).startswith("{nmae} stands for nothing. You can use {name}, {event}")


@pytest.mark.slow
def test_many_people_are_written_to_in_one_go(event: Event) -> None:
    ministry = make.agency()
    for number in range(150):
        make.registration(event, make.person(email=f"official{number}@example.org"), agency=ministry)
    letter = send(event, Wanted(), subject=SUBJECT, body=BODY, key="k1", by=make.STAFF)
    assert letter.recipients == 150
    assert len({message.recipient for message in messages("letter")}) == 150


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.text(max_size=200), st.text(max_size=80))
def test_whatever_is_typed_adds_no_header(session: Session, subject: str, body: str, name: str) -> None:
    registration = invented(make.event(starts=NINE))
    registration.person.family_name, registration.person.given_name = "", name
    draft = drafts.letter(
        {"en": subject + "\r\nBcc: all@example.org"},
        {"en": body + "{name}"},
        registration,
        key=f"k{subject!r}"[:100],
        to="a@b.example",
    )
    message: Message | None = queue_draft(draft)
    db.session.expunge_all()
    if message is None:
        return
    message.id = 1
    message.created_at = make.NOW
    try:
        mail = as_mail(message, sender="office@example.org", domain="example.org")
    except RefusedForGood:
        return
    read = BytesParser(policy=SMTP).parsebytes(mail.as_bytes())
    assert read["Bcc"] is None and len(read.get_all("To")) == 1 and len(read.get_all("Subject")) == 1
    assert [one.addr_spec for one in read["To"].addresses] == ["a@b.example"]
    assert all(len(line) <= 998 for line in mail.as_bytes().splitlines())
