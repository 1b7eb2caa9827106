"""Who has earned a certificate and why: numerator and denominator, reasons, and what another threshold would change."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.queries import Candidate, list_candidates
from trainreg.certificates.sentences import reason_sentence
from trainreg.certificates.since import attendance_changed_since, missed_minutes
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db, reading
from trainreg.kernel.permissions import Permission
from trainreg.kernel.sheets_cells import Value
from trainreg.web.access import current_actor, needs
from trainreg.web.downloads import asked_format, download
from trainreg.web.locale import tr
from trainreg.web.paging import page_from

audit.describes({"event.eligibility_taken": _l("List of who has earned a certificate handed out as %(format)s")})

ADDRESS = "/desk/events/<slug>/eligibility"
_PERCENT = re.compile(r"\d{1,3}([.,]\d{1,3})?", re.ASCII)


@dataclass(frozen=True)
class Row:
    """One person: the verdict as it is, and as it would be with the other threshold, if one is asked."""

    candidate: Candidate
    sentences: Sequence[str]
    would_be: bool | None
    missed: int
    changed: bool

    @property
    def gains(self) -> bool:
        return bool(self.would_be) and not self.candidate.verdict.eligible

    @property
    def loses(self) -> bool:
        return self.would_be is False and self.candidate.verdict.eligible


@blueprint.get(ADDRESS)
@needs(Permission.VIEW_NAMES, project=project_of_event)
def eligibility_view(slug: str) -> tuple[str, int]:
    event = get_event(slug)
    typed = request.args.get("threshold", "").strip()
    share = _share(typed)
    rows = _rows(event, share)
    page = render_template(
        "certificates/eligibility.html",
        event=event,
        page=page_from(rows),
        eligible=sum(row.candidate.verdict.eligible for row in rows),
        would_be=None if share is None else sum(bool(row.would_be) for row in rows),
        gaining=[row.candidate.registration for row in rows if row.gains],
        losing=[row.candidate.registration for row in rows if row.loses],
        changed=sum(row.changed for row in rows),
        typed=typed,
        share=share,
        refused=bool(typed) and share is None,
    )
    return page, 422 if typed and share is None else 200


@blueprint.post(f"{ADDRESS}/export")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def export_eligibility(slug: str) -> Response:
    """A POST, because it is written down who took the names along."""
    event, form = get_event(slug), asked_format(request.form.get("format"))
    share = _share(request.form.get("threshold", "").strip())
    audit.record(
        "event.eligibility_taken", event, by=current_actor(), project_id=event.project_id, format=form.value.upper()
    )
    db.session.commit()
    with reading():
        header = [
            *(_("Reference"), _("Name"), _("Agency"), _("Sessions attended"), _("Sessions planned")),
            *(_("Hours attended"), _("Hours planned"), _("Per cent"), _("Minutes missed"), _("Eligible"), _("Why")),
        ]
        if share is not None:
            header.append(_("Eligible from %(share)s %%", share=_percent(share)))
        response = download(
            form, header, _cells(_rows(event, share)), name=f"eligibility-{slug}", title=_("Eligibility")
        )
        db.session.rollback()
    return response


def _cells(rows: Sequence[Row]) -> Iterator[Sequence[Value]]:
    words = {True: _("yes"), False: _("no")}
    for row in rows:
        one, attended, verdict = row.candidate.registration, row.candidate.attended, row.candidate.verdict
        told: list[Value] = [one.reference, one.person.name, tr(one.agency.name)]
        told += [attended.sessions, attended.sessions_planned, attended.hours, attended.hours_planned]
        told += [verdict.percent, row.missed, words[verdict.eligible], " ".join(row.sentences)]
        yield told if row.would_be is None else [*told, words[row.would_be]]


def _rows(event: Event, share: Decimal | None) -> list[Row]:
    candidates = list_candidates(event)
    other = [] if share is None else list_candidates(event, threshold=share)
    would_be = {candidate.registration.id: candidate.verdict.eligible for candidate in other}
    missed, changed = missed_minutes(event.id), attendance_changed_since(event.id)
    return [
        Row(
            candidate,
            [reason_sentence(reason) for reason in candidate.verdict.reasons],
            would_be.get(candidate.registration.id),
            missed.get(candidate.registration.id, 0),
            candidate.certificate is not None and candidate.certificate.id in changed,
        )
        for candidate in candidates
    ]


def _share(text: str) -> Decimal | None:
    """A percentage as a share from 0 to 1; None for nothing, and for what is no percentage."""
    if not _PERCENT.fullmatch(text):
        return None
    share = Decimal(text.replace(",", ".")) / 100
    return share if share <= 1 else None


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"
