"""Public pages of events."""

from flask import Blueprint, render_template

from trainreg.web.access import public

blueprint = Blueprint("events", __name__)


@blueprint.get("/events")
@public
def public_list() -> str:
    return render_template("events/public_list.html")
