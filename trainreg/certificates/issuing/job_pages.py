"""Follow a round of issuing: how far it is, what it refused, and the buttons that pause and stop it."""

from __future__ import annotations

from flask import Response, render_template, request, url_for
from flask import redirect as to
from werkzeug.wrappers import Response as AnyResponse

from trainreg.audit.queries import history_of
from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.issuing import jobs
from trainreg.certificates.issuing.queries import get_job, project_of_job, refusals_of
from trainreg.certificates.issuing.rules import JobAction, JobStatus, Order
from trainreg.certificates.issuing.told import sentences
from trainreg.certificates.issuing.words import ACTIONS, STATUSES, TONES
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.web.access import current_actor, needs
from trainreg.web.paging import page_of

ONE = "/desk/certificates/rounds/<int(max=2147483647):job_id>"


@blueprint.get(ONE)
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_job)
def job_page(job_id: int) -> str | Response:
    job = get_job(job_id)
    if "HX-Request" in request.headers and job.status is not JobStatus.GOING:
        return Response(headers={"HX-Refresh": "true"})  # the page that asked shows progress, and there is none left
    return render_template(
        "certificates/job.html",
        job=job,
        event=job.event,
        is_preparing=job.action is JobAction.PREPARE,
        action=ACTIONS[job.action],
        status=STATUSES[job.status],
        tone=TONES[job.status],
        page=page_of(refusals_of(job)),
        why=lambda refusal: sentences(refusal.kind, refusal.details),
        history=history_of(job),
    )


@blueprint.post(f"{ONE}/<order>")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_job)
def order_job(job_id: int, order: str) -> AnyResponse:
    if order not in set(Order):
        raise NotFound
    jobs.tell(get_job(job_id), Order(order), by=current_actor())
    db.session.commit()
    return to(url_for(".job_page", job_id=job_id), 303)
