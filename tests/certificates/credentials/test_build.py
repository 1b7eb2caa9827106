"""A credential says what the paper says, to the same bytes each time, and follows nobody."""

import json
from base64 import urlsafe_b64decode
from dataclasses import replace
from typing import Any

import pytest

from tests.certificates.credentials.samples import HELD, LAPSING, LONG, at, new_key
from tests.certificates.samples import TRAINER
from trainreg.certificates.credentials.achievements import achievement_key
from trainreg.certificates.credentials.build import NoCredential, credential_of, jwt_of, proved
from trainreg.certificates.credentials.did import did_of
from trainreg.certificates.credentials.linkedin import linkedin_link
from trainreg.certificates.credentials.wording import WORDS
from trainreg.certificates.facts import canonical_json, facts_from_json
from trainreg.certificates.rules import CertificateKind


def part(token: str, number: int) -> Any:
    text = token.split(".")[number]
    return json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def test_the_same_facts_and_key_give_the_same_bytes() -> None:
    key = new_key()
    again = facts_from_json(canonical_json(HELD))
    assert jwt_of(HELD, key) == jwt_of(again, key)
    assert proved(credential_of(HELD), key) == proved(credential_of(again), key)
    assert jwt_of(HELD, new_key()).split(".")[2] != jwt_of(HELD, key).split(".")[2]


def test_it_says_what_the_paper_says() -> None:
    told = credential_of(HELD)
    subject = told["credentialSubject"]
    assert [one["identityHash"] for one in subject["identifier"]] == ["Batbayar Enkhtuya", "Батбаярын Энхтуяа"]
    assert subject["licenseNumber"] == "MN-2012/0001"
    assert (subject["creditsEarned"], subject["achievement"]["creditsAvailable"]) == (17.5, 21)
    assert told["name"] == "Trainer’s certificate: Training for trainers"
    assert told["evidence"][0]["id"] == HELD.verify_url
    assert told["validFrom"] == "2026-11-20T08:00:00Z" and "validUntil" not in told
    assert credential_of(LAPSING)["validUntil"] == "2099-12-31T23:59:59Z"


def test_a_paper_printed_before_the_event_credits_no_hours() -> None:
    assert "creditsEarned" not in credential_of(replace(HELD, is_prepared=True))["credentialSubject"]


def test_it_follows_nobody() -> None:
    """The subject is named anew in each credential, and no address or telephone number is in it."""
    one = credential_of(HELD)["credentialSubject"]["id"]
    other = credential_of(replace(HELD, verify_url="https://training.example.org/v/OTHER"))["credentialSubject"]["id"]
    assert one.startswith("urn:uuid:") and one != other
    assert "@" not in json.dumps(credential_of(HELD)).replace("@context", "")


def test_the_claims_are_those_of_the_credential() -> None:
    key = new_key()
    token = jwt_of(LAPSING, key)
    header, payload = part(token, 0), part(token, 1)
    assert header == {"alg": "ES256", "typ": "JWT", "kid": f"did:web:training.example.org#{key.kid}"}
    assert payload["iss"] == payload["issuer"]["id"] == "did:web:training.example.org"
    assert payload["sub"] == payload["credentialSubject"]["id"] and payload["jti"] == payload["id"]
    assert (payload["nbf"], payload["exp"]) == (1_795_161_600, 4_102_444_799)
    assert "vc" not in payload and len(token) < 4000


def test_a_record_of_the_first_format_is_no_credential() -> None:
    with pytest.raises(NoCredential):
        credential_of(TRAINER)


@pytest.mark.parametrize(
    ("base", "did"),
    [
        ("https://training.example.org", "did:web:training.example.org"),
        ("http://localhost:8000", "did:web:localhost%3A8000"),
        ("http://[::1]:8000", "did:web:%5B%3A%3A1%5D%3A8000"),
    ],
)
def test_a_site_is_did_web_with_its_port_escaped(base: str, did: str) -> None:
    assert did_of(base) == did
    assert credential_of(at(base))["issuer"]["id"] == did


def test_one_achievement_for_all_of_an_event_and_another_for_another() -> None:
    same = replace(
        HELD, names={"en": "A", "mn": "Б"}, register_number="Z/9", code="X", hours_attended=HELD.hours_planned
    )
    assert achievement_key(same) == achievement_key(HELD)
    for other in (replace(HELD, kind=CertificateKind.ATTENDANCE), replace(HELD, event_title={"en": "Other"}), LONG):
        assert achievement_key(other) != achievement_key(HELD)


def test_every_language_has_words_for_every_kind() -> None:
    for language, words in WORDS.items():
        assert set(words) == set(CertificateKind), language
        assert len({one.name for one in words.values()}) == len(CertificateKind)
    assert set(WORDS) == {"en", "mn", "fr", "es"}
    french = replace(HELD, languages=("fr",), names={"fr": "Zoé"}, event_title={"fr": "Séminaire"})
    assert credential_of(french)["name"] == "Certificat de formateur: Séminaire"


def test_the_link_to_linkedin_is_filled_in() -> None:
    link = linkedin_link(LAPSING)
    assert link.startswith("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=Trainer")
    assert "issueYear=2026&issueMonth=11" in link and "expirationYear=2099&expirationMonth=12" in link
    assert "certUrl=https%3A%2F%2Ftraining.example.org%2Fv%2F7K3F" in link and "certId=MN-2012%2F0001" in link
