"""What a person came to in one's projects, as a list and as a paper."""

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from trainreg.kernel import clock
from trainreg.kernel.languages import LANGUAGES
from trainreg.kernel.permissions import Permission
from trainreg.people.models import Person
from trainreg.records.blueprint import ONE, blueprint
from trainreg.records.queries import get_person
from trainreg.transcript.content import Transcript, compose
from trainreg.transcript.handing import hand_out
from trainreg.transcript.pdf import name_on_paper
from trainreg.web.access import current_actor, needs, principal
from trainreg.web.locale import current_language


@blueprint.get(f"{ONE}/transcript")
@needs(Permission.VIEW_NAMES)
def transcript(person_id: int) -> str | AnyResponse:
    person = _person(person_id)
    if person.merged_into_id is not None:
        return redirect(url_for(".transcript", person_id=person.merged_into_id), 303)
    told = _told(person, current_language())
    named = name_on_paper(told)
    return render_template(
        "records/transcript.html", person=person, told=told, named=named, languages_of_paper=LANGUAGES
    )


@blueprint.post(f"{ONE}/transcript")
@needs(Permission.VIEW_NAMES)
def take_transcript(person_id: int) -> Response:
    """The paper, by POST, because it is written down who was handed it."""
    person = _person(person_id)
    return hand_out(person, lambda language: _told(person, language), by=current_actor())


def _person(person_id: int) -> Person:
    return get_person(person_id, principal().project_ids(Permission.VIEW_NAMES))


def _told(person: Person, language: str) -> Transcript:
    projects = principal().project_ids(Permission.VIEW_NAMES)
    return compose(person, projects, language=language, at=clock.now())
