"""A round of issuing: in slices, paused and resumed, each person once, with a report of who got nothing."""

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.certificates.attending import attend
from tests.world import World
from trainreg.certificates.issuing import jobs
from trainreg.certificates.issuing.models import CertificateJob, JobRefusal
from trainreg.certificates.issuing.refusals import NothingChosen, NotNow
from trainreg.certificates.issuing.rules import SLICE, JobAction, JobStatus, Order, RefusalKind
from trainreg.certificates.issuing.told import sentences
from trainreg.certificates.models import Certificate
from trainreg.certificates.service import EventWasCancelled
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel.db import db
from trainreg.registration.models import Registration

PEOPLE = 2 * SLICE + 3


@pytest.fixture
def people(event: Event) -> list[Registration]:
    """More than two slices of people who came."""
    found = [make.registration(event) for _ in range(PEOPLE)]
    for one in found:
        attend(one, 4)
    return found


def begin(event: Event, only: list[int] | None = None) -> CertificateJob:
    job = jobs.begin(event, JobAction.ISSUE, by=make.STAFF, only=only)
    db.session.commit()
    return job


def issued() -> int:
    return db.session.scalar(select(func.count(Certificate.id))) or 0


def test_slice_after_slice_until_everybody_has_one(event: Event, people: list[Registration]) -> None:
    job = begin(event)

    assert jobs.take_slice(job.id) and issued() == SLICE
    assert (job.done, job.total, job.status) == (SLICE, PEOPLE, JobStatus.GOING)
    jobs.go_through(job.id)

    assert issued() == PEOPLE
    assert (job.status, job.made, job.done) == (JobStatus.DONE, PEOPLE, PEOPLE)


def test_the_worker_takes_on_what_is_going(event: Event, people: list[Registration]) -> None:
    begin(event)

    jobs.work_on_jobs(30)

    assert issued() == PEOPLE
    assert jobs.work_on_jobs(1) == 0


def test_paused_nothing_goes_on_and_resumed_it_goes_on_where_it_was(event: Event, people: list[Registration]) -> None:
    job = begin(event)
    jobs.take_slice(job.id)
    jobs.tell(job, Order.PAUSE, by=make.STAFF)
    db.session.commit()

    assert not jobs.take_slice(job.id) and issued() == SLICE
    jobs.tell(job, Order.RESUME, by=make.STAFF)
    db.session.commit()
    jobs.go_through(job.id)

    assert issued() == PEOPLE


def test_stopped_is_stopped_and_what_was_made_stays(event: Event, people: list[Registration]) -> None:
    job = begin(event)
    jobs.take_slice(job.id)
    jobs.tell(job, Order.STOP, by=make.STAFF)
    db.session.commit()

    jobs.go_through(job.id)

    assert issued() == SLICE
    with pytest.raises(NotNow):
        jobs.tell(job, Order.RESUME, by=make.STAFF)
    assert begin(event).id != job.id


def test_a_second_press_means_the_same_round(event: Event, people: list[Registration]) -> None:
    assert begin(event).id == begin(event).id


def test_a_slice_that_was_not_committed_is_taken_again(event: Event, people: list[Registration]) -> None:
    """What a killed process leaves behind: nothing of the slice, and the note of how far it came untouched."""
    job = begin(event)
    jobs.take_slice(job.id)
    outcome = jobs.issue(event, by=make.STAFF, only=[one.id for one in people[SLICE : 2 * SLICE]])
    assert len(outcome.certificates) == SLICE
    db.session.rollback()

    jobs.go_through(job.id)

    numbers = db.session.scalars(select(Certificate.sequence).order_by(Certificate.sequence)).all()
    assert list(numbers) == list(range(1, PEOPLE + 1))


def test_of_a_selection_everybody_is_answered(world: World, event: Event) -> None:
    world.tuya.certificate_name = {"en": "Tuya \U0001f600"}
    fine, strange, absent = (make.registration(event, one) for one in (world.bolor, world.tuya, make.person("Дорж")))
    attend(fine, 4)
    attend(strange, 4)
    job = begin(event, [fine.id, strange.id, absent.id])
    jobs.go_through(job.id)

    told = {one.registration: (one.kind, sentences(one.kind, one.details)) for one in job.refusals}

    assert job.made == 1
    assert told[strange][0] is RefusalKind.UNDRAWABLE and "U+1F600" in told[strange][1][0]
    assert told[absent] == (
        RefusalKind.NOT_ELIGIBLE,
        ["Attended 0 of 12 planned hours; 80% are needed."],
    )
    assert db.session.scalar(select(func.count(JobRefusal.id))) == 2


def test_nobody_chosen_is_said_so(event: Event) -> None:
    with pytest.raises(NothingChosen):
        begin(event, [])


def test_of_another_event_nobody_is_issued(world: World, event: Event) -> None:
    stranger = make.registration(world.event, world.bolor)
    job = begin(event, [stranger.id])
    jobs.go_through(job.id)

    assert (job.total, issued()) == (0, 0)


def test_an_event_called_off_meanwhile_stops_the_round(event: Event, people: list[Registration]) -> None:
    job = begin(event)
    event.status = EventStatus.CANCELLED
    db.session.commit()

    jobs.go_through(job.id)

    assert (job.status, issued()) == (JobStatus.STOPPED, 0)
    with pytest.raises(EventWasCancelled):
        begin(event)
