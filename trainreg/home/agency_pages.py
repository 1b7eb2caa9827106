"""The focal point's pages: events to nominate for, their people, and who of them came."""

from itertools import groupby
from operator import attrgetter

from flask import render_template
from flask_babel import lazy_gettext as _l

from trainreg.events.queries import door_of
from trainreg.home.agency_queries import attended_of, sessions_over
from trainreg.home.blueprint import blueprint
from trainreg.kernel.permissions import Permission
from trainreg.nominations.allowance import Allowances
from trainreg.nominations.queries import get_event_of, list_open_to, list_people_of, nominated_ids
from trainreg.nominations.rules import may_nominate
from trainreg.nominations.service import may_be_replaced, scope_of
from trainreg.registration.lists import registrations_of_agencies
from trainreg.registration.notices import address_of
from trainreg.registration.rules import UNANSWERED
from trainreg.web.access import needs, principal
from trainreg.web.navigation import Entry, offer
from trainreg.web.paging import page_of

offer(
    Entry(
        _l("My agency"),
        "home.agency_page",
        Permission.VIEW_OWN_AGENCY,
        order=10,
        stands_for=lambda endpoint: endpoint == "home.agency_event" or endpoint.startswith("nominations."),
    )
)


@blueprint.get("/agency/")
@needs(Permission.VIEW_OWN_AGENCY)
def agency_page() -> str:
    own = _own()
    asking = []
    for event, agencies in list_open_to(own):
        allowances = Allowances(event)
        asking.append((event, [(agency, allowances.of(agency.id)) for agency in agencies]))
    page = page_of(registrations_of_agencies(own))
    events = [(event, list(rows)) for event, rows in groupby(page.items, key=attrgetter("event"))]
    return render_template("home/agency_page.html", page=page, events=events, asking=asking)


@blueprint.get("/agency/events/<slug>")
@needs(Permission.VIEW_OWN_AGENCY)
def agency_event(slug: str) -> str:
    """One event: the agency's places, its people, where each stands, and after the event who came."""
    own = _own()
    event, asked = get_event_of(slug, own)
    people, named, allowances = list_people_of(event, own), nominated_ids(event), Allowances(event)
    return render_template(
        "home/agency_event.html",
        event=event,
        places=[(agency, allowances.of(agency.id)) for agency in asked],
        may_nominate=bool(asked) and may_nominate(door_of(event), event.admission),
        people=people,
        replaceable={one.id for one in people if may_be_replaced(one, named)},
        needs_slip={
            one.id for one in people if one.id in named and one.status in UNANSWERED and address_of(one) is None
        },
        attended=attended_of(event, own),
        sessions=sessions_over(event),
    )


def _own() -> frozenset[int]:
    return scope_of(principal().agency_ids(Permission.VIEW_OWN_AGENCY))
