"""Decide about everybody that the list shows, over all its pages: asked once more, with the number."""

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.numbers import whole_number
from trainreg.kernel.permissions import Permission
from trainreg.registration import bulk
from trainreg.registration.blueprint import blueprint
from trainreg.registration.desk_list import ACTIONS, LIST, reason_given, tell
from trainreg.registration.filters import asked_of, filters_of
from trainreg.registration.lists import count_facets
from trainreg.web.access import current_actor, needs


@blueprint.get(f"{LIST}/all")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def decide_all_page(slug: str) -> tuple[str, int]:
    return _page(get_event(slug))


@blueprint.post(f"{LIST}/all")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def decide_all(slug: str) -> tuple[str, int] | Response:
    event = get_event(slug)
    filters, to_status = filters_of(event), ACTIONS.get(request.form.get("action", ""))
    if to_status is None:
        return _page(event, status=422, is_unanswered=True)
    expected = whole_number(request.form.get("expected", ""))
    try:
        result = bulk.decide_matching(
            event,
            filters.wanted,
            to_status,
            expected=-1 if expected is None else expected,
            by=current_actor(),
            reason=reason_given(),
        )
    except bulk.ListChanged as refusal:
        db.session.rollback()
        return _page(get_event(slug), status=refusal.status, refusal=str(refusal))
    db.session.commit()
    tell(result, to_status)
    return redirect(filters.url(status=None), 303)


def _page(event: Event, *, status: int = 200, is_unanswered: bool = False, refusal: str = "") -> tuple[str, int]:
    filters = filters_of(event)
    wanted = filters.wanted
    facets = count_facets(event.id, wanted)
    tabs = filters.tabs(facets)[1:]
    page = render_template(
        "registration/decide_all.html",
        event=event,
        filters=filters,
        asked=asked_of(wanted),
        total=filters.total(facets),
        counts=[(label, count) for label, _url, current, count in tabs if current or wanted.status is None],
        is_unanswered=is_unanswered,
        refusal=refusal,
        typed=request.form,
    )
    return page, status
