"""An official's own transcript: what they came to in every project, as a list and as a paper."""

from flask import Response, render_template

from trainreg.kernel import clock
from trainreg.kernel.actor import OFFICIAL
from trainreg.kernel.languages import LANGUAGES
from trainreg.me.blueprint import blueprint
from trainreg.me.visits import get_visitor
from trainreg.people.models import Person
from trainreg.transcript.content import Transcript, compose
from trainreg.transcript.handing import hand_out
from trainreg.transcript.pdf import name_on_paper
from trainreg.web import throttle
from trainreg.web.access import public
from trainreg.web.locale import current_language
from trainreg.web.safety import body_limit

SMALL_BODY = 16 * 1024


@blueprint.get("/me/transcript")
@public
def transcript() -> str:
    told = _told(get_visitor(), current_language())
    return render_template("me/transcript.html", told=told, named=name_on_paper(told), languages_of_paper=LANGUAGES)


@blueprint.post("/me/transcript")
@public
@body_limit(SMALL_BODY)
def take_transcript() -> Response:
    person = get_visitor()
    throttle.spend("transcript of", str(person.id), size=6, per_minute=2)
    return hand_out(person, lambda language: _told(person, language), by=OFFICIAL)


def _told(person: Person, language: str) -> Transcript:
    return compose(person, None, language=language, at=clock.now(), is_own=True)
