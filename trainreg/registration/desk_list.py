"""The desk's list of an event: look through it, and decide about the ticked ones."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.text import one_line, problem_in
from trainreg.registration import bulk
from trainreg.registration.blueprint import blueprint
from trainreg.registration.filters import filters_of
from trainreg.registration.forms import LONGEST_REASON
from trainreg.registration.lists import Listed, count_facets, list_desk_rows
from trainreg.registration.overview import overview_of
from trainreg.registration.rules import RegistrationStatus, seats_taken
from trainreg.registration.words import ROLE_WORDS
from trainreg.web.access import current_actor, needs
from trainreg.web.links import safe_next
from trainreg.web.locale import current_language
from trainreg.web.paging import PER_PAGE, Page, page_number

LIST = "/desk/events/<slug>/registrations"
ACTIONS = {
    "confirm": RegistrationStatus.CONFIRMED,
    "wait": RegistrationStatus.WAITLISTED,
    "decline": RegistrationStatus.DECLINED,
    "cancel": RegistrationStatus.CANCELLED,
}


@blueprint.get(LIST)
@needs(Permission.VIEW_NAMES, project=project_of_event)
def registration_list(slug: str) -> str:
    event = get_event(slug)
    filters = filters_of(event)
    wanted = filters.wanted
    facets = count_facets(event.id, wanted)
    total = filters.total(facets)
    number = page_number(total)
    rows = list_desk_rows(event.id, wanted, language=current_language(), limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return render_template(
        "registration/registration_list.html",
        event=event,
        page=Page[Listed](rows, number, PER_PAGE, total),
        wanted=wanted,
        filters=filters,
        choices=filters.choices(facets),
        tabs=filters.tabs(facets),
        sort_links=filters.sort_links(),
        overview=overview_of(event),
        taken=seats_taken((facet.status, facet.role, facet.in_all) for facet in facets),
        waiting=sum(facet.in_all for facet in facets if facet.status is RegistrationStatus.WAITLISTED),
        roles=ROLE_WORDS,
    )


@blueprint.post(f"{LIST}/decide")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def decide(slug: str) -> Response:
    event = get_event(slug)
    back = safe_next(request.form.get("next")) or url_for("registration.registration_list", slug=slug)
    # The button in a row confirms that one alone, whatever is ticked.
    only = request.form.get("confirm")
    to_status = RegistrationStatus.CONFIRMED if only else ACTIONS.get(request.form.get("action", ""))
    chosen = [only] if only else request.form.getlist("registration")
    references = [one for one in chosen if problem_in(one) is None]
    if to_status is None or not references:
        flash(_("Tick at least one registration first."), "error")
        return redirect(back, 303)
    result = bulk.decide(event, references, to_status, by=current_actor(), reason=reason_given())
    db.session.commit()
    tell(result, to_status)
    return redirect(back, 303)


def reason_given() -> str:
    """The reason that was typed beside the buttons."""
    reason = one_line(request.form.get("reason", "")[:LONGEST_REASON])
    return "" if problem_in(reason) else reason


def tell(result: bulk.BulkResult, to_status: RegistrationStatus) -> None:
    """Say how many were done, and for the others why not."""
    done = {
        RegistrationStatus.CONFIRMED: ngettext("%(num)s confirmed.", "%(num)s confirmed.", result.done),
        RegistrationStatus.WAITLISTED: ngettext(
            "%(num)s put on the waiting list.", "%(num)s put on the waiting list.", result.done
        ),
        RegistrationStatus.DECLINED: ngettext("%(num)s declined.", "%(num)s declined.", result.done),
        RegistrationStatus.CANCELLED: ngettext("%(num)s cancelled.", "%(num)s cancelled.", result.done),
    }
    if result.done:
        flash(done[to_status], "good")
    if result.unchanged:
        flash(ngettext("%(num)s needed no change.", "%(num)s needed no change.", result.unchanged), "info")
    for sentence, count in result.refused.items():
        flash(ngettext("%(num)s refused: %(why)s", "%(num)s refused: %(why)s", count, why=sentence), "error")
