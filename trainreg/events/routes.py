"""Public pages of events."""

from flask import Blueprint, render_template

from trainreg.events.queries import get_public_event
from trainreg.web.access import public

blueprint = Blueprint("events", __name__)


@blueprint.get("/events")
@public
def public_list() -> str:
    return render_template("events/public_list.html")


@blueprint.get("/e/<slug>")
@public
def public_event(slug: str) -> str:
    return render_template("events/public_event.html", event=get_public_event(slug))
