"""The certificates of one event at the desk: who is ready, who has one, and the buttons that issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.audit.queries import history_of
from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.drafting import foreseen_flaws
from trainreg.certificates.issuing import jobs
from trainreg.certificates.issuing.lapsing import may_be_renewed
from trainreg.certificates.issuing.printed import printed_at
from trainreg.certificates.issuing.queries import find_open_job, get_job, list_last_jobs
from trainreg.certificates.issuing.rules import JobAction, JobStatus
from trainreg.certificates.issuing.sent import chosen_registrations
from trainreg.certificates.queries import Candidate, list_candidates, list_certificates_without_file
from trainreg.certificates.rules import CertificateState
from trainreg.certificates.sentences import flaw_sentence, reason_sentence
from trainreg.certificates.service import record_files
from trainreg.certificates.since import attendance_changed_since
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.people.printing import TRADITIONAL, unconfirmed
from trainreg.web.access import current_actor, needs
from trainreg.web.paging import PER_PAGE, Page, page_number

ADDRESS = "/desk/events/<slug>/certificates"
# So many are drawn while the person at the desk waits; the worker draws the rest.
MOST_DRAWN_AT_ONCE = 100

SHOWN: Mapping[str, Callable[[Candidate], bool]] = {
    "ready": lambda one: one.awaits_certificate,
    "prepared": lambda one: one.holds(CertificateState.PREPARED),
    "issued": lambda one: one.certificate is not None and not one.holds(CertificateState.PREPARED),
    "lapsing": lambda one: one.certificate is not None and may_be_renewed(one.certificate),
    "not-eligible": lambda one: one.certificate is None and not one.verdict.eligible,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, ready to show."""

    candidate: Candidate
    sentences: list[str]
    problems: list[str]
    changed: bool
    is_lapsing: bool
    is_unconfirmed: bool


@blueprint.get(ADDRESS)
@needs(Permission.VIEW_NAMES, project=project_of_event)
def event_certificates(slug: str) -> str:
    event = get_event(slug)
    candidates = list_candidates(event)
    asked = request.args.get("show", "")
    show = asked if asked in SHOWN else "all"
    shown = [one for one in candidates if SHOWN[show](one)] if show in SHOWN else candidates
    number = page_number(len(shown))
    rows = _rows(event, shown[(number - 1) * PER_PAGE : number * PER_PAGE])
    counts = {name: sum(map(is_shown, candidates)) for name, is_shown in SHOWN.items()}
    return render_template(
        "certificates/event_certificates.html",
        event=event,
        page=Page(rows, number, PER_PAGE, len(shown)),
        counts=counts | {"all": len(candidates)},
        earned=sum(one.awaits_activation for one in candidates),
        show=show,
        job=find_open_job(event.id),
        last_jobs=list_last_jobs(event.id),
        is_over=event.ends_at is not None and event.ends_at <= clock.now(),
        history=history_of(event),
    )


def _rows(event: Event, candidates: list[Candidate]) -> list[Row]:
    changed, printed = attendance_changed_since(event.id), printed_at(event)
    languages = (*printed.languages, TRADITIONAL) if printed.vertical else printed.languages
    return [
        Row(
            candidate,
            [reason_sentence(reason) for reason in candidate.verdict.reasons],
            [flaw_sentence(flaw) for flaw in foreseen_flaws(event, candidate, printed)],
            candidate.certificate is not None and candidate.certificate.id in changed,
            SHOWN["lapsing"](candidate),
            candidate.awaits_certificate and bool(unconfirmed(candidate.registration.person, languages)),
        )
        for candidate in candidates
    ]


@blueprint.post(ADDRESS)
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_event)
def issue(slug: str) -> Response:
    """Everybody who is eligible, or with `chosen` those who are ticked; a short round while the page waits."""
    event = get_event(slug)
    action = JobAction.PREPARE if request.form.get("action") == JobAction.PREPARE else JobAction.ISSUE
    only = chosen_registrations() if "chosen" in request.form else None
    job = jobs.begin(event, action, by=current_actor(), only=only)
    job_id, event_id, is_short = job.id, event.id, jobs.is_short(job)
    db.session.commit()
    if not is_short:
        return redirect(url_for(".job_page", job_id=job_id), 303)
    jobs.go_through(job_id)
    record_files(list_certificates_without_file(event_id, limit=MOST_DRAWN_AT_ONCE))
    db.session.commit()
    return _answer(job_id, slug)


def _answer(job_id: int, slug: str) -> Response:
    job = get_job(job_id)
    if job.status is not JobStatus.DONE:
        return redirect(url_for(".job_page", job_id=job_id), 303)
    if job.made and job.action is JobAction.PREPARE:
        flash(ngettext("%(num)d paper prepared.", "%(num)d papers prepared.", job.made), "success")
    elif job.made:
        flash(ngettext("%(num)d certificate issued.", "%(num)d certificates issued.", job.made), "success")
    else:
        flash(_("Nothing to issue: everybody who has earned a certificate has one."))
    if job.refusals:
        return redirect(url_for(".job_page", job_id=job_id), 303)
    return redirect(url_for(".event_certificates", slug=slug), 303)
