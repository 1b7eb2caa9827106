"""Correcting and renewing: a new edition under a new number; the old one says where it went."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests import factories as make
from tests.certificates.attending import attend
from tests.certificates.firsts import as_first_format
from tests.pages import Pages
from tests.world import World
from trainreg.attendance.rules import AttendanceState
from trainreg.certificates import service
from trainreg.certificates.issuing import editions
from trainreg.certificates.issuing.refusals import CannotBeDrawn, NoNames, NothingChanges, NotLapsing
from trainreg.certificates.issuing.writing import NotEarned
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import draw_certificate
from trainreg.certificates.rules import CertificateState
from trainreg.kernel.db import db


def test_a_corrected_name_makes_a_new_edition(world: World, certificate: Certificate, pages: Pages) -> None:
    record = certificate.facts
    edition = editions.correct(certificate, by=make.STAFF, names={"en": "Bolor Baatar", "mn": "Баатарын Болор"})
    db.session.commit()

    assert (edition.edition, edition.state, edition.supersedes) == (2, CertificateState.ISSUED, certificate)
    assert edition.register_number == f"{world.project.code}/0002"
    assert facts_of(edition).names == {"en": "Bolor Baatar", "mn": "Баатарын Болор"}
    assert facts_of(edition).replaces == certificate.register_number
    assert (certificate.state, certificate.facts) == (CertificateState.SUPERSEDED, record)
    assert edition.register_number in pages.get(f"/v/{certificate.code}").text


def test_a_corrected_title_comes_from_the_record(certificate: Certificate) -> None:
    certificate.registration.event.title = {"en": "The right title", "mn": "Зөв нэр"}
    db.session.commit()

    found = editions.preview(certificate, None)
    edition = editions.correct(certificate, by=make.STAFF)

    assert [one.field for one in found.differences] == ["event_title"]
    assert facts_of(edition).event_title["en"] == "The right title"


def test_nothing_to_correct_is_said_so(certificate: Certificate) -> None:
    with pytest.raises(NothingChanges):
        editions.correct(certificate, by=make.STAFF)


@pytest.mark.parametrize("names", [{"en": "", "mn": "Болор"}, {"en": "Bolor"}, {}])
def test_a_name_stands_in_each_language(certificate: Certificate, names: dict[str, str]) -> None:
    with pytest.raises(NoNames):
        editions.correct(certificate, by=make.STAFF, names=names)


def test_a_name_that_cannot_be_drawn_is_refused_with_the_character(certificate: Certificate) -> None:
    with pytest.raises(CannotBeDrawn, match=r"U\+1F600"):
        editions.correct(certificate, by=make.STAFF, names={"en": "Bolor \U0001f600", "mn": "Болор"})


def test_whose_record_earns_none_any_more_gets_no_new_paper(world: World, certificate: Certificate) -> None:
    attend(certificate.registration, 4, AttendanceState.ABSENT)
    world.bolor.certificate_name = {"en": "Another"}
    db.session.commit()

    with pytest.raises(NotEarned):
        editions.correct(certificate, by=make.STAFF)


def test_a_certificate_of_the_older_version_is_corrected_into_the_newer_form(certificate: Certificate) -> None:
    first = as_first_format(certificate)
    printed = draw_certificate(first)

    edition = editions.correct(first, by=make.STAFF, names={"en": "Bolor Baatar", "mn": "Болор"})
    db.session.commit()

    assert facts_of(edition).format == 2 and edition.signing_key_id is not None
    assert draw_certificate(first) == printed


def test_the_desk_sees_what_changes_before_it_is_made(world: World, certificate: Certificate, pages: Pages) -> None:
    pages.sign_in(world.organizer)
    address = f"/desk/certificates/{certificate.id}/correct"

    assert "Nothing: the new edition would say the same." in pages.get(address).text
    looked = pages.post(address, {"name_en": "Bolor Baatar", "name_mn": "Болор", "look": "yes"})
    assert "Bolor Baatar" in looked.text and certificate.state is CertificateState.ISSUED
    made = pages.follow(pages.post(address, {"name_en": "Bolor Baatar", "name_mn": "Болор"}))

    assert f"{world.project.code}/0002" in made.text
    assert certificate.state is CertificateState.SUPERSEDED


@pytest.mark.parametrize("who", ["other_organizer", "trainer", "me_officer", "viewer", "focal_point"])
def test_nobody_else_corrects_or_renews(pages: Pages, world: World, certificate: Certificate, who: str) -> None:
    pages.sign_in(getattr(world, who))

    assert pages.get(f"/desk/certificates/{certificate.id}/correct").status in {403, 404}
    for verb in ("correct", "renew"):
        assert pages.post(f"/desk/certificates/{certificate.id}/{verb}", {"name_en": "X"}).status in {403, 404}
    assert certificate.state is CertificateState.ISSUED


def test_what_never_lapses_is_not_renewed(certificate: Certificate) -> None:
    with pytest.raises(NotLapsing):
        editions.renew(certificate, by=make.STAFF)


@pytest.fixture
def lapsing(certificate: Certificate) -> Certificate:
    """In its last ten days."""
    certificate.valid_until = datetime.now(UTC).date() + timedelta(days=10)
    db.session.commit()
    return certificate


def test_what_lapses_is_renewed_for_who_still_earns_it(lapsing: Certificate) -> None:
    edition = editions.renew(lapsing, by=make.STAFF)

    assert lapsing.state is CertificateState.SUPERSEDED
    assert facts_of(edition).replaces == lapsing.register_number
    with pytest.raises(NotLapsing):
        editions.renew(lapsing, by=make.STAFF)


def test_what_has_lapsed_is_renewed_too_and_what_was_revoked_is_not(lapsing: Certificate) -> None:
    service.revoke(lapsing, reason="Mistake", by=make.STAFF)
    with pytest.raises(NotLapsing):
        editions.renew(lapsing, by=make.STAFF)
    lapsing.state = CertificateState.EXPIRED
    db.session.commit()

    with time_machine.travel(datetime.now(UTC) + timedelta(days=20), tick=False):
        assert editions.renew(lapsing, by=make.STAFF).state is CertificateState.ISSUED


def test_whose_attendance_was_struck_out_renews_nothing(lapsing: Certificate) -> None:
    attend(lapsing.registration, 4, AttendanceState.ABSENT)

    with pytest.raises(NotEarned):
        editions.renew(lapsing, by=make.STAFF)
