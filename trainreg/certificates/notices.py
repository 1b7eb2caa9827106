"""Tell officials that their certificate is ready, and where it can be fetched."""

from __future__ import annotations

import hashlib

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from trainreg.certificates.models import Certificate
from trainreg.kernel.refusals import NotFound
from trainreg.outbox.drafts import Draft
from trainreg.outbox.service import queue_draft
from trainreg.registration.notices import address_of, draft_for
from trainreg.web.links import absolute

_PURPOSE = "fetch one's own certificate"


def token_for(certificate: Certificate) -> str:
    """The secret part of the address at which an official fetches this one certificate, without an account."""
    return str(_signer().dumps(certificate.id))


def certificate_id_in(token: str) -> int:
    """The certificate that a token opens; raises NotFound for anything we did not sign."""
    try:
        return int(_signer().loads(token))
    except BadSignature as error:
        raise NotFound from error


def _signer() -> URLSafeSerializer:
    older = current_app.config.get("SECRET_KEY_FALLBACKS") or []
    keys = [*older, current_app.config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt=_PURPOSE, signer_kwargs={"digest_method": hashlib.sha256})


def tell_ready(certificate: Certificate) -> None:
    """Write the mail with the link to the certificate, when there is an address."""
    to = address_of(certificate.registration)
    if to is not None:
        queue_draft(ready_draft(certificate, key=f"{certificate.register_number}/ready", to=to))


def ready_draft(certificate: Certificate, *, key: str, to: str) -> Draft:
    """The mail that says where the certificate can be fetched and checked."""
    return draft_for(
        "certificate_ready",
        certificate.registration,
        key=key,
        to=to,
        register_number=certificate.register_number,
        code=certificate.code,
        file_url=absolute("certificates.own_file", token=token_for(certificate)),
        verify_url=absolute("certificates.verify", code=certificate.code),
    )
