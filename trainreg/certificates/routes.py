"""The pages of certificates: the desk's, the official's own file, and the public answer to a code."""

from __future__ import annotations

import io
from dataclasses import dataclass

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from trainreg.audit.queries import history_of
from trainreg.certificates import eligibility_pages, service
from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.delivery import archive, files_of, for_printing
from trainreg.certificates.downloads import file_download, file_response
from trainreg.certificates.drafting import foreseen_flaws
from trainreg.certificates.forms import RevokeForm
from trainreg.certificates.models import Certificate
from trainreg.certificates.notices import certificate_id_in
from trainreg.certificates.queries import (
    Candidate,
    facts_of,
    get_certificate,
    list_candidates,
    list_certificates_of,
    list_certificates_without_file,
    project_of_certificate,
)
from trainreg.certificates.rules import CertificateState
from trainreg.certificates.sentences import KINDS, flaw_sentence, reason_sentence
from trainreg.certificates.since import attendance_changed_since
from trainreg.certificates.verifying import file_pages, offline_pages, pages
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.web.access import current_actor, needs, public
from trainreg.web.forms import answer
from trainreg.web.paging import PER_PAGE, Page, asked_page
from trainreg.web.safety import keeps_typed

__all__ = ["blueprint", "eligibility_pages", "file_pages", "offline_pages", "pages"]

# So many are drawn while the person at the desk waits; `trainreg certificates render` takes the rest.
MOST_DRAWN_AT_ONCE = 200


class NoLongerInForce(Refused):
    """A revoked or replaced certificate is not handed out any more."""

    sentence = _l("This certificate is no longer in force, so it cannot be fetched here. Ask the organiser.")
    status = 410


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the eligibility table, ready to show."""

    candidate: Candidate
    sentences: list[str]
    problems: list[str]
    changed: bool


def _shown(candidates: list[Candidate], show: str) -> list[Candidate]:
    kept = {
        "ready": [candidate for candidate in candidates if candidate.awaits_certificate],
        "issued": [candidate for candidate in candidates if candidate.certificate is not None],
        "not-eligible": [
            candidate for candidate in candidates if candidate.certificate is None and not candidate.verdict.eligible
        ],
    }
    return kept.get(show, candidates)


@blueprint.get("/desk/events/<slug>/certificates")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def event_certificates(slug: str) -> str:
    event = get_event(slug)
    candidates = list_candidates(event)
    show = request.args.get("show", "all")
    shown = _shown(candidates, show)
    changed = attendance_changed_since(event.id)
    number = min(asked_page(), max(1, -(-len(shown) // PER_PAGE)))
    rows = [
        Row(
            candidate,
            [reason_sentence(reason) for reason in candidate.verdict.reasons],
            [flaw_sentence(flaw) for flaw in foreseen_flaws(event, candidate)],
            candidate.certificate is not None and candidate.certificate.id in changed,
        )
        for candidate in shown[(number - 1) * PER_PAGE : number * PER_PAGE]
    ]
    counts = {name: len(_shown(candidates, name)) for name in ("all", "ready", "issued", "not-eligible")}
    return render_template(
        "certificates/event_certificates.html",
        event=event,
        page=Page(rows, number, PER_PAGE, len(shown)),
        counts=counts,
        show=show,
        history=history_of(event),
    )


@blueprint.post("/desk/events/<slug>/certificates")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_event)
def issue(slug: str) -> AnyResponse:
    event = get_event(slug)
    issued = service.issue(event, by=current_actor())
    event_id = event.id
    db.session.commit()
    service.record_files(list_certificates_without_file(event_id, limit=MOST_DRAWN_AT_ONCE))
    db.session.commit()
    _tell(issued)
    return redirect(url_for(".event_certificates", slug=slug), 303)


def _tell(issued: service.Issued) -> None:
    count = len(issued.certificates)
    if count:
        flash(ngettext("%(num)d certificate issued.", "%(num)d certificates issued.", count), "success")
    else:
        flash(_("Nothing to issue: everybody who has earned a certificate has one."))
    if issued.undrawable:
        flash(
            ngettext(
                "%(num)d certificate could not be issued because it cannot be printed. "
                "The reason stands beside the name.",
                "%(num)d certificates could not be issued because they cannot be printed. "
                "The reasons stand beside the names.",
                len(issued.undrawable),
            ),
            "warning",
        )


@blueprint.get("/desk/events/<slug>/certificates.pdf")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_event)
def print_all(slug: str) -> Response:
    content = io.BytesIO(for_printing(_certificates_or_404(slug)))
    return file_download(content, f"{slug}-certificates.pdf", "application/pdf")


@blueprint.get("/desk/events/<slug>/certificates.zip")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_event)
def download_all(slug: str) -> Response:
    content = archive(files_of(_certificates_or_404(slug)))
    return file_download(content, f"{slug}-certificates.zip", "application/zip")


def _certificates_or_404(slug: str) -> list[Certificate]:
    certificates = list(list_certificates_of(get_event(slug).id))
    if not certificates:
        raise NotFound
    return certificates


@blueprint.get("/desk/certificates/<int(max=2147483647):certificate_id>.pdf")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_certificate)
def file(certificate_id: int) -> Response:
    return file_response(get_certificate(certificate_id))


@blueprint.get("/desk/certificates/<int(max=2147483647):certificate_id>")
@needs(Permission.VIEW_NAMES, project=project_of_certificate)
def details(certificate_id: int) -> tuple[str, int]:
    return _details(get_certificate(certificate_id), RevokeForm())


@blueprint.post("/desk/certificates/<int(max=2147483647):certificate_id>/revoke")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_certificate)
@keeps_typed
def revoke(certificate_id: int) -> tuple[str, int] | AnyResponse:
    certificate = get_certificate(certificate_id)
    form = RevokeForm()
    if not form.validate():
        return _details(certificate, form)
    try:
        service.revoke(certificate, reason=str(form.reason.data), by=current_actor())
    except Refused as refusal:
        form.refuse(refusal)
        return _details(certificate, form)
    db.session.commit()
    flash(_("Certificate %(number)s is revoked.", number=certificate.register_number), "success")
    return redirect(url_for(".details", certificate_id=certificate_id), 303)


def _details(certificate: Certificate, form: RevokeForm) -> tuple[str, int]:
    return answer(
        "certificates/details.html",
        form,
        certificate=certificate,
        facts=facts_of(certificate),
        kind=KINDS[certificate.kind],
        event=certificate.registration.event,
        changed_at=attendance_changed_since(certificate.registration.event_id).get(certificate.id),
        history=history_of(certificate),
    )


@blueprint.get("/me/certificate/<token>.pdf")
@public
def own_file(token: str) -> Response:
    certificate = get_certificate(certificate_id_in(token))
    if certificate.state is not CertificateState.ISSUED:
        raise NoLongerInForce
    return file_response(certificate)
