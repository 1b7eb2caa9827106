"""At the desk: is the newcomer one of those on record already? Asked before anybody is recorded twice."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.kernel.languages import in_language
from trainreg.kernel.refusals import Refused
from trainreg.people.details import PersonDetails
from trainreg.people.matching_queries import Likely, likely_matches
from trainreg.people.models import Person, Posting
from trainreg.people.service import find_known
from trainreg.people.words import EVIDENCE_WORDS
from trainreg.registration.models import Registration

NEW = "new"


class IsItOneOfThese(Refused):
    """Somebody with a similar name is on record, and nobody said yet whether it is them."""

    sentence = _l("Somebody like this is on record already. Say whether it is one of them, and press again.")
    field = "same_as"


@dataclass(frozen=True)
class Identified:
    """Who the newcomer is: somebody on record, or a new person, who is none of those that were shown."""

    person: Person | None = None
    not_these: frozenset[int] = frozenset()


def namesakes(details: PersonDetails, agency: Agency, project_ids: Collection[int] | None) -> list[Likely]:
    """Who may be meant, of those whom these projects know (None: all); nobody where it is certain who is meant."""
    if find_known(details, agency) is not None:
        return []
    found = likely_matches(details, agency)
    if project_ids is None or not found:
        return found
    known = set(
        db.session.scalars(
            select(Registration.person_id)
            .join(Event)
            .where(
                Event.project_id.in_(project_ids), Registration.person_id.in_([likely.person.id for likely in found])
            )
        )
    )
    return [likely for likely in found if likely.person.id in known]


def identify(found: Collection[Likely], answer: str) -> Identified:
    """What the desk's answer means; raises IsItOneOfThese while there is none among those offered."""
    if not found:
        return Identified()
    for likely in found:
        if answer == str(likely.person.id):
            return Identified(likely.person)
    if answer != NEW:
        raise IsItOneOfThese
    return Identified(not_these=frozenset(likely.person.id for likely in found))


def as_choices(found: Collection[Likely], language: str) -> list[tuple[str, str]]:
    """Each of them with the agency and the evidence, and somebody new at the end."""
    agencies = _agencies_of([likely.person.id for likely in found])
    choices = []
    for likely in found:
        names = dict.fromkeys((likely.person.name, likely.person.latin_name))
        agency = agencies.get(likely.person.id)
        parts = [" / ".join(names), *([in_language(agency.name, language)] if agency else [])]
        said = ", ".join(str(EVIDENCE_WORDS[one]) for one in likely.evidence)
        choices.append((str(likely.person.id), f"{', '.join(parts)} ({said})"))
    return [*choices, (NEW, str(_l("None of them: a new person")))]


def _agencies_of(person_ids: list[int]) -> dict[int, Agency]:
    postings = select(Posting.person_id, Agency).join(Posting.agency).where(Posting.person_id.in_(person_ids))
    return dict(db.session.execute(postings.order_by(Posting.id)).all())
