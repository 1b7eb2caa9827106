"""How each kind of mail reads, in each language, before anything is sent."""

from flask import Response, render_template, request

from trainreg.correspondence.blueprint import LIST, blueprint
from trainreg.correspondence.framing import mail_page, with_frame
from trainreg.correspondence.kinds import KINDS, invented, sample_of
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.languages import LANGUAGES
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.text import problem_in
from trainreg.kernel.tokens import grouped, normalised
from trainreg.outbox.drafts import Written, write
from trainreg.registration.models import Registration
from trainreg.registration.queries import get_registration
from trainreg.web.access import needs
from trainreg.web.locale import current_language

KIND = f"{LIST}/kinds/<mail>"


@blueprint.get(f"{LIST}/kinds")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def kind_list(slug: str) -> str:
    return render_template("correspondence/kind_list.html", event=get_event(slug), kinds=KINDS)


@blueprint.get(KIND)
@needs(Permission.VIEW_NAMES, project=project_of_event)
def kind_page(slug: str, mail: str) -> Response:
    event = get_event(slug)
    _ensure_known(mail)
    registration, reference = _asked_registration(event), request.args.get("for", "")
    language = _asked_language()
    with db.session.no_autoflush:
        draft = sample_of(mail, registration, language)
        written = write(draft)
    page = render_template(
        "correspondence/kind_page.html",
        event=event,
        kinds=KINDS,
        kind=mail,
        written=written,
        spoken=language,
        names=LANGUAGES,
        registration=registration,
        reference=registration.reference if reference else "",
        has_calendar=draft.calendar is not None,
    )
    return with_frame(page)


@blueprint.get(f"{KIND}/page")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def kind_html(slug: str, mail: str) -> Response:
    event = get_event(slug)
    _ensure_known(mail)
    return mail_page(_written(event, mail).html)


def _written(event: Event, mail: str) -> Written:
    with db.session.no_autoflush:
        return write(sample_of(mail, _asked_registration(event), _asked_language()))


def _ensure_known(mail: str) -> None:
    if mail not in KINDS:
        raise NotFound


def _asked_registration(event: Event) -> Registration:
    """The one whose reference was typed, else an invented one."""
    typed = request.args.get("for", "")[:20]
    if not typed or problem_in(typed):
        return invented(event)
    return get_registration(event.slug, grouped(normalised(typed)))


def _asked_language() -> str:
    asked = request.args.get("in", "")
    return asked if asked in LANGUAGES else current_language()
