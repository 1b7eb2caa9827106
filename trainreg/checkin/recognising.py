"""Who a code or a name stands for; of what stands for nobody only a short hash is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import find_agency_by_code
from trainreg.checkin.batches import Sent, WalkIn, as_reference
from trainreg.checkin.queries import typed_again
from trainreg.checkin.rules import Recognised
from trainreg.events.models import Event
from trainreg.kernel.actor import Actor
from trainreg.kernel.tokens import hashed
from trainreg.people.rules import ConsentPurpose
from trainreg.people.service import PersonDetails, find_known
from trainreg.registration.intake import PublicRegistration, add_at_desk
from trainreg.registration.models import Registration
from trainreg.registration.passes import MARK, reference_in
from trainreg.registration.queries import find_registration_of
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.registration.seating import seating_of

LETTERS_OF_HASH = 12


@dataclass(frozen=True)
class Named:
    """What a scan names: a reference, whether a pass of ours proves it, and the hash kept where it names nobody."""

    reference: str
    is_proven: bool
    said: str


def named_by(sent: Sent) -> Named:
    """The reference in a scan; a pass counts only with its proof, a reference only where somebody typed it."""
    code = sent.code.strip()
    if sent.reference:
        return Named(sent.reference, False, _short(sent.reference))
    proven = reference_in(code)
    if proven is not None:
        return Named(proven, True, _short(code))
    typed = "" if code.upper().startswith(f"{MARK}:") else as_reference(code)
    return Named(typed, False, _short(code))


def recognise(
    event: Event, named: Mapping[str, Named], registrations: Mapping[str, Registration]
) -> dict[str, Recognised]:
    """What each scan led to, by its key."""
    strange = {one.reference for one in named.values() if one.reference and one.reference not in registrations}
    again = typed_again(event.id, sorted(strange))
    found = {}
    for key, one in named.items():
        if one.reference in registrations:
            found[key] = Recognised.REGISTRATION
        elif one.reference in again:
            found[key] = Recognised.SECOND_FORM
        else:
            found[key] = Recognised.OTHER_EVENT if one.is_proven else Recognised.NOTHING
    return found


def find_walk_in(event: Event, person: WalkIn, *, language: str) -> str:
    """The reference of somebody typed at the door who is on the list already; empty when they are not.

    The caller holds the event's lock, so that nobody comes onto the list meanwhile.
    """
    agency = _agency_of(person)
    registered = _registration_of(event, _details_of(person, language), agency) if agency is not None else None
    return registered.reference if registered is not None else ""


def register_walk_in(
    event: Event, person: WalkIn, *, language: str, by: Actor, may_confirm: bool
) -> tuple[Registration | None, bool]:
    """The registration of somebody typed at the door, and whether it is new; None when something is missing.

    Raises Refused where nobody can be put on the list, as on that of an event that is called off.

    Confirmed at once where whoever stands at the door may confirm and a place is left; else it waits for the desk. The
    caller holds the event's lock.
    """
    agency, details = _agency_of(person), _details_of(person, language)
    if agency is None:
        return None, False
    registered = _registration_of(event, details, agency)
    if registered is not None:
        return registered, False
    has_room = seating_of(event).room(agency.id, "").left != 0
    status = RegistrationStatus.CONFIRMED if may_confirm and has_room else RegistrationStatus.REQUESTED
    form = PublicRegistration(details, agency.code, consents=frozenset({ConsentPurpose.RUN_EVENT}))
    role = RegistrationRole.PARTICIPANT
    return add_at_desk(event, form, status, agency=agency, role=role, language=language, by=by), True


def _agency_of(person: WalkIn) -> Agency | None:
    """The agency somebody comes from; None when something is missing."""
    agency = find_agency_by_code(person.agency_code) if person.is_complete else None
    return agency if agency is not None and agency.is_active else None


def _details_of(person: WalkIn, language: str) -> PersonDetails:
    return PersonDetails(
        given_name=person.given_name,
        family_name=person.family_name,
        sex=person.sex,
        age_band=person.age_band,
        language=language,
    )


def _registration_of(event: Event, details: PersonDetails, agency: Agency) -> Registration | None:
    known = find_known(details, agency)
    return find_registration_of(event.id, known.id) if known is not None else None


def _short(code: str) -> str:
    return hashed(code)[:LETTERS_OF_HASH]
