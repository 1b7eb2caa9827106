"""Names as they are to be printed on certificates: given, and confirmed by the person."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.people.corrections import lock_person
from trainreg.people.models import Person
from trainreg.people.printing import composed_name, printed_names, unconfirmed

audit.describes(
    {
        "person.names_given": _l("Names for certificates written: %(languages)s"),
        "person.names_kept": _l("Names of a corrected certificate kept for the next ones: %(languages)s"),
        "person.names_confirmed": _l("The official confirmed the names on certificates"),
        "person.names_heard": _l("Written down that the official confirmed the names on certificates"),
    }
)


def give_names(person: Person, names: Mapping[str, str], *, by: Actor, action: str = "person.names_given") -> bool:
    """Write the names of these languages (empty: made from the parts again); returns whether anything changed.

    One that reads as the parts make it is none of its own: it goes on following them.
    """
    person = lock_person(person)
    before = dict(person.certificate_name)
    own = {code: "" if text == composed_name(person, code) else text for code, text in names.items()}
    wanted = {code: text for code, text in (before | own).items() if text}
    changed = sorted(code for code in before.keys() | wanted.keys() if before.get(code) != wanted.get(code))
    if changed:
        person.certificate_name = wanted
        audit.record(action, person, by=by, languages=", ".join(changed))
    return bool(changed)


def confirm_names(person: Person, *, by: Actor) -> bool:
    """Keep that the person finds right what would be printed now; staff write down what they heard from the person."""
    person = lock_person(person)
    if not unconfirmed(person):
        return False
    person.confirmed_names = printed_names(person)
    person.names_confirmed_at, person.names_confirmed_by_id = clock.now(), by.user_id
    audit.record("person.names_confirmed" if by.user_id is None else "person.names_heard", person, by=by)
    return True
