"""A transcript as an answer: which language is asked for, and the file for its reader alone."""

import io
from collections.abc import Callable

from flask import Response, request

from trainreg.certificates.downloads import file_download
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, reading
from trainreg.kernel.languages import LANGUAGES
from trainreg.kernel.refusals import NotFound
from trainreg.people.models import Person
from trainreg.transcript.content import Transcript
from trainreg.transcript.pdf import draw_transcript
from trainreg.transcript.service import note_taken


def hand_out(person: Person, compose: Callable[[str], Transcript], *, by: Actor) -> Response:
    """The PDF in the language that the form asks for, noted in the person's history first."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise NotFound
    note_taken(person, language, by=by)
    db.session.commit()
    with reading():  # nobody waits for the database while it is drawn
        told = compose(language)
        db.session.rollback()
    return file_download(io.BytesIO(draw_transcript(told)), f"transcript-{language}.pdf", "application/pdf")
