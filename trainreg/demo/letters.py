"""What the organizer of the demonstration sent today: invitations, and a letter to those who come."""

from typing import Any

from trainreg.agencies.models import Agency
from trainreg.correspondence import letters
from trainreg.correspondence.choosing import Wanted
from trainreg.events.models import Event
from trainreg.kernel.actor import Actor
from trainreg.registration.invitations import Guest, Terms, invite_agency, invite_people

LANGUAGE = "mn"


def invite(told: dict[str, Any], event: Event, agencies: dict[str, Agency], *, by: Actor) -> None:
    """Make a link for each agency, good for so many, and one for each person named."""
    for code, uses in told.get("agencies", {}).items():
        invite_agency(event, agencies[code], uses=uses, terms=Terms(), language=LANGUAGE, by=by)
    invite_people(event, [Guest(**one) for one in told.get("people", [])], terms=Terms(), language=LANGUAGE, by=by)


def write(told: dict[str, Any], event: Event, *, by: Actor) -> None:
    """Write the letter, if there is one, to those confirmed in the group that it is for."""
    if told:
        body = {language: words.strip() for language, words in told["body"].items()}
        letters.send(event, Wanted(group=told["group"]), subject=told["subject"], body=body, key=event.slug, by=by)
