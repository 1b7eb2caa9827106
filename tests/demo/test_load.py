"""What stands in the database once the demonstration is loaded."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from trainreg.accounts.queries import find_user_by_email
from trainreg.agencies.models import Agency
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import ATTENDED
from trainreg.attendance.unnamed import totals_of
from trainreg.audit.models import AuditEntry
from trainreg.certificates.models import Certificate
from trainreg.correspondence.models import Letter
from trainreg.demo import service
from trainreg.events.models import Event, Session
from trainreg.events.queries import get_event
from trainreg.kernel import clock
from trainreg.kernel.db import Base, db
from trainreg.outbox.models import Message
from trainreg.paper.models import SignInSheet
from trainreg.people.duplicates import note_pairs
from trainreg.people.models import Person
from trainreg.programme.models import Project
from trainreg.publications.models import Publication
from trainreg.registration.invitations import list_invitations
from trainreg.registration.models import Registration, RegistrationMove
from trainreg.registration.rules import RegistrationRole, RegistrationStatus, may_move

pytestmark = pytest.mark.usefixtures("loaded")


def of_reference(*columns: Any) -> Any:
    """Attended sessions of the reference project's participants."""
    return (
        select(*columns)
        .select_from(Attendance)
        .join(Attendance.registration)
        .join(Attendance.session)
        .join(Registration.event)
        .join(Event.project)
        .where(
            Project.code == "MN-2012",
            Registration.role == RegistrationRole.PARTICIPANT,
            Attendance.state.in_(ATTENDED),
        )
    )


def test_147_attendances_by_113_officials() -> None:
    assert db.session.scalar(of_reference(func.count(Attendance.registration_id.distinct()))) == 147
    assert db.session.scalar(of_reference(func.count(Registration.person_id.distinct()))) == 113


def test_224_person_days() -> None:
    assert db.session.scalar(of_reference(func.sum(Session.day_share))) == Decimal(224)


def test_officials_by_sex() -> None:
    per_person = of_reference(Registration.person_id, Registration.sex).distinct()
    assert Counter(sex.value for _, sex in db.session.execute(per_person)) == {
        "female": 57,
        "male": 52,
        "not_stated": 4,
    }


def test_attendances_by_agency_add_up() -> None:
    per_registration = of_reference(Registration.id, Registration.agency_id).distinct().subquery()
    agency_ids = db.session.scalars(select(per_registration.c.agency_id))
    by_code = Counter(db.session.get_one(Agency, agency_id).code for agency_id in agency_ids)
    assert by_code == {
        "mol": 25,
        "mia": 27,
        "gabp": 20,
        "moj": 16,
        "mfa": 15,
        "mpsd": 15,
        "missions": 9,
        "ngos": 10,
        "epc": 4,
        "dl-dornogobi": 2,
        "dl-umnugobi": 2,
        "dl-dornod": 2,
    }
    assert sum(by_code.values()) == 147


def test_everybody_is_marked_as_invented() -> None:
    assert set(db.session.scalars(select(Person.is_invented))) == {True}


def test_three_translated_publications_and_one_assessment() -> None:
    of_reference = Publication.project.has(code="MN-2012")
    kinds = db.session.execute(select(Publication.kind, Publication.translated_into).where(of_reference))
    assert Counter((kind.value, language) for kind, language in kinds) == {
        ("handbook", "mn"): 2,
        ("training_manual", "mn"): 1,
        ("assessment_report", None): 1,
    }


def test_every_move_of_the_ledger_is_legal_and_in_order() -> None:
    for registration in db.session.scalars(select(Registration)):
        before = None
        for move in registration.moves:
            assert move.from_status is before
            assert may_move(before, move.to_status)
            before = move.to_status
        assert before is registration.status
        assert [move.at for move in registration.moves] == sorted(move.at for move in registration.moves)


def test_nobody_was_decided_on_after_the_event_began_and_nothing_lies_in_the_future() -> None:
    for at, event in db.session.execute(
        select(RegistrationMove.at, Event)
        .select_from(RegistrationMove)
        .join(Registration, Registration.id == RegistrationMove.registration_id)
        .join(Registration.event)
    ):
        assert event.starts_at is not None
        assert at < event.starts_at
    for moment in (RegistrationMove.at, Attendance.marked_at, AuditEntry.at):
        latest = db.session.scalar(select(func.max(moment)))
        assert latest <= clock.now()


def test_only_the_training_for_trainers_has_certificates_35_of_them() -> None:
    certificates = db.session.scalars(select(Certificate)).all()
    assert {certificate.registration.event.slug for certificate in certificates} == {"training-for-trainers"}
    assert len(certificates) == 35
    assert {certificate.issued_at.year for certificate in certificates} == {2013}


def test_mail_is_written_only_about_events_still_to_come() -> None:
    slugs = {
        db.session.get_one(Registration, key).event.slug
        for key in db.session.scalars(select(Message.registration_id).where(Message.registration_id.is_not(None)))
    }
    assert slugs == {"demo-interviewing-skills", "demo-helpline-briefing", "demo-referral-of-victims"}


def test_guests_were_counted_without_names_and_a_sheet_went_round() -> None:
    event = get_event("demo-labour-statistics")
    assert sum(totals_of(event).values()) == 19
    sheet = db.session.scalars(select(SignInSheet)).one()
    assert (sheet.event_id, len(sheet.people) > 5) == (event.id, True)


def test_the_open_event_has_places_and_the_full_one_has_none() -> None:
    def confirmed(event: Event) -> int:
        taken = select(func.count()).where(
            Registration.event_id == event.id,
            Registration.status == RegistrationStatus.CONFIRMED,
            Registration.role == RegistrationRole.PARTICIPANT,
        )
        return db.session.scalar(taken) or 0

    open_event, full = get_event("demo-interviewing-skills"), get_event("demo-helpline-briefing")
    assert open_event.capacity is not None
    assert 0 < confirmed(open_event) < open_event.capacity
    assert confirmed(full) == full.capacity


def test_every_sign_in_opens_an_account_with_its_role() -> None:
    for entry in service.sign_ins():
        user = find_user_by_email(entry.email)
        assert user is not None
        assert {grant.role.value for grant in user.grants} == {entry.role}


def test_loading_twice_changes_nothing() -> None:
    def everything() -> dict[str, int]:
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }

    before = everything()
    summary = service.load()
    assert not summary.is_new
    assert (summary.people, summary.registrations, summary.certificates) == (177, 244, 35)
    assert everything() == before


def test_is_loaded_says_so(loaded: Flask) -> None:
    assert service.is_loaded()
    assert not service.holds_other_data()


def test_invitations_a_letter_and_a_likely_pair_show_what_those_pages_are_for(loaded: Flask) -> None:
    event = get_event("demo-interviewing-skills")
    assert Counter(one.most_uses for one in list_invitations(event)) == {1: 2, 4: 1}
    (letter,) = db.session.scalars(select(Letter))
    told = db.session.scalars(select(Message).where(Message.letter_id == letter.id)).all()
    assert letter.event_id == event.id and len(told) == letter.recipients > 1
    typed = db.session.scalars(select(Person).where(Person.given_name == "Баярма")).one()
    (pair,) = note_pairs(typed)
    assert {pair.person_a.name, pair.person_b.name} == {"Пүрэвсүрэнгийн Баярма", "Пүрэвсүрэнгийн Баярмаа"}
