"""Anyone with a code learns what the paper says and whether it holds; a guesser learns nothing."""

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.codes import new_code
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.certificates.rules import CertificateState
from trainreg.kernel.db import db


def test_a_valid_code_shows_what_the_paper_says(pages: Pages, certificate: Certificate) -> None:
    page = pages.get(f"/v/{certificate.code}")
    facts = facts_of(certificate)

    assert page.status == 200
    assert "This certificate is valid." in page.text
    for said in (
        facts.names["en"],
        facts.names["mn"],
        facts.event_title["en"],
        facts.register_number,
        "12 hours",
        "B. Director",
        "S. Minister",
    ):
        assert said in page.text


def test_it_says_nothing_that_the_paper_does_not(pages: Pages, certificate: Certificate, world: World) -> None:
    page = pages.get(f"/v/{certificate.code}")

    assert world.bolor.email not in page.html
    assert certificate.registration.reference not in page.html
    assert certificate.registration.agency.name["en"] not in page.text


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_a_code_works_as_people_type_it(pages: Pages, certificate: Certificate, typed: object) -> None:
    assert pages.get(f"/v/{typed(certificate.code)}").status == 200
    asked = pages.get("/v/", query_string={"code": typed(certificate.code)})
    assert asked.location == f"/v/{certificate.code}"


def test_a_wrong_code_gets_a_clear_answer_and_no_hint(pages: Pages, certificate: Certificate) -> None:
    mistyped = certificate.code[:-1] + ("0" if certificate.code[-1] != "0" else "2")
    answers = [pages.get(f"/v/{code}") for code in (new_code(), mistyped, "nonsense", "%FF", "a" * 500)]

    assert {answer.status for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "No certificate has this code" in answers[0].text


def test_an_empty_form_is_answered_beside_the_field(pages: Pages) -> None:
    assert pages.get("/v/").status == 200
    page = pages.get("/v/", query_string={"code": ""})

    assert page.status == 422
    assert "Enter the code" in page.text


def test_a_revoked_certificate_says_so(pages: Pages, certificate: Certificate) -> None:
    service.revoke(certificate, reason="Issued to the wrong person", by=make.STAFF)
    db.session.commit()

    page = pages.get(f"/v/{certificate.code}")

    assert page.status == 200
    assert "no longer valid" in page.text
    assert "wrong person" not in page.text


def test_a_replaced_certificate_says_where_it_went(pages: Pages, certificate: Certificate) -> None:
    newer = Certificate(
        registration=certificate.registration,
        kind=certificate.kind,
        edition=2,
        register_number="X/0099",
        code=new_code(),
        state=CertificateState.ISSUED,
        design=certificate.design,
        facts=certificate.facts,
        facts_sha256=certificate.facts_sha256,
        issued_at=make.NOW,
        supersedes=certificate,
    )
    certificate.state, certificate.state_changed_at = CertificateState.SUPERSEDED, make.NOW
    db.session.add(newer)
    db.session.commit()

    page = pages.get(f"/v/{certificate.code}")

    assert "replaced by a newer one" in page.text
    assert "X/0099" in page.text


def test_search_engines_are_kept_away(pages: Pages, certificate: Certificate) -> None:
    page = pages.get(f"/v/{certificate.code}")

    assert "noindex" in page.response.headers["X-Robots-Tag"]
    assert page.find_all("meta", name="robots")


@pytest.mark.slow
def test_guessing_is_slowed_down(pages: Pages) -> None:
    answers = [pages.get(f"/v/{new_code()}").status for _ in range(70)]

    assert answers[0] == 404
    assert answers[-1] == 429


def test_the_answer_reads_mongolian(pages: Pages, certificate: Certificate) -> None:
    page = pages.get(f"/v/{certificate.code}?lang=mn")

    assert page.status == 200
    assert facts_of(certificate).event_title["mn"] in page.text


def test_a_code_cannot_be_posted(pages: Pages, certificate: Certificate) -> None:
    assert pages.post(f"/v/{certificate.code}").status == 405
