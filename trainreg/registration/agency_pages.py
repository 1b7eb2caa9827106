"""The focal point's page: their agency's registrations, to look at."""

from itertools import groupby
from operator import attrgetter

from flask import render_template
from flask_babel import lazy_gettext as _l

from trainreg.agencies.queries import ids_with_children
from trainreg.kernel.permissions import Permission
from trainreg.registration.blueprint import blueprint
from trainreg.registration.lists import registrations_of_agencies
from trainreg.web.access import needs, principal
from trainreg.web.navigation import Entry, offer
from trainreg.web.paging import page_of

offer(Entry(_l("My agency"), "registration.agency_page", Permission.VIEW_OWN_AGENCY, order=10))


@blueprint.get("/agency/")
@needs(Permission.VIEW_OWN_AGENCY)
def agency_page() -> str:
    own = principal().agency_ids(Permission.VIEW_OWN_AGENCY)
    page = page_of(registrations_of_agencies(ids_with_children(own or ())))
    events = [(event, list(rows)) for event, rows in groupby(page.items, key=attrgetter("event"))]
    return render_template("registration/agency_page.html", page=page, events=events)
