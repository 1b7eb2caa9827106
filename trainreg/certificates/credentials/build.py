"""A certificate as an Open Badges 3.0 credential (W3C Verifiable Credentials 2.0), bare, as a token, with a proof.

The same facts and key give the same bytes. The subject is a name nobody has elsewhere (`urn:uuid:`), never an e-mail
address: two credentials of one person cannot be put together by it.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from typing import Any

from trainreg.certificates.credentials.achievements import achievement_of, language_of, number
from trainreg.certificates.credentials.did import PROOF_SUFFIX, base_of, did_of
from trainreg.certificates.credentials.encoding import canonical, end_of, moment, multibase58, start_of
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.keys.jose import CredentialKey, base64url
from trainreg.certificates.pdf.page import Attachment
from trainreg.kernel.languages import in_language

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
ATTACHED_AS = "credential.jwt"
_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


class NoCredential(ValueError):
    """A record of the first format has neither the moment nor the place in a status list that a credential needs."""


def credential_of(facts: CertificateFacts) -> dict[str, Any]:
    """The credential without a signature; raises NoCredential for records of the first format."""
    if facts.issued_at is None or facts.status_list is None or facts.status_index is None:
        raise NoCredential(facts.register_number)
    base, language = base_of(facts), language_of(facts)
    achievement = achievement_of(facts)
    credential: dict[str, Any] = {
        "@context": CONTEXTS,
        "id": f"{facts.verify_url}/credential",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement["name"],
        "issuer": issuer_of(base, in_language(facts.organisation, language)),
        "validFrom": moment(facts.issued_at),
        "credentialSubject": _subject(facts) | {"achievement": achievement},
        "evidence": [{"id": facts.verify_url, "type": ["Evidence"], "name": facts.register_number}],
        "credentialStatus": {
            "id": f"{base}/credentials/status/{facts.status_list}#{facts.status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(facts.status_index),
            "statusListCredential": f"{base}/credentials/status/{facts.status_list}",
        },
        "credentialSchema": [{"id": _SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    if facts.valid_until is not None:
        credential["validUntil"] = moment(end_of(facts.valid_until))
    return credential


def issuer_of(base: str, name: str) -> dict[str, Any]:
    """Whoever issues, as a profile of Open Badges."""
    return {"id": did_of(base), "type": ["Profile"], "name": name, "url": base}


def _subject(facts: CertificateFacts) -> dict[str, Any]:
    names = dict.fromkeys(facts.names[language] for language in facts.languages)
    subject: dict[str, Any] = {
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, facts.verify_url)}",
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "identityType": "name", "identityHash": name, "hashed": False} for name in names
        ],
        "licenseNumber": facts.register_number,
        "activityStartDate": moment(start_of(facts.starts_on)),
        "activityEndDate": moment(end_of(facts.ends_on)),
    }
    # A paper printed before the event was over tells the plan, and the plan is nobody's credit.
    return subject if facts.is_prepared else subject | {"creditsEarned": number(facts.hours_attended)}


def jwt_of(facts: CertificateFacts, key: CredentialKey) -> str:
    """The credential as a token (VC-JWT, ES256): what Open Badges 3.0 bakes into pictures and we into PDF."""
    return token_of(credential_of(facts), key)


def attachment_of(facts: CertificateFacts, key: CredentialKey) -> Attachment:
    """The credential as the file that a PDF carries."""
    return Attachment(
        name=ATTACHED_AS,
        media_type="application/vc+jwt",
        content=jwt_of(facts, key).encode("ascii"),
        description=f"Open Badges 3.0: {facts.register_number}",
    )


def token_of(credential: dict[str, Any], key: CredentialKey) -> str:
    """Any credential of ours as a token: the payload is the credential, with the claims that JWT wants beside it."""
    did, subject = _issuer_in(credential), credential["credentialSubject"]
    claims: dict[str, Any] = {
        "iss": did,
        "jti": credential["id"],
        "sub": subject["id"],
        "nbf": _seconds(credential["validFrom"]),
    }
    if "validUntil" in credential:
        claims["exp"] = _seconds(credential["validUntil"])
    header = {"alg": "ES256", "kid": f"{did}#{key.kid}", "typ": "JWT"}
    signed = f"{base64url(canonical(header))}.{base64url(canonical(credential | claims))}"
    return f"{signed}.{base64url(key.sign(signed.encode('ascii')))}"


def proved(credential: dict[str, Any], key: CredentialKey) -> dict[str, Any]:
    """The credential as JSON-LD with a proof inside (Data Integrity, ecdsa-jcs-2019)."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "ecdsa-jcs-2019",
        "created": credential["validFrom"],
        "verificationMethod": f"{_issuer_in(credential)}#{key.kid}{PROOF_SUFFIX}",
        "proofPurpose": "assertionMethod",
    }
    options = hashlib.sha256(canonical(proof | {"@context": credential["@context"]})).digest()
    signature = key.sign(options + hashlib.sha256(canonical(credential)).digest())
    own = proof | {"@context": credential["@context"], "proofValue": multibase58(signature)}
    return credential | {"proof": own}


def _issuer_in(credential: dict[str, Any]) -> str:
    issuer = credential["issuer"]
    return str(issuer["id"] if isinstance(issuer, dict) else issuer)


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())
