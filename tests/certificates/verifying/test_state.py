"""What a paper is worth today, in one sentence and with a sign beside it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine

from tests import factories as make
from tests.certificates.credentials.conftest import hold
from tests.certificates.credentials.samples import HELD, LAPSING
from tests.certificates.samples import TRAINER
from tests.pages import Page, Pages
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.codes import new_code
from trainreg.certificates.facts import canonical_json
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of, find_certificate_by_code
from trainreg.certificates.rules import CertificateState
from trainreg.certificates.verifying.standing import Stand, Standing
from trainreg.certificates.verifying.words import TONES, state_sentence
from trainreg.kernel.db import db


def verdict_of(page: Page) -> tuple[str, str]:
    """The tone and the sentence of the one answer of the page."""
    (section,) = [one for one in page.find_all("section") if "verdict" in (one.get("class") or "")]
    sentence = next(section.iter("h2")).text or ""
    assert any(str(part.tag).endswith("svg") for part in section.iter()), (
        "a sign beside the words, for who sees no colours"
    )
    return (section.get("class") or "").split("verdict-")[1], sentence


def test_a_valid_one(pages: Pages, certificate: Certificate) -> None:
    assert verdict_of(pages.get(f"/v/{certificate.code}")) == ("good", "This certificate is valid.")


def test_a_revoked_one_tells_the_day_and_not_the_reason(pages: Pages, certificate: Certificate) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 20, 0, tzinfo=UTC), tick=False):
        service.revoke(certificate, reason="Fraud by the holder", by=make.STAFF)
        db.session.commit()
    page = pages.get(f"/v/{certificate.code}")
    # The day of the place: in Ulaanbaatar it was the 28th already.
    assert verdict_of(page) == ("bad", "This certificate was revoked on 28 November 2026. It is no longer valid.")
    assert "Fraud" not in page.html


def test_a_replaced_one_tells_the_number_and_asks_for_the_name(pages: Pages, certificate: Certificate) -> None:
    facts = replace(facts_of(certificate), register_number="MN/0099", code=new_code(), edition=2)
    newer = Certificate(
        registration=certificate.registration,
        kind=certificate.kind,
        edition=2,
        register_number=facts.register_number,
        code=facts.code,
        design=certificate.design,
        facts=canonical_json(facts),
        facts_sha256="0" * 64,
        issued_at=make.NOW,
        supersedes=certificate,
    )
    certificate.state, certificate.state_changed_at = CertificateState.SUPERSEDED, make.NOW
    db.session.add(newer)
    db.session.commit()

    page = pages.get(f"/v/{certificate.code}")

    assert verdict_of(page)[0] == "warn" and "MN/0099" in page.text
    assert newer.code not in page.html, "whoever holds the old paper does not hold the new one"
    asked = pages.get("/v/find", query_string={"number": "MN/0099"})
    assert asked.value_of("number") == "MN/0099" and asked.value_of("name") == ""


@pytest.mark.parametrize(("day", "tone"), [(date(2099, 12, 31), "good"), (date(2100, 1, 1), "warn")])
def test_one_that_lapses_does_so_on_its_day(pages: Pages, world: World, day: date, tone: str) -> None:
    certificate = hold(make.registration(world.event, world.bolor), LAPSING)
    with time_machine.travel(datetime(day.year, day.month, day.day, 4, tzinfo=UTC), tick=False):
        page = pages.get(f"/v/{certificate.code}")
    assert verdict_of(page)[0] == tone
    assert "31 December 2099" in page.text, "the last day stands on the paper"


def test_every_standing_has_its_sentence(app: object) -> None:
    with_day = {state_sentence(Stand(one, date(2026, 11, 28))) for one in Standing}
    without = {state_sentence(Stand(one)) for one in Standing}
    assert len(with_day) == len(without) == len(Standing) == len(TONES)
    assert {one.value for one in CertificateState} - {"issued"} <= {one.value for one in Standing}


def test_a_prepared_paper_tells_the_planned_duration(pages: Pages, world: World) -> None:
    facts = replace(HELD, is_prepared=True, hours_attended=HELD.hours_planned / 2)
    certificate = hold(make.registration(world.event, world.bolor), facts)
    assert f"Duration {facts.hours_planned.normalize():f} hours" in pages.get(f"/v/{certificate.code}").text


def test_badge_and_credential_are_offered_where_there_are_some(pages: Pages, world: World, held: Certificate) -> None:
    first_version = hold(make.registration(world.event, world.tuya), replace(TRAINER, register_number="OLD/0001"))
    links = [link.get("href") for link in pages.get(f"/v/{held.code}").find_all("a")]
    for path in ("badge.png", "badge.svg", "credential?as=json", "credential?as=jwt"):
        assert f"/v/{held.code}/{path}" in links
    assert "badge.png" not in pages.get(f"/v/{first_version.code}").html


def test_a_name_cannot_break_out(pages: Pages, world: World) -> None:
    evil = '</bdi><script>alert(1)</script>" onload="x'
    facts = replace(HELD, names={"en": evil, "mn": "\u202eБолор"}, event_title={"en": "<img src=x>", "mn": "x"})
    certificate = hold(make.registration(world.event, world.bolor), facts)
    page = pages.get(f"/v/{certificate.code}")  # the client inspects: well-formed, no inline script
    assert evil in page.text and not page.find_all("script") and "<img src=x" not in page.html


def test_nobody_on_the_way_keeps_the_page(pages: Pages, certificate: Certificate) -> None:
    headers = pages.get(f"/v/{certificate.code}").response.headers
    assert headers["Cache-Control"] == "no-store"
    assert {"noindex", "nofollow", "noarchive"} <= set(headers["X-Robots-Tag"].split(", "))
    assert headers["Referrer-Policy"] == "same-origin"


def test_headers_of_the_request_change_nothing(pages: Pages, certificate: Certificate) -> None:
    tricks = {"X-Forwarded-Host": "evil.example", "X-Original-URL": "/desk", "X-HTTP-Method-Override": "POST"}
    assert pages.get(f"/v/{certificate.code}", headers=tricks).text == pages.get(f"/v/{certificate.code}").text
    assert pages.client.get("/v/", headers={"Host": "evil.example"}).status_code == 400


def test_a_code_is_found_by_its_first_group_and_compared_whole(world: World, held: Certificate) -> None:
    other = held.code[:-1] + ("0" if held.code[-1] != "0" else "1")
    assert find_certificate_by_code(held.code) is held
    assert find_certificate_by_code(other) is None
    assert find_certificate_by_code("0000" + held.code[4:]) is None
    assert find_certificate_by_code(held.code.lower()) is None, "only the written form"
