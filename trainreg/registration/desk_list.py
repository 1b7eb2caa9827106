"""The desk's list of an event: look through it, and decide about many at once."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import in_tree_order, list_agencies
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.text import one_line, problem_in
from trainreg.registration import bulk
from trainreg.registration.blueprint import blueprint
from trainreg.registration.lists import SORTS, Wanted, ids_below, registrations_of
from trainreg.registration.overview import overview_of
from trainreg.registration.rules import RegistrationRole, RegistrationStatus, seats_taken
from trainreg.registration.words import ROLE_WORDS, STATUS_WORDS
from trainreg.web.access import current_actor, needs
from trainreg.web.links import safe_next
from trainreg.web.locale import current_language
from trainreg.web.paging import page_of

LIST = "/desk/events/<slug>/registrations"
LONGEST_SEARCH = 100
ACTIONS = {
    "confirm": RegistrationStatus.CONFIRMED,
    "wait": RegistrationStatus.WAITLISTED,
    "decline": RegistrationStatus.DECLINED,
}


@blueprint.get(LIST)
@needs(Permission.VIEW_NAMES, project=project_of_event)
def registration_list(slug: str) -> str:
    event = get_event(slug)
    agencies = in_tree_order(list_agencies(only_active=False), current_language())
    wanted = _wanted([agency for agency, _depth in agencies])
    overview = overview_of(event)
    counts = overview.counts
    return render_template(
        "registration/registration_list.html",
        event=event,
        page=page_of(registrations_of(event.id, wanted)),
        wanted=wanted,
        agencies=agencies,
        tabs=_tabs(event, wanted, counts),
        sort_links=_sort_links(event, wanted),
        overview=overview,
        taken=seats_taken((status, role, count) for (status, role), count in counts.items()),
        waiting=sum(n for (status, _role), n in counts.items() if status is RegistrationStatus.WAITLISTED),
        roles=ROLE_WORDS,
    )


@blueprint.post(f"{LIST}/decide")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def decide(slug: str) -> Response:
    event = get_event(slug)
    back = safe_next(request.form.get("next")) or url_for("registration.registration_list", slug=slug)
    to_status = ACTIONS.get(request.form.get("action", ""))
    references = [one for one in request.form.getlist("registration") if problem_in(one) is None]
    if to_status is None or not references:
        flash(_("Tick at least one registration first."), "error")
        return redirect(back, 303)
    result = bulk.decide(event, references, to_status, by=current_actor())
    db.session.commit()
    _tell(result, to_status)
    return redirect(back, 303)


def _tell(result: bulk.BulkResult, to_status: RegistrationStatus) -> None:
    """Say how many were done, and for the others why not."""
    done = {
        RegistrationStatus.CONFIRMED: ngettext("%(num)s confirmed.", "%(num)s confirmed.", result.done),
        RegistrationStatus.WAITLISTED: ngettext(
            "%(num)s put on the waiting list.", "%(num)s put on the waiting list.", result.done
        ),
        RegistrationStatus.DECLINED: ngettext("%(num)s declined.", "%(num)s declined.", result.done),
    }
    if result.done:
        flash(done[to_status], "good")
    if result.unchanged:
        flash(ngettext("%(num)s needed no change.", "%(num)s needed no change.", result.unchanged), "info")
    for sentence, count in result.refused.items():
        flash(ngettext("%(num)s refused: %(why)s", "%(num)s refused: %(why)s", count, why=sentence), "error")


def _wanted(agencies: list[Agency]) -> Wanted:
    """What the address asks for; nonsense is left aside."""
    text = one_line(request.args.get("q", "")[:LONGEST_SEARCH])
    status = request.args.get("status", "")
    code = request.args.get("agency", "")
    sort = request.args.get("sort", "")
    return Wanted(
        status=RegistrationStatus(status) if status in set(RegistrationStatus) else None,
        agency_code=code,
        agency_ids=ids_below(agencies, code) if code else frozenset(),
        text="" if problem_in(text) else text,
        sort=sort if sort in SORTS else "registered",
    )


def _url(event: Event, wanted: Wanted) -> str:
    asked = {
        "status": wanted.status.value if wanted.status else "",
        "agency": wanted.agency_code,
        "q": wanted.text,
        "sort": "" if wanted.sort == "registered" else wanted.sort,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return url_for("registration.registration_list", slug=event.slug) + (f"?{query}" if query else "")


def _tabs(
    event: Event, wanted: Wanted, counts: Mapping[tuple[RegistrationStatus, RegistrationRole], int]
) -> list[tuple[str, str, bool, int]]:
    """One tab per status that occurs, with its count."""
    by_status = {
        status: sum(count for (one, _role), count in counts.items() if one is status) for status in RegistrationStatus
    }
    tabs = [(_("All"), _url(event, replace(wanted, status=None)), wanted.status is None, sum(by_status.values()))]
    for status, count in by_status.items():
        if count or status is wanted.status:
            link = _url(event, replace(wanted, status=status))
            tabs.append((str(STATUS_WORDS[status]), link, status is wanted.status, count))
    return tabs


def _sort_links(event: Event, wanted: Wanted) -> dict[str, dict[str, str | None]]:
    """For each column that sorts: where its heading leads, and how it is sorted now."""
    links = {}
    for column in ("name", "registered"):
        now = {column: "ascending", f"-{column}": "descending"}.get(wanted.sort)
        turned = f"-{column}" if now == "ascending" else column
        links[column] = {"sort_url": _url(event, replace(wanted, sort=turned)), "sorted": now}
    return links
