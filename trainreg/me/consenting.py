"""Give a consent, or take it back: a row each, so that it stays known what was agreed to when."""

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.kernel.actor import OFFICIAL
from trainreg.me.queries import consents_of
from trainreg.people.corrections import lock_person
from trainreg.people.models import Person
from trainreg.people.rules import CONSENT_WORDS, ConsentPurpose
from trainreg.people.service import record_consents

OWN_PAGE = "own_page"

audit.describes(
    {
        "person.consented": _l("The official gave a consent"),
        "person.took_consent_back": _l("The official took a consent back"),
    }
)


def answer_consent(person: Person, purpose: ConsentPurpose, is_given: bool, *, language: str) -> None:
    """Append the answer; the same answer twice is kept once."""
    person = lock_person(person)
    answers = consents_of(person)[purpose]
    if (answers[0].is_given if answers else False) == is_given:
        return
    record_consents(person, {purpose: is_given}, version=CONSENT_WORDS, language=language, channel=OWN_PAGE)
    action = "person.consented" if is_given else "person.took_consent_back"
    audit.record(action, person, by=OFFICIAL, purpose=purpose.value)
