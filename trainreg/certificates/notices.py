"""Tell officials that their certificate is ready, and where it can be fetched."""

from __future__ import annotations

import hashlib

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from trainreg.certificates.editor.rules import Mailing
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


def tell_ready(certificate: Certificate, mail: Mailing = Mailing.LINK) -> None:
    """Write the mail that a certificate is ready, when there is an address and the event plans one."""
    to = address_of(certificate.registration)
    if to is not None and mail is not Mailing.NONE:
        kind = "certificate_attached" if mail is Mailing.ATTACHMENT else "certificate_ready"
        queue_draft(ready_draft(certificate, key=f"{certificate.register_number}/ready", to=to, kind=kind))


def ready_draft(certificate: Certificate, *, key: str, to: str, kind: str = "certificate_ready") -> Draft:
    """The mail that says where the certificate can be fetched and checked."""
    return draft_for(
        kind,
        certificate.registration,
        key=key,
        to=to,
        register_number=certificate.register_number,
        code=certificate.code,
        file_url=absolute("certificates.own_file", token=token_for(certificate)),
        verify_url=absolute("certificates.verify", code=certificate.code),
    )


def lapsing_draft(certificate: Certificate, *, to: str) -> Draft:
    """The mail that says until when a certificate holds, and how it can be renewed; its key tells it once."""
    return draft_for(
        "certificate_lapsing",
        certificate.registration,
        key=f"{certificate.register_number}/lapsing",
        to=to,
        register_number=certificate.register_number,
        valid_until=certificate.valid_until,
        renew_url=absolute("certificates.own_renewal", token=token_for(certificate)),
    )
