"""The public answer to a code, and to a register number with its name."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.codes import normalise
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of, find_certificate_by_code
from trainreg.certificates.verifying import guessing
from trainreg.certificates.verifying.finding import find_certificate_by_number_and_name
from trainreg.certificates.verifying.forms import FindForm, VerifyForm
from trainreg.certificates.verifying.standing import standing_of
from trainreg.certificates.verifying.words import KINDS, TONES, state_sentence
from trainreg.kernel import clock
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.web.access import public
from trainreg.web.forms import answer
from trainreg.web.locale import fall_back_on, speaks
from trainreg.web.safety import keeps_typed

# Looked up in place of what cannot be a code, so that both take the same way.
_NO_CODE = "-".join(["0000"] * 5)


@blueprint.get("/v/")
@public
@speaks(CONTENT_LANGUAGES)
def verify_form() -> tuple[str, int] | AnyResponse:
    if "code" not in request.args:
        return answer("certificates/verifying/start.html", VerifyForm(formdata=None))
    form = VerifyForm(request.args)
    if not form.validate():
        return answer("certificates/verifying/start.html", form)
    return redirect(url_for(".verify", code=normalise(str(form.code.data)) or "-"), 303)


@blueprint.get("/v/<code>")
@public
@speaks(CONTENT_LANGUAGES)
def verify(code: str) -> Response:
    guessing.ensure_may_ask_by_code()
    known = normalise(code)
    certificate = find_certificate_by_code(known or _NO_CODE)
    if certificate is None or known is None:
        guessing.note_wrong_code()
        # Mistyped, never issued or of another house: a guesser is told nothing that tells them apart.
        return unlisted(answer("certificates/verifying/unknown.html", VerifyForm(formdata=None))[0], 404)
    return _state_page(certificate, by_code=True)


@blueprint.get("/v/find")
@public
@speaks(CONTENT_LANGUAGES)
def find_form() -> Response:
    form = FindForm(formdata=None)
    form.number.data = request.args.get("number", "")[:60]
    return unlisted(*answer("certificates/verifying/find.html", form, nothing=False))


@blueprint.post("/v/find")
@public
@keeps_typed
@speaks(CONTENT_LANGUAGES)
def find() -> Response:
    form = FindForm()
    if not form.validate():
        return unlisted(*answer("certificates/verifying/find.html", form, nothing=False))
    number, name = str(form.number.data), str(form.name.data)
    guessing.ensure_may_find(number)
    certificate = find_certificate_by_number_and_name(number, name)
    if certificate is None:
        guessing.note_not_found(number)
        return unlisted(render_template("certificates/verifying/find.html", form=form, nothing=True), 404)
    return _state_page(certificate, by_code=False)


def _state_page(certificate: Certificate, *, by_code: bool) -> Response:
    """The state and the words of the paper; the code, and what it opens, only to who gave it."""
    facts = facts_of(certificate)
    fall_back_on(facts.languages[0])
    stand = standing_of(certificate, facts)
    return unlisted(
        render_template(
            "certificates/verifying/state.html",
            facts=facts,
            kind=KINDS[facts.kind],
            tone=TONES[stand.standing],
            sentence=state_sentence(stand),
            replaced_by=stand.replaced_by,
            code=facts.code if by_code else "",
            has_credential=by_code and certificate.signing_key_id is not None and certificate.status_index is not None,
            today=clock.now(),
        )
    )


def unlisted(content: str, status: int = 200) -> Response:
    """A page for its reader alone: nobody keeps it, and no search engine lists it."""
    page = make_response(content, status)
    page.headers["Cache-Control"] = "no-store"
    page.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    page.vary.update(("Accept-Language", "Cookie"))
    return page
