"""What a device asks for and hands in while people come: the list, and its scans."""

from typing import Any

from flask import Response, request
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as AnyResponse

from trainreg.checkin import service
from trainreg.checkin.answers import answers_of
from trainreg.checkin.batches import read_batch
from trainreg.checkin.blueprint import blueprint
from trainreg.checkin.lists import as_text, list_for_device, note_taken, was_taken
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel import clock
from trainreg.kernel.db import db, writing
from trainreg.kernel.permissions import Permission
from trainreg.web.access import current_actor, may, needs
from trainreg.web.locale import current_language
from trainreg.web.safety import body_limit

HUNDRED_SCANS = 128 * 1024
TOKEN_HEADER = "X-Form-Token"  # noqa: S105 - the name of a header


@blueprint.get("/checkin/<slug>/list.json")
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def list_json(slug: str) -> AnyResponse:
    """The list for a device; nothing when it has it already. The header brings the token for handing scans in."""
    event, language = get_event(slug), current_language()
    sees_names = may(Permission.VIEW_NAMES, project_id=event.project_id)
    if sees_names and not was_taken(event, by=current_actor()):
        _note_taken(slug)
        event = get_event(slug)
    text, tag = as_text(list_for_device(event, language, sees_names=sees_names))
    answer = Response(text, mimetype="application/json")
    answer.set_etag(tag)
    answer.headers[TOKEN_HEADER] = generate_csrf()
    answer.headers["X-Now"] = str(int(clock.now().timestamp() * 1000))
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer.make_conditional(request)


def _note_taken(slug: str) -> None:
    """That names leave for a device stands in the history: the one thing that asking for the list writes."""
    db.session.rollback()
    with writing():
        note_taken(get_event(slug), by=current_actor())
        db.session.commit()


@blueprint.post("/checkin/<slug>/sync")
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@body_limit(HUNDRED_SCANS)
def sync(slug: str) -> dict[str, object]:
    """Take scans in. What this answers is written: the transaction ends before the answer is made."""
    event, batch = get_event(slug), read_batch(_document())
    project_id = event.project_id
    judged = service.take_in(
        event, batch, by=current_actor(), may_confirm=may(Permission.DECIDE_REGISTRATIONS, project_id=project_id)
    )
    sees_names = may(Permission.VIEW_NAMES, project_id=project_id)
    answers = answers_of(judged, current_language(), sees_names=sees_names)  # from rows that are at hand now
    db.session.commit()
    now = int(clock.now().timestamp() * 1000)
    answered = {one.key for one in judged}
    odd = [*batch.odd, *(sent.key for sent in batch.scans if sent.key not in answered)]
    return {"now": now, "scans": answers, "odd": odd}


def _document() -> Any:
    """The JSON that was sent; None when it is none, or nested deeper than can be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None
