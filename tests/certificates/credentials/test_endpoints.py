"""What verifiers fetch: public, light, the same until something changes, and nothing that only a holder may read."""

import gzip
import json
from base64 import urlsafe_b64decode
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from joserfc import jws
from joserfc.jwk import ECKey
from sqlalchemy.orm import Session

from tests import factories as make
from tests.certificates.credentials.conftest import hold
from tests.certificates.credentials.samples import HELD, LAPSING
from tests.certificates.firsts import as_first_format
from tests.pages import Page, Pages
from tests.world import World
from trainreg.certificates import service as certificates
from trainreg.certificates.credentials.build import credential_of
from trainreg.certificates.credentials.status import BITS, draw_places
from trainreg.certificates.keys import rekeying, service
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.kernel import clock
from trainreg.kernel.db import db


def read(page: Page) -> Any:
    assert page.status == 200, page.html[:300]
    return json.loads(page.html)


def payload_of(pages: Pages, token: str) -> Any:
    """What a token says, when its signature is that of the key it names in the site's key set."""
    keys = {key["kid"]: key for key in read(pages.get("/.well-known/jwks.json"))["keys"]}
    header = json.loads(urlsafe_b64decode(token.split(".", maxsplit=1)[0] + "=="))
    opened = jws.deserialize_compact(token, ECKey.import_key(keys[header["kid"].split("#")[1]]))
    assert header["kid"].startswith("did:web:localhost#")
    return json.loads(opened.payload)


def bit(listed: Any, index: int) -> int:
    packed = listed["credentialSubject"]["encodedList"]
    bits = gzip.decompress(urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4)))
    assert packed[0] == "u" and len(bits) * 8 == BITS
    return bits[index // 8] >> (7 - index % 8) & 1


def test_a_site_without_keys_says_so(pages: Pages) -> None:
    document = read(pages.get("/.well-known/did.json"))
    assert document["id"] == "did:web:localhost"
    assert document["verificationMethod"] == document["assertionMethod"] == []
    assert read(pages.get("/.well-known/jwks.json")) == {"keys": []}


def test_the_documents_name_every_key_and_trust_all_but_the_compromised(pages: Pages, held: Certificate) -> None:
    first = service.current_key()
    second = rekeying.rotate(by=make.STAFF).current
    db.session.commit()
    assert [key["kid"] for key in read(pages.get("/.well-known/jwks.json"))["keys"]] == [first.kid, second.kid]

    rekeying.declare_compromised(by=make.STAFF, kid=first.kid, reason="stolen")
    db.session.commit()

    document, keys = read(pages.get("/.well-known/did.json")), read(pages.get("/.well-known/jwks.json"))
    methods = [method["id"] for method in document["verificationMethod"]]
    assert f"did:web:localhost#{first.kid}" in methods and f"did:web:localhost#{second.kid}" in methods
    assert document["assertionMethod"] == [f"did:web:localhost#{second.kid}{end}" for end in ("", "-proof")]
    assert [key["kid"] for key in keys["keys"]] == [second.kid]
    assert [one["kid"] for one in keys["compromised"]] == [first.kid]
    assert '"d"' not in json.dumps([document, keys])


def test_the_credential_comes_as_document_or_as_token(pages: Pages, held: Certificate) -> None:
    address = f"/v/{held.code}/credential"
    document = read(pages.get(address, headers={"Accept": "application/ld+json"}))
    proof = document.pop("proof")
    assert document == credential_of(facts_of(held))
    assert proof["cryptosuite"] == "ecdsa-jcs-2019"
    token = pages.get(address, headers={"Accept": "application/vc+jwt"})
    assert token.response.mimetype == "application/vc+jwt" and "Accept" in token.response.headers["Vary"]
    told = payload_of(pages, token.html)
    claims = {name: told.pop(name) for name in ("iss", "jti", "sub", "nbf")}
    assert told == document
    assert claims["iss"] == document["issuer"]["id"] and claims["jti"] == document["id"]
    assert claims["sub"] == document["credentialSubject"]["id"]
    assert pages.get(f"{address}?as=jwt").html == token.html
    assert ".jwt" in pages.get(f"{address}?as=jwt").response.headers["Content-Disposition"]
    assert read(pages.get(address))["id"] == document["id"], "without a wish, the document"


def test_a_credential_is_kept_by_its_reader_alone(pages: Pages, held: Certificate) -> None:
    for end in ("credential", "badge.svg", "badge.png"):
        headers = pages.get(f"/v/{held.code}/{end}").response.headers
        assert headers["Cache-Control"] == "private, no-cache" and "noindex" in headers["X-Robots-Tag"]
        assert headers["Access-Control-Allow-Origin"] == "*"
        again = pages.get(f"/v/{held.code}/{end}", headers={"If-None-Match": headers["ETag"]})
        assert again.status == 304


def test_what_is_public_may_be_kept_and_fetched_from_anywhere(pages: Pages, held: Certificate) -> None:
    key = held.achievement
    for path in ("/.well-known/did.json", "/.well-known/jwks.json", "/credentials/issuer", "/credentials/status/1",
                 f"/credentials/achievements/{key}", f"/credentials/achievements/{key}.svg"):  # fmt: skip
        page = pages.get(path)
        assert page.status == 200, path
        assert page.response.headers["Cache-Control"] == "public, max-age=300"
        assert "Cookie" not in page.response.headers["Vary"] and "Set-Cookie" not in page.response.headers
        assert page.response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in page.response.headers
        assert len(page.response.data) < 100_000
        assert pages.get(path, headers={"If-None-Match": page.response.headers["ETag"]}).status == 304


def test_the_achievement_is_that_of_the_event_and_names_nobody(pages: Pages, held: Certificate, world: World) -> None:
    facts = replace(HELD, names={"en": "Somebody Else", "mn": "Өөр хүн"}, register_number="X/2", status_index=5)
    other = hold(make.registration(world.event, world.tuya), facts)
    assert other.achievement == held.achievement
    told = pages.get(f"/credentials/achievements/{held.achievement}")
    assert credential_of(facts_of(held))["credentialSubject"]["achievement"] == {
        name: value for name, value in read(told).items() if name != "@context"
    }
    assert "Enkhtuya" not in told.html and "Somebody" not in told.html
    assert pages.get("/credentials/achievements/nothing").status == 404


def test_what_is_revoked_shows_in_the_status_list(pages: Pages, held: Certificate) -> None:
    before = pages.get("/credentials/status/1", headers={"Accept": "application/vc+jwt"})
    listed = payload_of(pages, before.html)
    assert listed["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert bit(listed, 94_567) == 0

    certificates.revoke(held, reason="issued in error", by=make.STAFF)
    db.session.commit()

    after = pages.get("/credentials/status/1", headers={"Accept": "application/vc+jwt"})
    assert after.response.headers["ETag"] != before.response.headers["ETag"]
    listed = payload_of(pages, after.html)
    assert bit(listed, 94_567) == 1 and sum(bit(listed, index) for index in range(94_000, 95_000)) == 1
    assert read(pages.get("/credentials/status/1"))["proof"]["proofPurpose"] == "assertionMethod"
    assert pages.get("/credentials/status/2").status == 404
    assert pages.get(f"/v/{held.code}/credential").status == 200, "a revoked credential still tells what it was"


def test_places_are_drawn_at_random_and_never_twice(session: Session, held: Certificate) -> None:
    places = draw_places(3000)
    assert len(set(places)) == 3000 and (1, 94_567) not in places
    assert {number for number, _ in places} == {1}
    indexes = [index for _, index in places]
    assert indexes != sorted(indexes) and max(indexes) > BITS * 0.9 and min(indexes) < BITS * 0.1


def test_a_full_list_is_followed_by_another(session: Session, held: Certificate) -> None:
    places = draw_places(BITS // 2 + 10)
    assert len(set(places)) == BITS // 2 + 10
    assert {number: sum(one == number for one, _ in places) for number in (1, 2)} == {1: BITS // 2 - 1, 2: 11}


def test_whoever_guesses_codes_is_slowed_down_here_too(pages: Pages, held: Certificate) -> None:
    with time_machine.travel(clock.now(), tick=False):
        answers = {pages.get("/v/0000-0000-0000-0000-0000/credential").status for _ in range(61)}
        assert answers == {404, 429}
        assert pages.get(f"/v/{held.code}/badge.png").status == 429


@pytest.mark.parametrize("end", ["credential", "badge.svg", "badge.png"])
def test_a_certificate_of_the_first_format_has_no_credential(pages: Pages, certificate: Certificate, end: str) -> None:
    as_first_format(certificate)
    assert pages.get(f"/v/{certificate.code}/{end}").status == 404


def test_one_that_lapses_says_so(pages: Pages, world: World) -> None:
    lapsing = hold(make.registration(world.event, world.bolor), LAPSING)
    token = pages.get(f"/v/{lapsing.code}/credential?as=jwt").html
    told = payload_of(pages, token)
    assert told["validUntil"] == "2099-12-31T23:59:59Z" and told["exp"] == 4_102_444_799
