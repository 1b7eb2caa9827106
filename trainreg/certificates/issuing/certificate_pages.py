"""One certificate at the desk: what it says, its editions and files, correcting, renewing and revoking it."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.audit.queries import history_of
from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.drafting import names_on_paper
from trainreg.certificates.forms import CorrectionForm, RevokeForm
from trainreg.certificates.issuing import editions
from trainreg.certificates.issuing.compared import told
from trainreg.certificates.issuing.lapsing import may_be_renewed
from trainreg.certificates.issuing.printed import printed_at
from trainreg.certificates.issuing.queries import list_editions
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of, get_certificate, project_of_certificate, projects_knowing
from trainreg.certificates.rules import Cause, state_after
from trainreg.certificates.sentences import KINDS
from trainreg.certificates.service import revoke as revoke_one
from trainreg.certificates.since import attendance_changed_since
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.people.printing import TRADITIONAL
from trainreg.people.words import PRINTED_NAME_WORDS
from trainreg.web.access import current_actor, may, needs
from trainreg.web.forms import Form, answer
from trainreg.web.safety import keeps_typed

ONE = "/desk/certificates/<int(max=2147483647):certificate_id>"
Answer = tuple[str, int] | Response


@blueprint.get(ONE)
@needs(Permission.VIEW_NAMES, project=project_of_certificate)
def details(certificate_id: int) -> tuple[str, int]:
    return _details(get_certificate(certificate_id), RevokeForm())


@blueprint.post(f"{ONE}/revoke")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_certificate)
@keeps_typed
def revoke(certificate_id: int) -> Answer:
    certificate = get_certificate(certificate_id)
    form = RevokeForm()
    if not form.validate():
        return _details(certificate, form)
    try:
        revoke_one(certificate, reason=str(form.reason.data), by=current_actor())
    except Refused as refusal:
        form.refuse(refusal)
        return _details(certificate, form)
    db.session.commit()
    flash(_("Certificate %(number)s is revoked.", number=certificate.register_number), "success")
    return redirect(url_for(".details", certificate_id=certificate_id), 303)


@blueprint.post(f"{ONE}/renew")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_certificate)
def renew(certificate_id: int) -> Answer:
    certificate = get_certificate(certificate_id)
    form = RevokeForm(formdata=None)
    try:
        edition = editions.renew(certificate, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _details(get_certificate(certificate_id), form)
    number, edition_id = edition.register_number, edition.id
    db.session.commit()
    flash(_("Renewed: the new edition has the register number %(number)s.", number=number), "success")
    return redirect(url_for(".details", certificate_id=edition_id), 303)


@blueprint.get(f"{ONE}/correct")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_certificate)
def correction(certificate_id: int) -> tuple[str, int]:
    return _correction(get_certificate(certificate_id), CorrectionForm(formdata=None), names=None)


@blueprint.post(f"{ONE}/correct")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_certificate)
@keeps_typed
def correct(certificate_id: int) -> Answer:
    """With `look` the preview of what was typed; otherwise the new edition."""
    certificate, form = get_certificate(certificate_id), CorrectionForm()
    names = {key.removeprefix("name_"): text for key, text in request.form.items() if key.startswith("name_")}
    if not form.validate() or "look" in request.form:
        return _correction(certificate, form, names)
    try:
        keeps = bool(form.keep.data) and _may_keep(certificate)
        edition = editions.correct(certificate, by=current_actor(), names=names, keeps=keeps)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _correction(get_certificate(certificate_id), form, names)
    number, edition_id = edition.register_number, edition.id
    db.session.commit()
    flash(_("Corrected: the new edition has the register number %(number)s.", number=number), "success")
    return redirect(url_for(".details", certificate_id=edition_id), 303)


def _may_keep(certificate: Certificate) -> bool:
    """A name on record is changed where nobody else's projects know the person, as at the desk."""
    known_to = projects_knowing(certificate.registration.person_id)
    return all(may(Permission.DECIDE_REGISTRATIONS, project_id=project_id) for project_id in known_to)


def _correction(certificate: Certificate, form: Form, names: dict[str, str] | None) -> tuple[str, int]:
    registration = certificate.registration
    printed = printed_at(registration.event)
    typed = names or names_on_paper(registration.person, printed.languages, vertical=printed.vertical)
    shown = (*printed.languages, TRADITIONAL) if printed.vertical else printed.languages
    problems, changes = [], []
    try:
        foreseen = editions.preview(certificate, typed)
        problems, changes = foreseen.problems, [told(one) for one in foreseen.differences]
    except Refused as refusal:
        problems = [str(refusal)]
    return answer(
        "certificates/correct.html",
        form,
        certificate=certificate,
        event=registration.event,
        person=registration.person,
        names={language: typed.get(language, "") for language in shown},
        labels=PRINTED_NAME_WORDS,
        may_keep=_may_keep(certificate),
        changes=changes,
        problems=problems,
        may_correct=state_after(certificate.state, Cause.CORRECTED) is not None,
    )


def _details(certificate: Certificate, form: RevokeForm) -> tuple[str, int]:
    return answer(
        "certificates/details.html",
        form,
        certificate=certificate,
        facts=facts_of(certificate),
        kind=KINDS[certificate.kind],
        event=certificate.registration.event,
        editions=list_editions(certificate.registration_id),
        may_correct=state_after(certificate.state, Cause.CORRECTED) is not None,
        may_renew=may_be_renewed(certificate),
        changed_at=attendance_changed_since(certificate.registration.event_id).get(certificate.id),
        history=history_of(certificate),
    )
