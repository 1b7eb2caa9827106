"""Set right what is recorded of a person, at their own wish, and forget who they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import lock_row
from trainreg.kernel.refusals import Refused
from trainreg.people.models import Person
from trainreg.people.rules import AgeBand, Sex

audit.describes(
    {
        "person.corrected": _l("Corrected by the official: %(what)s"),
        "person.email_changed": _l("The official confirmed a new e-mail address"),
        "person.erased": _l("Name, contacts and messages were erased at the person's own wish"),
    }
)


class PersonErased(Refused):
    """There is nobody left to change."""

    sentence = _l("These records were erased. Nothing can be changed any more.")
    status = 410


@dataclass(frozen=True)
class Corrections:
    """What an official can set right without asking anybody."""

    given_name: str
    family_name: str
    given_name_latin: str
    family_name_latin: str
    sex: Sex
    age_band: AgeBand
    phone: str | None
    language: str


def correct(person: Person, said: Corrections, *, by: Actor) -> Person:
    """Write what differs; certificates and registrations keep what was true when they were made."""
    person = lock_person(person)
    wanted: Mapping[str, object] = vars(said)
    changed = [name for name, value in wanted.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, wanted[name])
    if changed:
        audit.record("person.corrected", person, by=by, what=", ".join(changed))
    return person


def change_email(person: Person, email: str, *, by: Actor) -> Person:
    """Write the address that the person has shown to be theirs."""
    person = lock_person(person)
    if person.email != email:
        person.email = email
        audit.record("person.email_changed", person, by=by)
    return person


def lock_person(person: Person) -> Person:
    """Hold the person's row to the end of the transaction; raises PersonErased."""
    person = lock_row(Person, person.id)
    if person.erased_at is not None:
        raise PersonErased
    return person
