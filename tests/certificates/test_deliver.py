"""Certificates leave the house as files: for the desk, for the printer, for their owner."""

import io
import zipfile

import pytest
from pypdf import PdfReader

from tests import factories as make
from tests.certificates.attending import attend, past_event
from tests.pages import Pages
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.models import Certificate
from trainreg.certificates.notices import token_for
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import draw, sha256_of_file
from trainreg.kernel.db import db


def desk(certificate: Certificate, kind: str = "") -> str:
    return f"/desk/events/{certificate.registration.event.slug}/certificates{kind}"


def test_the_desk_downloads_one_certificate(pages: Pages, world: World, certificate: Certificate) -> None:
    answer = pages.sign_in(world.organizer).get(f"/desk/certificates/{certificate.id}.pdf").response

    assert answer.mimetype == "application/pdf"
    assert answer.data == draw(facts_of(certificate))
    name = answer.headers["Content-Disposition"]
    assert certificate.register_number.replace("/", "-") in name
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_file_that_the_browser_has_is_not_sent_again(pages: Pages, world: World, certificate: Certificate) -> None:
    pages.sign_in(world.organizer)
    address = f"/desk/certificates/{certificate.id}.pdf"
    tag = pages.get(address).response.headers["ETag"]

    assert pages.get(address, headers={"If-None-Match": tag}).status == 304


def test_the_file_handed_out_is_the_one_that_was_noted(certificate: Certificate) -> None:
    (rendition,) = certificate.renditions

    assert rendition.sha256 == sha256_of_file(draw(facts_of(certificate)))
    assert service.record_files([certificate]) == 0


@pytest.mark.slow
def test_all_in_one_pdf_for_printing_in_the_order_of_the_register(
    pages: Pages, world: World, certificate: Certificate
) -> None:
    event = certificate.registration.event
    attend(make.registration(event, world.tuya), 4)
    service.issue(event, by=make.STAFF)
    db.session.commit()

    answer = pages.sign_in(world.organizer).get(desk(certificate, ".pdf")).response

    printed = PdfReader(io.BytesIO(answer.data)).pages
    assert [f"{world.project.code}/000{number}" in page.extract_text() for number, page in enumerate(printed, 1)] == [
        True,
        True,
    ]


def test_one_file_each_in_an_archive(pages: Pages, world: World, certificate: Certificate) -> None:
    answer = pages.sign_in(world.organizer).get(desk(certificate, ".zip")).response

    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        (name,) = archive.namelist()
        assert archive.read(name) == draw(facts_of(certificate))
        assert name.startswith(certificate.register_number.replace("/", "-"))


def test_nothing_issued_is_nothing_to_print(pages: Pages, world: World) -> None:
    event = past_event(world.project)
    db.session.commit()
    pages.sign_in(world.organizer)

    assert pages.get(f"/desk/events/{event.slug}/certificates.pdf").status == 404
    assert pages.get(f"/desk/events/{event.slug}/certificates.zip").status == 404


@pytest.mark.parametrize("who", ["other_organizer", "trainer", "me_officer", "viewer", "focal_point"])
def test_names_on_paper_are_for_those_who_issue(pages: Pages, world: World, certificate: Certificate, who: str) -> None:
    pages.sign_in(getattr(world, who))

    for address in (f"/desk/certificates/{certificate.id}.pdf", desk(certificate, ".pdf"), desk(certificate, ".zip")):
        assert pages.get(address).status in {403, 404}


def test_the_owner_fetches_the_certificate_without_an_account(pages: Pages, certificate: Certificate) -> None:
    answer = pages.get(f"/me/certificate/{token_for(certificate)}.pdf").response

    assert answer.data == draw(facts_of(certificate))


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: "x" + token, lambda _: "1", lambda _: "1.a"])
def test_an_address_that_we_did_not_sign_opens_nothing(pages: Pages, certificate: Certificate, spoil: object) -> None:
    assert pages.get(f"/me/certificate/{spoil(token_for(certificate))}.pdf").status == 404


def test_a_revoked_certificate_is_not_handed_out(pages: Pages, certificate: Certificate) -> None:
    service.revoke(certificate, reason="Mistake", by=make.STAFF)
    db.session.commit()

    assert pages.get(f"/me/certificate/{token_for(certificate)}.pdf").status == 410
