"""Papers for the ceremony: printed before the last day, and valid only once attendance has earned them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests import factories as make
from tests.certificates.attending import attend
from tests.pages import Pages
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.issuing import ceremony, jobs
from trainreg.certificates.issuing.refusals import BeginsLater, NotOverYet
from trainreg.certificates.issuing.rules import JobAction
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.certificates.rules import CertificateState
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.registration.models import Registration


def later() -> datetime:
    return datetime.now(UTC) + timedelta(days=3)


def prepare(event: Event) -> list[Certificate]:
    found = service.issue(event, by=make.STAFF, foreseen=True).certificates
    db.session.commit()
    return found


@pytest.fixture
def bolor(world: World, under_way: Event) -> Registration:
    """Came on the first day."""
    registration = make.registration(under_way, world.bolor)
    attend(registration, 2)
    return registration


def test_a_prepared_paper_tells_the_plan_and_does_not_hold(bolor: Registration, pages: Pages) -> None:
    (paper,) = prepare(bolor.event)

    facts = facts_of(paper)
    assert paper.state is CertificateState.PREPARED and facts.is_prepared
    assert facts.hours_attended == facts.hours_planned == 12
    assert db.session.scalars(select(Message).where(Message.kind == "certificate_ready")).all() == []
    assert "It is not valid yet" in pages.get(f"/v/{paper.code}").text


def test_who_has_missed_too_much_already_gets_none(world: World, under_way: Event) -> None:
    make.registration(under_way, world.tuya)
    db.session.commit()

    assert prepare(under_way) == []


def test_preparing_twice_prepares_once_and_issuing_issues_nothing_beside_it(bolor: Registration) -> None:
    prepare(bolor.event)
    attend(bolor, 4)

    assert prepare(bolor.event) == []
    assert service.issue(bolor.event, by=make.STAFF).certificates == []


def test_attendance_activates_the_same_paper(bolor: Registration, pages: Pages) -> None:
    (paper,) = prepare(bolor.event)
    record = paper.facts
    assert ceremony.activate(bolor.event, by=make.STAFF).not_earned[0].registration is bolor
    attend(bolor, 4)

    outcome = ceremony.activate(bolor.event, by=make.STAFF)
    again = ceremony.activate(bolor.event, by=make.STAFF)
    db.session.commit()

    assert outcome.activated == [paper] and paper.state is CertificateState.ISSUED
    assert (again.activated, again.anew) == ([], [])
    assert paper.facts == record
    assert "This certificate is valid." in pages.get(f"/v/{paper.code}").text
    assert len(db.session.scalars(select(Message).where(Message.kind == "certificate_ready")).all()) == 1


def test_a_paper_that_says_what_is_true_no_more_gets_a_new_edition(world: World, bolor: Registration) -> None:
    (paper,) = prepare(bolor.event)
    attend(bolor, 4)
    world.bolor.certificate_name = {"en": "Dr. Bolor Bat"}
    db.session.commit()

    outcome = ceremony.activate(bolor.event, by=make.STAFF)

    (edition,) = outcome.anew
    assert paper.state is CertificateState.SUPERSEDED
    assert facts_of(edition).replaces == paper.register_number
    assert facts_of(edition).names["en"] == "Dr. Bolor Bat"
    assert (edition.edition, edition.state) == (2, CertificateState.ISSUED)


def test_after_the_event_the_worker_activates_who_has_earned_it(bolor: Registration) -> None:
    (paper,) = prepare(bolor.event)
    assert ceremony.activate_after_events() == 0
    attend(bolor, 4)

    with time_machine.travel(later(), tick=False):
        assert ceremony.activate_after_events() == 1
        assert ceremony.activate_after_events() == 0

    assert paper.state is CertificateState.ISSUED


def test_the_rest_is_voided_with_a_reason_and_the_number_stays_used(world: World, bolor: Registration) -> None:
    (paper,) = prepare(bolor.event)
    with pytest.raises(NotOverYet):
        ceremony.void(bolor.event, [bolor.id], reason="Did not come", by=make.STAFF)

    with time_machine.travel(later(), tick=False):
        assert ceremony.void(bolor.event, [bolor.id], reason="Did not come", by=make.STAFF) == [paper]
        attend(bolor, 4)
        (anew,) = service.issue(bolor.event, by=make.STAFF).certificates

    assert (paper.state, paper.state_reason) == (CertificateState.VOIDED, "Did not come")
    assert anew.register_number == f"{world.project.code}/0002"
    assert (anew.edition, anew.state) == (2, CertificateState.ISSUED)


def test_nobody_who_earned_the_paper_is_voided(bolor: Registration) -> None:
    prepare(bolor.event)
    attend(bolor, 4)

    with time_machine.travel(later(), tick=False):
        assert ceremony.void(bolor.event, [bolor.id], reason="Spite", by=make.STAFF) == []


def test_after_the_event_there_is_nothing_to_prepare(event: Event) -> None:
    with pytest.raises(BeginsLater):
        jobs.begin(event, JobAction.PREPARE, by=make.STAFF)
