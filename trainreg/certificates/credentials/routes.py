"""What verifiers fetch: who issues and with which keys, what was achieved, the credential, its badge, its state."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from trainreg.certificates.codes import normalise
from trainreg.certificates.credentials import did
from trainreg.certificates.credentials.achievements import achievement_of
from trainreg.certificates.credentials.answers import (
    JWT,
    LD_JSON,
    document_type,
    for_everybody,
    for_its_holder,
    wants_token,
)
from trainreg.certificates.credentials.badges import badge_of
from trainreg.certificates.credentials.baking import as_png, as_svg
from trainreg.certificates.credentials.build import CONTEXTS, credential_of, issuer_of, jwt_of, proved, token_of
from trainreg.certificates.credentials.queries import find_achievement
from trainreg.certificates.credentials.status import status_list
from trainreg.certificates.delivery import file_name
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.keys.jose import CredentialKey
from trainreg.certificates.keys.queries import find_current_key, list_keys
from trainreg.certificates.keys.service import credential_key_of, organisation_name
from trainreg.certificates.queries import facts_of, find_certificate_by_code
from trainreg.certificates.verifying.guessing import ensure_may_ask_by_code, note_wrong_code
from trainreg.kernel.refusals import NotFound
from trainreg.web.access import public

blueprint = Blueprint("credentials", __name__)


def _base() -> str:
    return str(current_app.config["BASE_URL"])


@blueprint.get("/.well-known/did.json")
@public
def did_document() -> Response:
    return for_everybody(did.document(_base(), list_keys()))


@blueprint.get("/.well-known/jwks.json")
@public
def key_set() -> Response:
    return for_everybody(did.key_set(list_keys()), "application/jwk-set+json")


@blueprint.get("/credentials/issuer")
@public
def issuer() -> Response:
    return for_everybody({"@context": CONTEXTS} | issuer_of(_base(), organisation_name()), LD_JSON)


@blueprint.get("/credentials/achievements/<key>")
@public
def achievement(key: str) -> Response:
    return for_everybody({"@context": CONTEXTS} | achievement_of(_achieved(key)), LD_JSON)


@blueprint.get("/credentials/achievements/<key>.svg")
@public
def achievement_picture(key: str) -> Response:
    return for_everybody(as_svg(badge_of(_achieved(key))), "image/svg+xml")


def _achieved(key: str) -> CertificateFacts:
    facts = find_achievement(key)
    if facts is None:
        raise NotFound
    return facts


@blueprint.get("/credentials/status/<int(max=2147483647):number>")
@public
def status(number: int) -> Response:
    listed, key = status_list(_base(), number), find_current_key()
    if key is None:
        raise NotFound
    signing = credential_key_of(key.id)
    if wants_token(request.args.get("as")):
        return for_everybody(token_of(listed, signing).encode(), JWT)
    return for_everybody(proved(listed, signing), document_type())


@blueprint.get("/v/<code>/credential")
@public
def credential(code: str) -> Response:
    facts, key = _held(code)
    name = file_name(facts).removesuffix(".pdf")
    if wants_token(request.args.get("as")):
        return for_its_holder(jwt_of(facts, key).encode(), JWT, f"{_plain(name)}.jwt" if "as" in request.args else "")
    content = proved(credential_of(facts), key)
    return for_its_holder(content, document_type(), f"{_plain(name)}.json" if "as" in request.args else "")


@blueprint.get("/v/<code>/badge.svg")
@public
def badge_svg(code: str) -> Response:
    facts, key = _held(code)
    return for_its_holder(as_svg(badge_of(facts), jwt_of(facts, key)), "image/svg+xml")


@blueprint.get("/v/<code>/badge.png")
@public
def badge_png(code: str) -> Response:
    facts, key = _held(code)
    return for_its_holder(as_png(badge_of(facts), jwt_of(facts, key)), "image/png")


def _held(code: str) -> tuple[CertificateFacts, CredentialKey]:
    """The facts of a certificate that is a credential too, in force or not: its state is told by the status list."""
    ensure_may_ask_by_code()
    known = normalise(code)
    certificate = find_certificate_by_code(known) if known else None
    if certificate is None:
        note_wrong_code()
        raise NotFound
    if certificate.signing_key_id is None or certificate.status_index is None:
        raise NotFound  # of the first format: it was issued before there were credentials
    return facts_of(certificate), credential_key_of(certificate.signing_key_id)


def _plain(name: str) -> str:
    """A file's name in letters that every header can carry."""
    return name.encode("ascii", "ignore").decode().strip(" -.") or "certificate"
