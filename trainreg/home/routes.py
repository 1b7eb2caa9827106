"""The front page, the desk's first page, and the health check."""

from flask import Blueprint, render_template
from sqlalchemy import text
from werkzeug.wrappers import Response

from trainreg.kernel.db import db
from trainreg.web.access import public, signed_in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@public
def index() -> str:
    return render_template("home/index.html")


@blueprint.get("/desk/")
@signed_in
def desk() -> str | Response:
    return render_template("home/desk.html")


@blueprint.get("/healthz")
@public
def healthz() -> tuple[dict[str, str], int]:
    """200 when the database answers."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}, 200
