"""Say how an event's certificates look, how long they are valid and how they travel."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.certificates.editor.models import CertificatePlan
from trainreg.certificates.editor.queries import Plan, find_plan, plan_of
from trainreg.certificates.editor.rules import are_languages, is_lifetime
from trainreg.events.models import Event
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.kernel.refusals import Invalid

audit.describes({"certificate.planned": _l("Design and wording of the certificates chosen")})


class NotWorded(Invalid):
    sentence = _l("Certificates are worded in one language or in two different ones.")
    field = "second"


class LapsesStrangely(Invalid):
    sentence = _l("A certificate is valid for 1 to 120 months, or for ever.")
    field = "valid_months"


def save_plan(event: Event, plan: Plan, *, by: Actor) -> None:
    """Keep what was chosen. Certificates that were issued keep what they were issued with."""
    event = lock_row(Event, event.id)
    if not are_languages(plan.languages):
        raise NotWorded
    if not is_lifetime(plan.valid_months):
        raise LapsesStrangely
    if plan_of(event) == plan:
        return
    row = find_plan(event.id) or CertificatePlan(event_id=event.id)
    _write(row, plan)
    db.session.add(row)
    db.session.flush()
    audit.record("certificate.planned", event, by=by, project_id=event.project_id)


def copy_plan(event: Event, copy: Event) -> None:
    """Give the copy of an event the same certificates."""
    if find_plan(event.id) is not None:
        row = CertificatePlan(event_id=copy.id)
        _write(row, plan_of(event))
        db.session.add(row)


def _write(row: CertificatePlan, plan: Plan) -> None:
    row.design_sha256, row.languages, row.has_vertical = plan.design_sha256, list(plan.languages), plan.vertical
    row.valid_months, row.mail = plan.valid_months, plan.mail
