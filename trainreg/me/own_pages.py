"""The whole own page, for those who came by a link to their address: data, consents, certificates, erasure."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trainreg.certificates.downloads import file_response
from trainreg.certificates.issuing.holder_pages import NoLongerInForce
from trainreg.certificates.rules import CertificateState
from trainreg.kernel import clock
from trainreg.kernel.actor import OFFICIAL
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.me import service
from trainreg.me.blueprint import blueprint
from trainreg.me.consenting import answer_consent
from trainreg.me.erasure import erase
from trainreg.me.export import export
from trainreg.me.forms import AddressForm, ConsentForm, DataForm, EraseForm
from trainreg.me.queries import consents_of, get_certificate_of, list_postings
from trainreg.me.visits import drop_visit, get_visitor
from trainreg.me.words import CHANNELS, PURPOSES
from trainreg.people.corrections import correct
from trainreg.people.models import Person
from trainreg.people.words import LEVEL_WORDS
from trainreg.web import throttle
from trainreg.web.access import public
from trainreg.web.forms import answer
from trainreg.web.locale import current_language
from trainreg.web.safety import body_limit, keeps_typed

SMALL_BODY = 16 * 1024
COPIES = {"size": 6, "per_minute": 2}


@blueprint.get("/me/data")
@public
def data() -> tuple[str, int]:
    return _data_page(get_visitor(), None, AddressForm(formdata=None))


@blueprint.post("/me/data")
@public
@keeps_typed
@body_limit(SMALL_BODY)
def correct_data() -> tuple[str, int] | AnyResponse:
    person, form = get_visitor(), DataForm()
    form.offer(person, is_fresh=False)
    if not form.validate():
        return _data_page(person, form, AddressForm(formdata=None))
    correct(person, form.said(), by=OFFICIAL)
    db.session.commit()
    flash(_("Your data is corrected."), "success")
    return redirect(url_for(".data"), 303)


@blueprint.post("/me/data/email")
@public
@keeps_typed
@body_limit(SMALL_BODY)
def new_address() -> tuple[str, int] | AnyResponse:
    person_id, form = get_visitor().id, AddressForm()
    if form.validate():
        try:
            throttle.spend("new address of", str(person_id), size=4, per_minute=0.2)
            service.ask_to_change_email(get_visitor(), str(form.email.value), language=current_language())
            db.session.commit()
            flash(_("We have written to the new address. It counts once the link in that mail is pressed."), "success")
            return redirect(url_for(".data"), 303)
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal)
    return _data_page(get_visitor(), None, form)


@blueprint.post("/me/data/export")
@public
@body_limit(SMALL_BODY)
def export_data() -> Response:
    person_id = get_visitor().id
    throttle.spend("copy of", str(person_id), **COPIES)
    document = export(get_visitor(), by=OFFICIAL)
    db.session.commit()
    response = make_response(document)
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@blueprint.get("/me/consents")
@public
def consents() -> str:
    answers = consents_of(get_visitor())
    return render_template("me/consents.html", answers=answers, purposes=PURPOSES, channels=CHANNELS)


@blueprint.post("/me/consents")
@public
@body_limit(SMALL_BODY)
def change_consent() -> AnyResponse:
    person, form = get_visitor(), ConsentForm()
    if not form.validate():
        raise Invalid
    purpose, is_given = form.said()
    answer_consent(person, purpose, is_given, language=current_language())
    db.session.commit()
    flash(_("Your answer is kept."), "success")
    return redirect(url_for(".consents"), 303)


@blueprint.get("/me/erase")
@public
def erase_page() -> tuple[str, int]:
    get_visitor()
    return answer("me/erase.html", EraseForm())


@blueprint.post("/me/erase")
@public
@keeps_typed
@body_limit(SMALL_BODY)
def erase_now() -> tuple[str, int] | AnyResponse:
    person, form = get_visitor(), EraseForm()
    if not form.validate():
        return answer("me/erase.html", form)
    erase(person, by=OFFICIAL)
    db.session.commit()
    return drop_visit(redirect(url_for(".erased"), 303))


@blueprint.get("/me/erased")
@public
def erased() -> str:
    return render_template("me/erased.html")


@blueprint.get("/me/certificates/<int(max=2147483647):certificate_id>.pdf")
@public
def certificate_file(certificate_id: int) -> Response:
    certificate = get_certificate_of(get_visitor(), certificate_id)
    if certificate.state is not CertificateState.ISSUED:
        raise NoLongerInForce
    return file_response(certificate)


def _data_page(person: Person, typed: DataForm | None, address_form: AddressForm) -> tuple[str, int]:
    """Two forms on one page: the one that was sent keeps what was typed, the other shows what is recorded."""
    form = typed or DataForm(formdata=None)
    form.offer(person, is_fresh=typed is None)
    page, status = answer(
        "me/data.html",
        form,
        address_form=address_form,
        person=person,
        postings=list_postings(person),
        levels=LEVEL_WORDS,
        now=clock.now(),
    )
    return page, address_form.status if address_form.errors else status
