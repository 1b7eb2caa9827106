"""Revoking: with a reason, once, for good; the row and its code stay."""

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.kernel.db import db


def address(certificate: Certificate) -> str:
    return f"/desk/certificates/{certificate.id}/revoke"


def test_the_organizer_revokes_with_a_reason(pages: Pages, world: World, certificate: Certificate) -> None:
    pages.sign_in(world.organizer)

    page = pages.follow(pages.post(address(certificate), {"reason": "Issued to the wrong person"}))

    assert "is revoked" in page.text
    assert "Issued to the wrong person" in page.text
    assert certificate.state is CertificateState.REVOKED
    assert certificate.state_changed_at is not None


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_without_a_fair_reason_nothing_happens(
    pages: Pages, world: World, certificate: Certificate, reason: str
) -> None:
    page = pages.sign_in(world.organizer).post(address(certificate), {"reason": reason})

    assert page.status == 422
    assert page.value_of("reason") == reason.strip()
    assert certificate.state is CertificateState.ISSUED


def test_twice_is_refused(pages: Pages, world: World, certificate: Certificate) -> None:
    service.revoke(certificate, reason="Mistake", by=make.STAFF)
    db.session.commit()

    page = pages.sign_in(world.organizer).post(address(certificate), {"reason": "Again"})

    assert page.status == 409
    assert certificate.state_reason == "Mistake"


@pytest.mark.parametrize("who", ["other_organizer", "trainer", "me_officer", "viewer", "focal_point"])
def test_nobody_else_revokes(pages: Pages, world: World, certificate: Certificate, who: str) -> None:
    pages.sign_in(getattr(world, who))

    assert pages.post(address(certificate), {"reason": "Spite"}).status in {403, 404}
    assert certificate.state is CertificateState.ISSUED


def test_a_trainer_reads_the_certificate_but_cannot_revoke_it(
    pages: Pages, world: World, certificate: Certificate
) -> None:
    page = pages.sign_in(world.trainer).get(f"/desk/certificates/{certificate.id}")

    assert page.status == 200
    assert certificate.register_number in page.text
    assert page.find_all("textarea", name="reason") == page.find_all("input", name="reason") == []
