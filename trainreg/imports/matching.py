"""Who a row is: somebody on record, somebody of an earlier row, somebody new, or a question for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from trainreg.imports.known import Agencies, KnownPerson, People
from trainreg.imports.plan import Candidate
from trainreg.people.details import PersonDetails
from trainreg.people.keeping import facts_of_details
from trainreg.people.matching import facts, is_same_name

NEW = "new"


@dataclass(frozen=True)
class Match:
    """Somebody known and why; nobody and no candidates: new; candidates: the desk is asked."""

    person: KnownPerson | None = None
    why: str = ""
    candidates: tuple[Candidate, ...] = ()


def match(
    details: PersonDetails,
    agency_id: int | None,
    people: People,
    agencies: Agencies,
    *,
    answer: str,
    language: str,
    alike: Sequence[KnownPerson] = (),
) -> Match:
    """As `people.service.find_known` where that is certain of one person; else as the desk answered, or a question.

    Certain: the same name with the same e-mail address; or, where one side has no address, the same name at the
    same agency. A question: the same name otherwise, the same address under another name, two who are certain, or
    somebody `alike` enough that the desk should look.
    """
    email = (details.email or "").casefold()
    same_name = people.by_key.get(details.match_key, [])
    same_address = people.by_email.get(email, []) if email else []
    by_address = [one for one in same_address if one in same_name or _is_same_name(details, one)]
    certain = [one for one in same_name if agency_id in one.agency_ids and (not email or one.email is None)]
    alone = by_address or certain
    if len(alone) == 1:
        return Match(alone[0], _why(alone[0], email))
    likely = alone or list({one.key: one for one in (*same_name, *same_address, *alike)}.values())
    if not likely:
        return Match()
    if answer == NEW:
        return Match(why=_("The desk said: a new person."))
    chosen = next((one for one in likely if one.key == answer), None)
    if chosen is not None:
        return Match(chosen, _("The desk said: the same person."))
    return Match(candidates=tuple(_candidate(one, details, email, agencies, language) for one in likely[:10]))


def _is_same_name(details: PersonDetails, one: KnownPerson) -> bool:
    """In whatever script and spelling and order of its parts, as `find_known` has it."""
    return is_same_name(facts_of_details(details), facts(one.names, one.latin))


def _why(person: KnownPerson, email: str) -> str:
    if email and person.email == email:
        why = _("The same name and e-mail address.")
    else:
        why = _("The same name at the same agency.")
    if person.id is None:
        brings = _("Row %(row)d brings this person.", row=person.row)
        return f"{why} {brings}"
    return str(why)


def _candidate(one: KnownPerson, details: PersonDetails, email: str, agencies: Agencies, language: str) -> Candidate:
    """Who it may be and on what evidence; an address on record is not shown."""
    has_same_name = one.match_key == details.match_key
    is_alike = not has_same_name and _is_same_name(details, one)
    same, spelt = _("the same name"), _("the same name, spelt otherwise")
    evidence = [same if has_same_name else spelt if is_alike else _("another name")]
    if email and one.email:
        evidence.append(_("the same e-mail address") if one.email == email else _("another e-mail address"))
    where = ", ".join(
        agencies.by_id[agency_id].called(language)
        for agency_id in sorted(one.agency_ids)
        if agency_id in agencies.by_id
    )
    words = " · ".join(filter(None, (one.name, where, ", ".join(map(str, evidence)))))
    if one.id is None:
        here = _("row %(row)d of this file", row=one.row)
        words = f"{words} ({here})"
    return Candidate(one.key, words)
