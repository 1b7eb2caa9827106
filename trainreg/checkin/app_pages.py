"""The web app at the door: its two pages, its worker and the card by which telephones install it."""

import gzip
import json
import re
from datetime import timedelta

from flask import Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.agencies.queries import in_tree_order, list_agencies
from trainreg.checkin.blueprint import blueprint
from trainreg.checkin.lists import KEPT_AFTER
from trainreg.checkin.queries import list_events_at_door
from trainreg.checkin.shell import ICONS, shell_files, version_of, worker_script
from trainreg.checkin.words import app_words
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel import clock
from trainreg.kernel.languages import in_language
from trainreg.kernel.permissions import Permission
from trainreg.people.words import SEX_WORDS, age_band_choices
from trainreg.questions.queries import asks_age
from trainreg.web.access import current_actor, may, needs, principal, public
from trainreg.web.locale import current_language
from trainreg.web.navigation import Entry, offer
from trainreg.web.safety import SCANNING_POLICY

offer(Entry(_l("Check-in"), "checkin.start", Permission.TAKE_ATTENDANCE, 35))

AHEAD = timedelta(days=7)
_INDENT = re.compile(rb"\n\s+")


@blueprint.get("/checkin/")
@needs(Permission.TAKE_ATTENDANCE)
def start() -> Response:
    """Which event's door this is."""
    now = clock.now()
    events = list_events_at_door(principal().project_ids(Permission.TAKE_ATTENDANCE), now - KEPT_AFTER, now + AHEAD)
    said = app_words()["foreign_waits"]
    return _page("checkin/start.html", events=events, account=current_actor().user_id, foreign_waits=said)


@blueprint.get("/checkin/<slug>")
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def door(slug: str) -> Response:
    """The app. The page holds no name: the list comes by itself, and is kept encrypted."""
    event, language = get_event(slug), current_language()
    agencies = [
        (agency.code, "\u2003" * depth + in_language(agency.name, language))
        for agency, depth in in_tree_order(list_agencies(), language)
    ]
    return _page(
        "checkin/door.html",
        event=event,
        agencies=agencies,
        sexes=[(sex.value, words) for sex, words in SEX_WORDS.items()],
        age_bands=age_band_choices() if asks_age(event.id) else [],
        words=app_words(),
        account=current_actor().user_id,
        may_confirm=may(Permission.DECIDE_REGISTRATIONS, project_id=event.project_id),
    )


def _page(template: str, **context: object) -> Response:
    page = make_response(render_template(template, version=version_of(current_app), **context))
    if (
        request.accept_encodings.quality("gzip") > 0
    ):  # nothing secret stands in these pages, so their size tells nothing
        page.set_data(gzip.compress(_INDENT.sub(b"\n", page.get_data()), 9, mtime=0))
        page.headers["Content-Encoding"] = "gzip"
    page.vary.add("Accept-Encoding")
    page.headers["Content-Security-Policy"] = SCANNING_POLICY
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page


@blueprint.get("/checkin/sw.js")
@public
def worker() -> Response:
    """The service worker: the same for everybody, with the files of this version to keep."""
    return Response(worker_script(current_app, shell_files(current_app)), mimetype="text/javascript")


@blueprint.get("/checkin/manifest.webmanifest")
@public
def manifest() -> Response:
    """What a telephone shows of the installed app."""
    icons = [
        {"src": url_for("static", filename=name), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for name, sizes, purpose in ICONS
    ]
    card = {
        "id": "/checkin/",
        "name": _("Check-in at the door"),
        "short_name": _("Check-in"),
        "lang": current_language(),
        "start_url": url_for("checkin.start"),
        "scope": url_for("checkin.start"),
        "display": "standalone",
        "background_color": "#f4f7f7",
        "theme_color": "#0b4f57",
        "icons": icons,
    }
    return Response(json.dumps(card, ensure_ascii=False), mimetype="application/manifest+json")
