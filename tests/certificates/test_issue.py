"""Issuing certificates: to those who earned them, once, with facts that never change again."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests import designed
from tests import factories as make
from tests.certificates.attending import attend, past_event
from tests.world import World
from trainreg.attendance.rules import AttendanceState
from trainreg.audit.models import AuditEntry
from trainreg.certificates import service
from trainreg.certificates.designs import gallery
from trainreg.certificates.designs.schema import canonical
from trainreg.certificates.editor.models import CertificatePlan
from trainreg.certificates.facts import sha256_of
from trainreg.certificates.models import Certificate, RegisterCounter
from trainreg.certificates.queries import facts_of, list_candidates
from trainreg.certificates.render import draw
from trainreg.certificates.rules import CertificateKind, CertificateState
from trainreg.events.models import Event
from trainreg.events.rules import EventKind, EventStatus, SessionStatus
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.registration.rules import RegistrationRole, RegistrationStatus


@pytest.fixture
def event(world: World) -> Event:
    """Two days in March, four sessions of three hours."""
    return past_event(world.project)


def issue(event: Event) -> service.Issued:
    issued = service.issue(event, by=make.STAFF)
    db.session.commit()
    return issued


def test_everybody_who_attended_enough_gets_one(world: World, event: Event) -> None:
    bolor, tuya = make.registration(event, world.bolor), make.registration(event, world.tuya)
    attend(bolor, 4)
    attend(tuya, 3)

    issued = issue(event)

    assert [certificate.registration for certificate in issued.certificates] == [bolor]
    assert issued.not_eligible == 1
    (certificate,) = issued.certificates
    assert certificate.register_number == f"{world.project.code}/0001"
    assert certificate.state is CertificateState.ISSUED
    assert certificate.kind is CertificateKind.ATTENDANCE
    assert certificate.facts_sha256 == sha256_of(certificate.facts)


def test_the_paper_says_what_the_records_said(world: World, event: Event) -> None:
    attend(make.registration(event, world.bolor), 4)

    facts = facts_of(issue(event).certificates[0])

    assert facts.names == {"en": world.bolor.latin_name, "mn": "Батын Болор"}
    assert facts.event_title == event.title
    assert (facts.hours_attended, facts.hours_planned) == (Decimal(12), Decimal(12))
    assert (facts.days_attended, facts.days_planned) == (Decimal(2), Decimal(2))
    assert [signatory.name["en"] for signatory in facts.signatories] == ["B. Director", "S. Minister"]
    assert facts.verify_url == f"http://localhost/v/{facts.code}"
    assert not facts.is_invented


def test_the_record_names_the_design_that_draws_it(world: World, event: Event) -> None:
    own = designed.design(
        content=canonical(gallery.GALLERY["modern"]), slug="a-design-of-the-ministry-with-a-very-long-name"
    )
    title = {**gallery.GALLERY["modern"].title, "en": "Ours"}
    version = designed.design_version(own, canonical(replace(gallery.GALLERY["modern"], title=title)), 3)
    attend(make.registration(event, world.bolor), 4)
    usual = issue(event).certificates[0]
    db.session.add(CertificatePlan(event=event, design_sha256=version.sha256, languages=["en", "mn"]))
    attend(make.registration(event, world.tuya), 4)
    chosen = issue(event).certificates[0]

    assert (usual.design, facts_of(usual).design) == ("formal", "formal")
    assert chosen.design == facts_of(chosen).design == "a-design-of-the-ministry-with-a-3"
    assert facts_of(chosen).design_sha256 == version.sha256


def test_the_certificate_name_confirmed_by_the_person_is_printed(world: World, event: Event) -> None:
    world.bolor.certificate_name = {"en": "Dr. Bolor Bat"}
    attend(make.registration(event, world.bolor), 4)

    assert facts_of(issue(event).certificates[0]).names == {"en": "Dr. Bolor Bat", "mn": "Батын Болор"}


def test_late_counts_and_excused_does_not(world: World, event: Event) -> None:
    late, excused = make.registration(event, world.bolor), make.registration(event, world.tuya)
    attend(late, 4, AttendanceState.LATE)
    attend(excused, 4, AttendanceState.EXCUSED)

    assert [certificate.registration for certificate in issue(event).certificates] == [late]


def test_a_cancelled_session_is_nobodys_fault(world: World, event: Event) -> None:
    attend(make.registration(event, world.bolor), 3)
    event.sessions[3].status = SessionStatus.CANCELLED

    (certificate,) = issue(event).certificates

    assert facts_of(certificate).hours_planned == Decimal(9)


def test_only_confirmed_participants_earn_one(world: World, event: Event) -> None:
    for role in (RegistrationRole.OBSERVER, RegistrationRole.ORGANIZER):
        attend(make.registration(event, role=role), 4)
    for status in set(RegistrationStatus) - {RegistrationStatus.CONFIRMED}:
        attend(make.registration(event, status=status), 4)

    assert issue(event).certificates == []


@pytest.mark.parametrize("role", [RegistrationRole.TRAINER, RegistrationRole.RESOURCE_PERSON])
def test_who_helped_is_thanked_for_one_session(event: Event, role: RegistrationRole) -> None:
    helper = make.registration(event, role=role)
    attend(helper, 1)
    make.registration(event, role=role)

    (certificate,) = issue(event).certificates

    assert certificate.registration is helper
    assert certificate.kind is CertificateKind.APPRECIATION


def test_an_event_without_sessions_earns_nobody_one(world: World, event: Event) -> None:
    make.registration(event, world.bolor)
    event.sessions.clear()

    (candidate,) = list_candidates(event)

    assert candidate.verdict.share is None
    assert issue(event).certificates == []


def test_issuing_twice_issues_once(world: World, event: Event) -> None:
    attend(make.registration(event, world.bolor), 4)
    issue(event)

    again = issue(event)

    assert (again.certificates, again.already) == ([], 1)
    assert len(db.session.scalars(select(Certificate)).all()) == 1


def test_a_latecomer_gets_the_next_number(world: World, event: Event) -> None:
    attend(make.registration(event, world.bolor), 4)
    issue(event)
    attend(make.registration(event, world.tuya), 4)

    assert issue(event).certificates[0].register_number == f"{world.project.code}/0002"


def test_each_project_has_its_own_series(world: World, event: Event) -> None:
    elsewhere = past_event(world.other_project)
    attend(make.registration(event, world.bolor), 4)
    attend(make.registration(elsewhere, world.bolor), 4)
    issue(event)

    assert issue(elsewhere).certificates[0].register_number == f"{world.other_project.code}/0001"


def test_a_revoked_certificate_is_not_quietly_issued_again(world: World, event: Event) -> None:
    attend(make.registration(event, world.bolor), 4)
    service.revoke(issue(event).certificates[0], reason="Issued by mistake", by=make.STAFF)

    assert issue(event).certificates == []


def test_a_name_that_cannot_be_drawn_is_refused_and_the_others_are_issued(world: World, event: Event) -> None:
    world.tuya.certificate_name = {"en": "Tuya 王"}
    refused, fine = make.registration(event, world.tuya), make.registration(event, world.bolor)
    attend(refused, 4)
    attend(fine, 4)

    issued = issue(event)

    assert [certificate.registration for certificate in issued.certificates] == [fine]
    assert [(who.registration, who.flaws[0].characters) for who in issued.undrawable] == [(refused, "王")]
    assert db.session.scalar(select(RegisterCounter.last_number)) == 1


def test_a_cancelled_event_certifies_nothing(event: Event) -> None:
    event.status = EventStatus.CANCELLED

    with pytest.raises(service.EventWasCancelled):
        issue(event)


def test_training_of_trainers_makes_trainers(world: World) -> None:
    training = past_event(world.project, kind=EventKind.TRAINING_OF_TRAINERS)
    attend(make.registration(training, world.bolor), 4)

    assert issue(training).certificates[0].kind is CertificateKind.TRAINER


def test_nothing_that_happens_later_changes_an_issued_certificate(world: World, event: Event) -> None:
    registration = make.registration(event, world.bolor)
    attend(registration, 4)
    (certificate,) = issue(event).certificates
    record, printed = certificate.facts, draw(facts_of(certificate))

    world.bolor.given_name, world.bolor.certificate_name = "Цэцэг", {"en": "Somebody Else", "mn": "Өөр Хүн"}
    event.title, event.place = {"en": "Another title"}, {"en": "Elsewhere"}
    event.sessions[0].starts_at += timedelta(days=30)
    event.sessions[0].ends_at += timedelta(days=30)
    world.project.title = world.project.organisation = {"en": "Renamed"}
    for signatory in list(world.project.signatories):
        db.session.delete(signatory)
    attend(registration, 4, AttendanceState.ABSENT)
    registration.status = RegistrationStatus.CANCELLED
    db.session.commit()
    issue(event)
    db.session.expire_all()

    assert certificate.facts == record
    assert draw(facts_of(certificate)) == printed


def test_the_person_is_told_where_the_certificate_is(world: World, event: Event) -> None:
    attend(make.registration(event, world.bolor, language="mn"), 4)
    attend(make.registration(event, world.tuya), 4)
    (certificate,) = (c for c in issue(event).certificates if c.registration.person is world.bolor)

    (message,) = db.session.scalars(select(Message).where(Message.kind == "certificate_ready"))

    assert message.recipient == "bolor@example.org"
    assert certificate.register_number in message.text
    assert f"http://localhost/v/{certificate.code}" in message.text


def test_the_log_names_numbers_and_no_people(world: World, event: Event) -> None:
    attend(make.registration(event, world.bolor), 4)
    issue(event)

    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action.startswith("certificate"))).all()

    assert {entry.action for entry in entries} == {"certificate.issued", "certificates.issued"}
    assert "Болор" not in json.dumps([entry.facts for entry in entries], ensure_ascii=False)
