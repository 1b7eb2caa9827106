"""Whose transcript may be made, and the note that it was."""

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.kernel.actor import Actor
from trainreg.kernel.refusals import Refused
from trainreg.people.models import Person

audit.describes({"person.transcript_taken": _l("Transcript of trainings handed out (%(language)s)")})


class Forgotten(Refused):
    """Who it was is not known any more."""

    sentence = _l("This record was erased at the person’s request: there is no transcript of it.")
    status = 410


class MergedAway(Refused):
    """What this record held belongs to another one."""

    sentence = _l("This record was merged into another one: make the transcript there.")
    status = 409


def ensure_known(person: Person) -> None:
    """Raise unless this record stands for somebody."""
    if person.erased_at is not None:
        raise Forgotten
    if person.merged_into_id is not None:
        raise MergedAway


def note_taken(person: Person, language: str, *, by: Actor) -> None:
    """Write down who was handed a transcript, and in which language."""
    ensure_known(person)
    audit.record("person.transcript_taken", person, by=by, language=language)
