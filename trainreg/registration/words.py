"""How statuses, roles and ways in read, and the ledger in sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.events.models import Event
from trainreg.kernel.actor import ActorKind
from trainreg.registration.models import Registration, RegistrationMove
from trainreg.registration.rules import (
    NO_ANSWER_IN_TIME,
    Channel,
    InvitationState,
    RegistrationRole,
    RegistrationStatus,
)
from trainreg.web.locale import tr

STATUS_WORDS: dict[RegistrationStatus, Any] = {
    RegistrationStatus.INVITED: _l("Invited"),
    RegistrationStatus.NOMINATED: _l("Nominated"),
    RegistrationStatus.REQUESTED: _l("Waiting for approval"),
    RegistrationStatus.WAITLISTED: _l("Waiting list"),
    RegistrationStatus.CONFIRMED: _l("Confirmed"),
    RegistrationStatus.DECLINED: _l("Declined"),
    RegistrationStatus.CANCELLED: _l("Cancelled"),
}
ROLE_WORDS: dict[RegistrationRole, Any] = {
    RegistrationRole.PARTICIPANT: _l("Participant"),
    RegistrationRole.TRAINER: _l("Trainer"),
    RegistrationRole.RESOURCE_PERSON: _l("Resource person"),
    RegistrationRole.OBSERVER: _l("Observer"),
    RegistrationRole.ORGANIZER: _l("Organizer"),
}
INVITATION_WORDS: dict[InvitationState, Any] = {
    InvitationState.OPEN: _l("Can be used"),
    InvitationState.USED: _l("Used up"),
    InvitationState.EXPIRED: _l("Its time is over"),
    InvitationState.REVOKED: _l("Taken back"),
}
# Reasons that the system writes; a person's own words are shown as they were typed.
REASON_WORDS: dict[str, Any] = {NO_ANSWER_IN_TIME: _l("no answer came in time")}
CHANNEL_WORDS: dict[Channel, Any] = {
    Channel.SELF: _l("by the official"),
    Channel.FOCAL_POINT: _l("by the agency's focal point"),
    Channel.DESK: _l("at the desk"),
    Channel.IMPORT: _l("from an imported list"),
    Channel.WALK_IN: _l("at the door"),
    Channel.SYSTEM: _l("by the system, when a place fell free"),
}


@dataclass(frozen=True)
class LedgerLine:
    """One move, ready to show."""

    sentence: str
    at: datetime
    actor_label: str


def ledger(moves: list[RegistrationMove]) -> list[LedgerLine]:
    """The moves as sentences, newest first."""
    return [LedgerLine(_sentence(move), move.at, _who(move)) for move in reversed(moves)]


def _sentence(move: RegistrationMove) -> str:
    to_status, how = str(STATUS_WORDS[move.to_status]), str(CHANNEL_WORDS[move.channel])
    if move.reason == NO_ANSWER_IN_TIME:
        how = str(_l("by the system"))
    reason = REASON_WORDS.get(move.reason, move.reason)
    if move.from_status is None:
        words = _("Registered %(how)s: %(status)s", how=how, status=to_status)
    else:
        from_status = str(STATUS_WORDS[move.from_status])
        words = _("%(before)s → %(after)s, %(how)s", before=from_status, after=to_status, how=how)
    return str(_("%(move)s. Reason: %(reason)s", move=words, reason=reason) if move.reason else words)


def group_name(registration: Registration) -> str:
    """The group somebody belongs to, in the reader's language; as it was written where the event has no such group."""
    return name_of_group(registration.event, registration.group)


def name_of_group(event: Event, code: str) -> str:
    """A group of the event as people know it; the word itself where there is no such group (any more)."""
    return next((tr(group.name) for group in event.groups if group.code == code), code)


def _who(move: RegistrationMove) -> str:
    """Only staff are named: the sentence says already what the official or the system did."""
    return move.actor_label if move.actor_kind is ActorKind.STAFF else ""
