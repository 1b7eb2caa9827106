"""An event's page on which it says how its certificates look and how they travel."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trainreg.audit.queries import history_of
from trainreg.certificates.editor.blueprint import blueprint
from trainreg.certificates.editor.choices import designs_for
from trainreg.certificates.editor.forms import PlanForm
from trainreg.certificates.editor.plan_preview import people_to_show, picture_of_plan
from trainreg.certificates.editor.plans import save_plan
from trainreg.certificates.editor.queries import plan_of
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import answer
from trainreg.web.safety import keeps_typed


@blueprint.get("/desk/events/<slug>/certificates/design")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_event)
def plan(slug: str) -> tuple[str, int]:
    event = get_event(slug)
    form = _offered(event, PlanForm(formdata=None))
    form.fill(plan_of(event))
    return _page(event, form)


@blueprint.post("/desk/events/<slug>/certificates/design")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_event)
@keeps_typed
def save_plan_page(slug: str) -> tuple[str, int] | AnyResponse:
    event = get_event(slug)
    form = _offered(event, PlanForm())
    if not form.validate() or request.form.get("action") == "preview":
        return _page(event, form)
    try:
        save_plan(event, form.plan, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_event(slug), form)
    db.session.commit()
    flash(_("The certificates of this event are planned."))
    return redirect(url_for(".plan", slug=slug), 303)


@blueprint.get("/desk/events/<slug>/certificates/design.png")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_event)
def plan_picture(slug: str) -> Response:
    """The page with what the address says, so that a choice can be looked at before it is saved; else as planned."""
    event = get_event(slug)
    chosen, person = plan_of(event), ""
    if request.args:
        form = _offered(event, PlanForm(request.args, meta={"csrf": False}))
        if not form.validate():
            raise NotFound
        chosen, person = form.plan, str(form.person.data or "")
    return Response(picture_of_plan(event, chosen, person), mimetype="image/png")


def _offered(event: Event, form: PlanForm) -> PlanForm:
    return form.offer(designs_for(event, plan_of(event)), people_to_show(event))


def _page(event: Event, form: PlanForm) -> tuple[str, int]:
    return answer("certificates/editor/plan.html", form, event=event, history=history_of(event))
