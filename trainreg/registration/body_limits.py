"""How much a registration form may bring."""

from flask import request

from trainreg.events.queries import find_event
from trainreg.questions.queries import form_of
from trainreg.questions.rules import PLAIN

FORM_BODY = 32 * 1024
QUESTIONS_BODY = 512 * 1024  # thirty long answers in Mongolian, each letter six bytes on the way
FILES_BODY = 16 * 1024 * 1024  # three files, and room to say beside its field that one is too large


def body_of(slug: str) -> int:
    """How much this event's form may bring: files only as multipart, and only where it asks for one."""
    event = find_event(slug)
    spec = PLAIN if event is None else form_of(event.id)
    if spec.asks_files and request.mimetype == "multipart/form-data":
        return FILES_BODY
    return QUESTIONS_BODY if spec.asked else FORM_BODY
