"""The pages of certificates: the public answer to a code; the desk's stand in `issuing`."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from trainreg.certificates import eligibility_pages
from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.codes import normalise
from trainreg.certificates.forms import VerifyForm
from trainreg.certificates.issuing import (
    ceremony_pages,
    certificate_pages,
    event_pages,
    file_pages,
    holder_pages,
    job_pages,
    register_pages,
)
from trainreg.certificates.queries import facts_of, find_certificate_by_code, find_successor
from trainreg.certificates.sentences import KINDS, STATES
from trainreg.web import throttle
from trainreg.web.access import public
from trainreg.web.forms import answer

__all__ = [
    "blueprint",
    "ceremony_pages",
    "certificate_pages",
    "eligibility_pages",
    "event_pages",
    "file_pages",
    "holder_pages",
    "job_pages",
    "register_pages",
]

MISSES = {"size": 60, "per_minute": 30}


@blueprint.get("/v/")
@public
def verify_form() -> tuple[str, int] | AnyResponse:
    if "code" not in request.args:
        return answer("certificates/verify_form.html", VerifyForm(formdata=None))
    form = VerifyForm(request.args)
    if not form.validate():
        return answer("certificates/verify_form.html", form)
    code = normalise(str(form.code.data))
    if code is None:
        return _unknown()
    return redirect(url_for(".verify", code=code), 303)


@blueprint.get("/v/<code>")
@public
def verify(code: str) -> tuple[str, int] | Response:
    # Only misses cost: a fair may scan hundreds of true papers, and whoever guesses soon learns nothing at all.
    throttle.ensure_left("check a certificate", throttle.caller(), **MISSES)
    known = normalise(code)
    certificate = find_certificate_by_code(known) if known else None
    if certificate is None:
        throttle.spend("check a certificate", throttle.caller(), **MISSES)
        return _unknown()
    successor = find_successor(certificate)
    page = make_response(
        render_template(
            "certificates/verify.html",
            certificate=certificate,
            facts=facts_of(certificate),
            kind=KINDS[certificate.kind],
            sentence=STATES[certificate.state],
            replaced_by=successor.register_number if successor else None,
        )
    )
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page


def _unknown() -> tuple[str, int]:
    # Mistyped, never issued or of another house: a guesser is told nothing that tells them apart.
    return render_template("certificates/unknown.html", form=VerifyForm(formdata=None)), 404
