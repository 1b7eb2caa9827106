"""Badges: for everybody who is confirmed, or for those ticked."""

import io

from flask import render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.attendance.forms import MOST_CELLS, TooManyTicked
from trainreg.attendance.queries import list_confirmed
from trainreg.audit import service as audit
from trainreg.certificates.downloads import file_download
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.languages import in_language
from trainreg.kernel.numbers import whole_number
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.paper.badges_pdf import Badge, draw_badges
from trainreg.paper.blueprint import blueprint
from trainreg.paper.content import languages_of, row_list
from trainreg.paper.forms import BadgesForm
from trainreg.paper.refusals import NobodyToPrint
from trainreg.paper.sheets_pdf import undrawable
from trainreg.registration.models import Registration
from trainreg.registration.passes import pass_code
from trainreg.registration.words import ROLE_WORDS
from trainreg.web.access import current_actor, needs
from trainreg.web.safety import body_limit, keeps_typed

ADDRESS = "/desk/events/<slug>/badges"


@blueprint.get(ADDRESS)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def badges(slug: str) -> tuple[str, int]:
    return _page(get_event(slug), BadgesForm(formdata=None))


@blueprint.post(ADDRESS)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
@body_limit(512 * 1024)
def print_badges(slug: str) -> tuple[str, int] | Response:
    """A POST, because it is written down who took the names along."""
    event, form = get_event(slug), BadgesForm()
    ticked = (
        None
        if "all" in request.form
        else {key for one in request.form.getlist("person") if (key := whole_number(one)) is not None}
    )
    try:
        if not form.validate():
            return _page(event, form)
        if ticked is not None and len(ticked) > MOST_CELLS:
            raise TooManyTicked
        people = list_confirmed(event.id, ticked)
        if not people:
            raise NobodyToPrint
    except Refused as refusal:
        form.refuse(refusal)
        return _page(event, form)
    audit.record("event.badges_printed", event, by=current_actor(), project_id=event.project_id, people=len(people))
    made = [_badge(one, event) for one in people]
    title, language = _title(event), languages_of(event)[0]
    db.session.commit()
    named = _("Badges: %(title)s", title=title)
    today = clock.today("UTC")
    content = draw_badges(made, event=title, title=named, language=language, made_on=today)
    return file_download(io.BytesIO(content), f"{slug}-badges.pdf", "application/pdf")


def _page(event: Event, form: BadgesForm) -> tuple[str, int]:
    people = list_confirmed(event.id)
    page = render_template(
        "paper/badges.html",
        event=event,
        form=form,
        people=people,
        roles=ROLE_WORDS,
        problems=undrawable(row_list(people, languages_of(event)[0])),
    )
    return page, form.status if form.errors else 200


def _title(event: Event) -> str:
    return " / ".join(dict.fromkeys(in_language(event.title, language) for language in languages_of(event)))


def _badge(one: Registration, event: Event) -> Badge:
    languages = languages_of(event)
    roles = []
    for language in languages:
        with force_locale(language):
            roles.append(str(ROLE_WORDS[one.role]))
    return Badge(
        name=one.person.name,
        latin=one.person.latin_name,
        reference=one.reference,
        agency=" / ".join(dict.fromkeys(in_language(one.agency.name, language) for language in languages)),
        role=" / ".join(dict.fromkeys(roles)),
        code=pass_code(one.reference),
    )
