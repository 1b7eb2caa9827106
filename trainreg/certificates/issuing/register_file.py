"""The register book as a file: at once where it is short, by the worker where it is long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.accounts.queries import get_user
from trainreg.audit import service as audit
from trainreg.certificates.issuing.register import Asked, lines
from trainreg.certificates.issuing.words import STATES_IN_BOOK
from trainreg.certificates.queries import facts_of
from trainreg.certificates.rules import CertificateState
from trainreg.certificates.sentences import KINDS
from trainreg.exporting.kinds import ExportKind, Params, Told, Wanted, rights_to
from trainreg.kernel.actor import Actor
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.sheets_cells import Value
from trainreg.kernel.sheets_writing import SheetFormat, heard, write_sheet
from trainreg.web.locale import tr

audit.describes({"account.register_taken": _l("Register book handed out as %(format)s")})


def write_register(form: SheetFormat, asked: Asked, told: Told = lambda _rows: None) -> IO[bytes]:
    """The book as a table, ready to be read; the caller closes it, and answers for who may have it."""
    header = [
        *(_("Register number"), _("Name"), _("Name (Latin)"), _("Certificate"), _("Event"), _("Project")),
        *(_("Issued on"), _("Valid until"), _("State"), _("Since"), _("Edition"), _("Takes the place of")),
    ]
    return write_sheet(form, header, heard(_cells(asked), told), title=_("Register book"))


def note_register_taken(form: SheetFormat, by: Actor) -> None:
    if by.user_id is None:
        raise NotFound
    audit.record("account.register_taken", get_user(by.user_id), by=by, format=form.value.upper())


def wanted_register(form: SheetFormat, asked: Asked, rows: int) -> Wanted:
    """What was searched for, as it is kept with the file."""
    ids = None if asked.project_ids is None else sorted(asked.project_ids)
    since, until = (day.isoformat() if day else None for day in (asked.since, asked.until))
    params = {"format": form.value, "projects": ids, "search": asked.search, "project": asked.project}
    params |= {"event": asked.event, "state": asked.state, "since": since, "until": until}
    return Wanted(REGISTER, f"register.{form.value}", rows, params, rights_to(Permission.VIEW_NAMES, ids))


def _asked(params: Params) -> Asked:
    since, until = (date.fromisoformat(params[one]) if params[one] else None for one in ("since", "until"))
    state, ids = params["state"], params["projects"]
    return Asked(
        project_ids=None if ids is None else frozenset(ids),
        state=CertificateState(state) if state else None,
        since=since,
        until=until,
        **{name: params[name] for name in ("search", "project", "event")},
    )


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


REGISTER = ExportKind(
    code="register",
    title=_l("Register book"),
    unit=_l("Rows written"),
    make=lambda params, told: write_register(SheetFormat(params["format"]), _asked(params), told),
    note_taken=lambda params, by: note_register_taken(SheetFormat(params["format"]), by),
)
