"""The register book at the desk: searched, narrowed, printed, taken along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.accounts.queries import get_user
from trainreg.audit import service as audit
from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.issuing.register import Asked, book, events_in_book, lines
from trainreg.certificates.issuing.words import STATES_IN_BOOK
from trainreg.certificates.queries import facts_of
from trainreg.certificates.rules import CertificateState
from trainreg.certificates.sentences import KINDS
from trainreg.kernel.db import db, reading
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.sheets_cells import Value
from trainreg.web.access import current_actor, needs, principal
from trainreg.web.downloads import asked_format, download
from trainreg.web.locale import tr
from trainreg.web.navigation import Entry, offer
from trainreg.web.paging import PER_PAGE, page_of

audit.describes({"account.register_taken": _l("Register book handed out as %(format)s")})
offer(Entry(_l("Register book"), "certificates.register_book", Permission.VIEW_NAMES, 25))

LONGEST_SEARCH = 100
PRINTED_AT_ONCE = 1000
_FILTERS = ("q", "project", "event", "state", "since", "until")


@blueprint.get("/desk/register")
@needs(Permission.VIEW_NAMES)
def register_book() -> str:
    asked = _asked(request.args)
    events = events_in_book(asked.project_ids)
    return render_template(
        "certificates/register.html",
        page=page_of(book(asked), per_page=PRINTED_AT_ONCE if "all" in request.args else PER_PAGE),
        asked={name: request.args[name] for name in _FILTERS if request.args.get(name)},
        events=events,
        projects=list(dict.fromkeys(event.project.code for event in events)),
        states=STATES_IN_BOOK,
        facts_of=facts_of,
        kinds=KINDS,
    )


@blueprint.post("/desk/register/export")
@needs(Permission.VIEW_NAMES)
def export_register() -> Response:
    """A POST, because it is written down who took the names along."""
    form, asked, actor = asked_format(request.form.get("format")), _asked(request.form), current_actor()
    if actor.user_id is None:
        raise NotFound
    audit.record("account.register_taken", get_user(actor.user_id), by=actor, format=form.value.upper())
    db.session.commit()
    header = [
        *(_("Register number"), _("Name"), _("Name (Latin)"), _("Certificate"), _("Event"), _("Project")),
        *(_("Issued on"), _("Valid until"), _("State"), _("Since"), _("Edition"), _("Takes the place of")),
    ]
    with reading():
        response = download(form, header, _cells(asked), name="register", title=_("Register book"))
        db.session.rollback()
    return response


def _cells(asked: Asked) -> Iterator[Sequence[Value]]:
    for one in lines(asked):
        facts = facts_of(one)
        names = list(facts.names.values())
        yield [
            one.register_number,
            names[-1],
            facts.names.get("en", names[0]),
            str(KINDS[one.kind]),
            tr(facts.event_title),
            facts.project_code,
            facts.issued_on,
            one.valid_until,
            str(STATES_IN_BOOK[one.state]),
            one.state_changed_at.date() if one.state_changed_at else None,
            facts.edition,
            facts.replaces,
        ]


def _asked(sent: Mapping[str, str]) -> Asked:
    state = sent.get("state", "")
    return Asked(
        project_ids=principal().project_ids(Permission.VIEW_NAMES),
        search=sent.get("q", "")[:LONGEST_SEARCH],
        project=sent.get("project", ""),
        event=sent.get("event", ""),
        state=CertificateState(state) if state in set(CertificateState) else None,
        since=_day(sent.get("since", "")),
        until=_day(sent.get("until", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
