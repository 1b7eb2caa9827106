"""A badge or a token that somebody hands in: ours and as issued, or not, whatever bytes it is made of."""

import json
from base64 import urlsafe_b64decode
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests import factories as make
from tests.certificates.credentials.samples import HELD, new_key
from trainreg.certificates.credentials.badges import badge_of
from trainreg.certificates.credentials.baking import as_png, as_svg
from trainreg.certificates.credentials.build import jwt_of
from trainreg.certificates.credentials.checking import CredentialState, carries_credential, check_credential
from trainreg.certificates.credentials.encoding import canonical
from trainreg.certificates.keys import rekeying, service
from trainreg.certificates.keys.jose import CredentialKey, base64url
from trainreg.certificates.keys.rules import Worth
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of


@pytest.fixture
def token(held: Certificate) -> str:
    return jwt_of(facts_of(held), service.credential_key_of(held.signing_key_id or 0))


def test_tokens_and_badges_of_ours_are_known(held: Certificate, token: str) -> None:
    badge = badge_of(HELD)
    for content in (token.encode(), f"{token}\n".encode(), as_png(badge, token), as_svg(badge, token)):
        finding = check_credential(content)
        assert finding.is_good and finding.certificate == held and finding.kid == service.current_key().kid
        assert carries_credential(content)


def test_no_letter_of_a_token_can_be_another(held: Certificate, token: str) -> None:
    for place in range(0, len(token) - 1, 7):
        other = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert not check_credential(other.encode()).is_good, place


def test_somebody_elses_key_counts_for_nothing_even_under_our_name(held: Certificate) -> None:
    forger = CredentialKey(service.current_key().kid, new_key().key)
    assert check_credential(jwt_of(facts_of(held), forger).encode()).state is CredentialState.FOREIGN


def test_what_we_signed_but_did_not_issue_is_not_ours(held: Certificate) -> None:
    """As whoever stole the key could make it: about no certificate, or with another name."""
    key = service.credential_key_of(held.signing_key_id or 0)
    facts = facts_of(held)
    elsewhere = replace(facts, verify_url="http://localhost/v/0000-0000-0000-0000-0000")
    for forged in (elsewhere, replace(facts, names={"en": "Somebody Else", "mn": "Өөр хүн"})):
        assert check_credential(jwt_of(forged, key).encode()).state is CredentialState.UNKNOWN


def test_a_stolen_key_proves_nothing(held: Certificate, token: str) -> None:
    rekeying.declare_compromised(by=make.STAFF, reason="stolen")
    finding = check_credential(token.encode())
    assert finding.state is CredentialState.OURS and finding.worth is Worth.UNTRUSTED and not finding.is_good


def test_another_algorithm_is_not_asked_for(held: Certificate, token: str) -> None:
    _head, payload, signature = token.split(".")
    told = json.loads(urlsafe_b64decode(payload + "=="))
    for header in ({"alg": "none"}, {"alg": "HS256"}):
        forged = f"{base64url(canonical(header))}.{base64url(canonical(told))}.{signature}"
        assert check_credential(forged.encode()).state is CredentialState.FOREIGN


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"eyJ.eyJ.",
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 500,
        b"openbadgecredential\0\0\0\0\0eyJ",
        b"<openbadges:credential verify=''>" * 1000,
        b"eyJ" * 400_000,
        b"eyJ" + b"A" * 20 + b"." + b"A" * 20 + b"." + b"-" * 86,
        b"eyJ" + b"A" * 20 + b"." + b"A" * 20 + b"." + b"A" * 86,
    ],
    ids=["nothing", "dots", "picture", "cut off", "many", "large", "ones", "zeros"],
)
def test_any_bytes_have_an_answer(session: Session, content: bytes) -> None:
    service.current_key()
    assert check_credential(content).state in {CredentialState.NONE, CredentialState.FOREIGN}
