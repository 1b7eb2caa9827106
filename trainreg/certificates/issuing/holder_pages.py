"""What a holder opens without an account, by a link of their own: the file, and how to renew what lapses."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.downloads import file_response
from trainreg.certificates.issuing.lapsing import ask_for_renewal, may_be_renewed
from trainreg.certificates.notices import certificate_id_in
from trainreg.certificates.queries import facts_of, find_successor, get_certificate
from trainreg.certificates.rules import CertificateState
from trainreg.certificates.verifying.standing import standing_of
from trainreg.certificates.verifying.words import state_sentence
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.web.access import public


class NoLongerInForce(Refused):
    """A revoked or replaced certificate is not handed out any more."""

    sentence = _l("This certificate is no longer in force, so it cannot be fetched here. Ask the organiser.")
    status = 410


@blueprint.get("/me/certificate/<token>.pdf")
@public
def own_file(token: str) -> Response:
    certificate = get_certificate(certificate_id_in(token))
    if certificate.state is not CertificateState.ISSUED:
        raise NoLongerInForce
    return file_response(certificate)


@blueprint.get("/me/certificate/<token>/renewal")
@public
def own_renewal(token: str) -> str:
    certificate = get_certificate(certificate_id_in(token))
    successor = find_successor(certificate)
    return render_template(
        "certificates/renewal.html",
        token=token,
        certificate=certificate,
        facts=facts_of(certificate),
        event=certificate.registration.event,
        sentence=state_sentence(standing_of(certificate)),
        replaced_by=successor.register_number if successor else None,
        may_ask=may_be_renewed(certificate),
    )


@blueprint.post("/me/certificate/<token>/renewal")
@public
def own_ask_renewal(token: str) -> AnyResponse:
    ask_for_renewal(get_certificate(certificate_id_in(token)))
    db.session.commit()
    return redirect(url_for(".own_renewal", token=token), 303)
