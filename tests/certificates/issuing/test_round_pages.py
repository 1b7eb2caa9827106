"""The desk follows a round: progress, orders, refusals; takes back many for one reason; activates papers."""

import pytest

from tests import factories as make
from tests.certificates.attending import attend
from tests.pages import Pages
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.issuing import event_pages, jobs
from trainreg.certificates.issuing.models import CertificateJob
from trainreg.certificates.issuing.rules import JobAction, JobStatus
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.events.models import Event
from trainreg.kernel.db import db


@pytest.fixture
def job(event: Event, world: World) -> CertificateJob:
    """A round that has just begun."""
    attend(make.registration(event, world.bolor), 4)
    found = jobs.begin(event, JobAction.ISSUE, by=make.STAFF)
    db.session.commit()
    return found


def test_a_long_round_is_the_workers(pages: Pages, world: World, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    attend(make.registration(event, world.bolor), 4)
    monkeypatch.setattr(event_pages.jobs, "is_short", lambda _job: False)
    pages.sign_in(world.organizer)

    page = pages.follow(pages.post(f"/desk/events/{event.slug}/certificates"))

    assert "0 / 1" in page.text and "Under way" in page.text
    assert 'hx-trigger="every 2s"' in page.html and 'http-equiv="refresh"' in page.html
    jobs.work_on_jobs(10)
    assert "Done" in pages.get(page.response.request.path).text


def test_the_desk_pauses_goes_on_and_stops(pages: Pages, world: World, job: CertificateJob) -> None:
    pages.sign_in(world.organizer)
    for order, status in (
        ("pause", JobStatus.PAUSED),
        ("resume", JobStatus.GOING),
        ("stop", JobStatus.STOPPED),
    ):
        assert pages.post(f"/desk/certificates/rounds/{job.id}/{order}").status == 303
        assert job.status is status
    assert pages.post(f"/desk/certificates/rounds/{job.id}/resume").status == 409
    assert pages.post(f"/desk/certificates/rounds/{job.id}/nonsense").status == 404


@pytest.mark.parametrize("who", ["other_organizer", "trainer", "me_officer", "viewer", "focal_point"])
def test_nobody_else_follows_or_orders(pages: Pages, world: World, job: CertificateJob, who: str) -> None:
    pages.sign_in(getattr(world, who))

    assert pages.get(f"/desk/certificates/rounds/{job.id}").status in {403, 404}
    assert pages.post(f"/desk/certificates/rounds/{job.id}/stop").status in {403, 404}
    assert job.status is JobStatus.GOING


def test_those_who_are_ticked_are_issued(pages: Pages, world: World, event: Event) -> None:
    chosen, other = make.registration(event, world.bolor), make.registration(event, world.tuya)
    attend(chosen, 4)
    attend(other, 4)
    pages.sign_in(world.organizer)
    address = f"/desk/events/{event.slug}/certificates"

    pages.post(address, {"chosen": "yes", "registration": str(chosen.id)})
    nobody = pages.post(address, {"chosen": "yes"})

    assert [one.registration_id for one in db.session.scalars(db.select(Certificate))] == [chosen.id]
    assert nobody.status == 409


def test_many_are_revoked_for_one_reason(pages: Pages, world: World, certificate: Certificate) -> None:
    event = certificate.registration.event
    address = f"/desk/events/{event.slug}/certificates/take-back"
    ticked = {"registration": str(certificate.registration_id), "cause": "revoked"}
    pages.sign_in(world.organizer)

    assert certificate.register_number in pages.post(address, ticked).text
    assert pages.post(address, ticked | {"confirmed": "yes", "reason": " "}).status == 422
    assert certificate.state is CertificateState.ISSUED
    pages.post(address, ticked | {"confirmed": "yes", "reason": "The event was invented"})

    assert (certificate.state, certificate.state_reason) == (CertificateState.REVOKED, "The event was invented")
    assert pages.post(address, ticked | {"confirmed": "yes", "reason": "Again"}).status == 409


def test_papers_are_prepared_and_activated_at_the_desk(pages: Pages, world: World, under_way: Event) -> None:
    registration = make.registration(under_way, world.bolor)
    attend(registration, 2)
    pages.sign_in(world.organizer)
    address = f"/desk/events/{under_way.slug}/certificates"

    assert "1 paper prepared." in pages.follow(pages.post(address, {"action": "prepare"})).text
    attend(registration, 4)
    assert "Activate 1 paper" in pages.get(address).text
    assert "1 certificate holds now." in pages.follow(pages.post(f"{address}/activate")).text
    assert "1 paper prepared." not in pages.get(address).text


@pytest.mark.parametrize("verb", ["activate", "take-back"])
@pytest.mark.parametrize("who", ["other_organizer", "trainer", "viewer"])
def test_nobody_else_activates_or_takes_back(
    pages: Pages, world: World, certificate: Certificate, who: str, verb: str
) -> None:
    pages.sign_in(getattr(world, who))
    address = f"/desk/events/{certificate.registration.event.slug}/certificates/{verb}"
    sent = {"registration": str(certificate.registration_id), "confirmed": "yes", "reason": "Spite"}

    assert pages.post(address, sent).status in {403, 404}
    assert certificate.state is CertificateState.ISSUED


def test_a_certificate_shows_its_editions_and_files(pages: Pages, world: World, certificate: Certificate) -> None:
    service.revoke(certificate, reason="Mistake", by=make.STAFF)
    db.session.commit()

    page = pages.sign_in(world.organizer).get(f"/desk/certificates/{certificate.id}")

    assert certificate.renditions[0].sha256 in page.text
    assert "Mistake" in page.text
