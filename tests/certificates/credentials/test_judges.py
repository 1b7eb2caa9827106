"""Judges that share no code with us: openbadgeslib, `jose` and `@digitalbazaar/vc` say of each credential what it is.

Valid, tampered, expired and revoked, each with each. Of a revoked credential a judge may well say `verified`, because
its signature is right: its status is another answer, and that one is read here.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from tests import factories as make
from tests.certificates.credentials.conftest import hold
from tests.certificates.credentials.judges import ask
from tests.certificates.credentials.samples import HELD, LAPSED, LAPSING, new_key
from tests.pages import Pages
from tests.world import World
from trainreg.certificates import service as certificates
from trainreg.certificates.credentials.build import credential_of, jwt_of, proved
from trainreg.certificates.credentials.encoding import canonical
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.keys import rekeying, service
from trainreg.certificates.keys.jose import CredentialKey, base64url
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.kernel.db import db

pytestmark = pytest.mark.slow
ISSUER = "did:web:localhost"


@dataclass
class Fetched:
    """A credential, and all that a verifier fetches beside it, as the site serves them."""

    pages: Pages
    certificate: Certificate

    def read(self, address: str, accept: str = "application/json") -> bytes:
        page = self.pages.get(urlsplit(address).path, headers={"Accept": accept})
        assert page.status == 200, address
        return page.response.data

    def json(self, address: str) -> Any:
        return json.loads(self.read(address))

    def token(self) -> str:
        return self.read(f"/v/{self.certificate.code}/credential", "application/vc+jwt").decode()

    def document(self) -> Any:
        return self.json(f"/v/{self.certificate.code}/credential")

    def by_jose(self, token: str) -> Any:
        return ask("jose", token=token, keys=self.json("/.well-known/jwks.json")["keys"], issuer=ISSUER)

    def by_vc(self, credential: Any) -> Any:
        did = self.json("/.well-known/did.json")
        parts = {method["id"]: method | {"@context": did["@context"]} for method in did["verificationMethod"]}
        listed = credential["credentialStatus"]["statusListCredential"]
        return ask("vc", credential=credential, documents={ISSUER: did, **parts, listed: self.json(listed)})

    def by_openbadgeslib(self, token: str) -> str:
        """`valid`, or why not; the status list and its own signature are looked at too."""

        def download(address: str) -> bytes:
            return self.read(address, "application/vc+jwt" if "/status/" in address else "application/json")

        try:
            judge = OB3Verifier.for_issuer_did(ISSUER, download=download)
            judge.verify(token, check_status=True, download=download)
        except OB3VerificationError as problem:
            return str(problem)
        return "valid"


@pytest.fixture
def fetched(pages: Pages, world: World) -> Callable[[CertificateFacts], Fetched]:
    """What verifiers see of a certificate with these facts."""
    registration = make.registration(world.event, world.bolor)
    return lambda facts: Fetched(pages, hold(registration, facts))


@pytest.mark.parametrize("facts", [HELD, LAPSING], ids=["for ever", "lapsing"])
def test_valid(fetched: Callable[[CertificateFacts], Fetched], facts: CertificateFacts) -> None:
    seen = fetched(facts)
    assert seen.by_openbadgeslib(seen.token()) == "valid"
    told = seen.by_jose(seen.token())
    assert told["verified"] and told["payload"]["credentialSubject"]["licenseNumber"] == facts.register_number
    told = seen.by_vc(seen.document())
    assert told["verified"] and told["statusVerified"], told
    assert told["status"] == [False]


def test_tampered(fetched: Callable[[CertificateFacts], Fetched]) -> None:
    seen = fetched(HELD)
    head, payload, signature = seen.token().split(".")
    told = json.loads(urlsafe_b64decode(payload + "=="))
    told["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"
    forged = f"{head}.{base64url(canonical(told))}.{signature}"
    assert "signature" in seen.by_openbadgeslib(forged)
    assert seen.by_jose(forged) == {"verified": False, "error": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"}
    document = seen.document()
    document["credentialSubject"]["licenseNumber"] = "MN-2012/0002"
    answer = seen.by_vc(document)
    assert not answer["verified"] and "signature" in answer["error"]


def test_signed_by_another_key(fetched: Callable[[CertificateFacts], Fetched]) -> None:
    seen = fetched(HELD)
    forger = CredentialKey(service.current_key().kid, new_key().key)
    facts = facts_of(seen.certificate)
    assert "signature" in seen.by_openbadgeslib(jwt_of(facts, forger))
    assert not seen.by_jose(jwt_of(facts, forger))["verified"]
    assert not seen.by_vc(proved(credential_of(facts), forger))["verified"]


def test_expired(fetched: Callable[[CertificateFacts], Fetched]) -> None:
    seen = fetched(LAPSED)
    assert "expired" in seen.by_openbadgeslib(seen.token())
    assert seen.by_jose(seen.token()) == {"verified": False, "error": "ERR_JWT_EXPIRED"}
    answer = seen.by_vc(seen.document())
    assert not answer["verified"] and 'is after "validUntil"' in answer["error"]


def test_revoked(fetched: Callable[[CertificateFacts], Fetched]) -> None:
    seen = fetched(HELD)
    certificates.revoke(seen.certificate, reason="issued in error", by=make.STAFF)
    db.session.commit()
    assert "'revocation' is set at index 94567" in seen.by_openbadgeslib(seen.token())
    assert seen.by_jose(seen.token())["verified"], "jose knows signatures alone: the status is a question of its own"
    assert seen.by_vc(seen.document())["status"] == [True]


def test_a_compromised_key_proves_nothing_any_more(fetched: Callable[[CertificateFacts], Fetched]) -> None:
    seen = fetched(HELD)
    token, document = seen.token(), seen.document()
    rekeying.declare_compromised(by=make.STAFF, reason="stolen")
    db.session.commit()
    assert seen.by_jose(token) == {"verified": False, "error": "ERR_JWKS_NO_MATCHING_KEY"}
    assert not seen.by_vc(document)["verified"]
    assert seen.by_jose(seen.token())["verified"], "what is fetched now is signed anew"
    assert seen.by_vc(seen.document())["verified"]
