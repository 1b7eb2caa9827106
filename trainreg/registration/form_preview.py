"""An event's form as the public sees it, for its organizers; nothing can be sent from here."""

from flask import render_template

from trainreg.events.queries import get_event, list_agencies_for, project_of_event
from trainreg.kernel.permissions import Permission
from trainreg.questions.forms import asking
from trainreg.questions.queries import form_of
from trainreg.registration.blueprint import blueprint
from trainreg.registration.forms import PublicForm
from trainreg.web.access import needs
from trainreg.web.locale import current_language


@blueprint.get("/desk/events/<slug>/form/preview")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def form_preview(slug: str) -> str:
    event = get_event(slug)
    form = asking(PublicForm, form_of(event.id))(formdata=None)
    form.offer_groups([group for group in event.groups if group.is_open], current_language())
    form.offer_agencies(list_agencies_for(event), current_language())
    return render_template("registration/form_preview.html", form=form, event=event)
