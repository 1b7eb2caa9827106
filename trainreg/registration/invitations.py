"""Invitation links: make them, know them again, use them up, take them back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import ids_with_children
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.kernel.refusals import Invalid, NotFound, Refused
from trainreg.kernel.tokens import new_reference
from trainreg.outbox import service as outbox
from trainreg.registration.models import Invitation, Registration
from trainreg.registration.rules import MOST_USES, InvitationState, invitation_state
from trainreg.web.links import absolute, is_signed, personal_link, signature_of

audit.describes(
    {
        "invitation.created": _l("Invitation link made, for %(uses)s"),
        "invitation.revoked": _l("Invitation link taken back"),
    }
)


class UnknownInvitation(NotFound):
    """Mistyped, cut off, or made up."""

    sentence = _l("This invitation link is not known here. Check that it was copied whole, or ask who sent it to you.")


class InvitationUsed(Refused):
    """As many came in by it as it is for."""

    sentence = _l("This invitation link has been used already. If it was not you, ask who sent it for another one.")


class InvitationExpired(Refused):
    """Too late."""

    sentence = _l("This invitation link is no longer valid: its time is over. Ask who sent it for another one.")


class InvitationRevoked(Refused):
    """The desk took it back."""

    sentence = _l("This invitation was taken back by the organizers. Ask them if you think you should have it.")


class WrongUses(Invalid):
    """A link for nobody, or for everybody."""

    sentence = _l("Enter how many may register with the link, from 1 to %(most)s.")
    field = "uses"


class OverAlready(Invalid):
    """A link that never opens anything."""

    sentence = _l("Choose a time to come.")
    field = "expires_at"


REFUSALS: dict[InvitationState, type[Refused]] = {
    InvitationState.USED: InvitationUsed,
    InvitationState.EXPIRED: InvitationExpired,
    InvitationState.REVOKED: InvitationRevoked,
}


@dataclass(frozen=True)
class Guest:
    """A person to invite by name."""

    name: str
    email: str


@dataclass(frozen=True)
class Terms:
    """How long a link holds, and whether the event's opening hours hold for it."""

    expires_at: datetime | None = None
    outside_hours: bool = False


def invite_agency(event: Event, agency: Agency, *, uses: int, terms: Terms, language: str, by: Actor) -> Invitation:
    """Make a link for so many people of an agency and the offices below it."""
    if not 1 <= uses <= MOST_USES:
        raise WrongUses(most=MOST_USES)
    return _make(event, Invitation(agency_id=agency.id, most_uses=uses, language=language), terms, by=by)


def invite_people(event: Event, guests: Iterable[Guest], *, terms: Terms, language: str, by: Actor) -> list[Invitation]:
    """Make a link for each, good for one registration, and mail it; nothing else is kept of them until they answer."""
    made = []
    for guest in guests:
        invitation = Invitation(name=guest.name, email=guest.email, most_uses=1, language=language)
        made.append(_make(event, invitation, terms, by=by))
        outbox.queue(
            "registration_invited",
            key=f"invitation/{invitation.key}",
            to=guest.email,
            name=guest.name,
            language=language,
            link=thing_of(invitation),
            event=event,
            event_url=absolute("registration.public_event", slug=event.slug),
            expires_at=terms.expires_at,
        )
    return made


def revoke(invitation: Invitation, *, by: Actor) -> None:
    """Take a link back: it opens nothing any more. Whoever came in by it stays."""
    invitation = lock_row(Invitation, invitation.id)
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        audit.record("invitation.revoked", invitation, by=by, project_id=invitation.event.project_id)


def take(invitation: Invitation, event: Event) -> Invitation:
    """Use an invitation once, in the transaction of the registration; refuses one that opens nothing here."""
    invitation = lock_row(Invitation, invitation.id)
    if invitation.event_id != event.id:
        raise UnknownInvitation
    ensure_open(invitation)
    invitation.uses += 1
    return invitation


def ensure_open(invitation: Invitation) -> None:
    """Refuse, saying why, an invitation that opens nothing any more."""
    state = state_of(invitation)
    if state is not InvitationState.OPEN:
        raise REFUSALS[state]


def state_of(invitation: Invitation) -> InvitationState:
    """Whether the link still opens the form."""
    return invitation_state(
        uses=invitation.uses,
        most_uses=invitation.most_uses,
        expires_at=invitation.expires_at,
        is_revoked=invitation.revoked_at is not None,
        now=clock.now(),
    )


def thing_of(invitation: Invitation) -> str:
    """What its link is signed for."""
    return f"i/{invitation.key}"


def link_of(invitation: Invitation) -> str:
    """The whole link, to be copied: it can be made again at any time."""
    return personal_link(thing_of(invitation), signature_of(thing_of(invitation)))


def token_of(invitation: Invitation) -> str:
    """Key and secret in one, as the form carries them."""
    return f"{invitation.key}.{signature_of(thing_of(invitation))}"


def find_by_token(token: str, event: Event) -> Invitation:
    """The invitation that the form carries, used up or not; raises UnknownInvitation."""
    key, _dot, signature = token.partition(".")
    invitation = get_signed(key, signature)
    if invitation.event_id != event.id:
        raise UnknownInvitation
    return invitation


def get_signed(key: str, signature: str) -> Invitation:
    """The invitation of a link; raises UnknownInvitation unless the secret is its own."""
    if not is_signed(f"i/{key}", signature):
        raise UnknownInvitation
    invitation = db.session.scalar(select(Invitation).where(Invitation.key == key))
    if invitation is None:
        raise UnknownInvitation
    return invitation


def get_invitation(event: Event, key: str) -> Invitation:
    """An invitation of that event, for the desk; another's is not found."""
    invitation = db.session.scalar(select(Invitation).where(Invitation.event_id == event.id, Invitation.key == key))
    if invitation is None:
        raise NotFound
    return invitation


def agencies_of(invitation: Invitation | None) -> frozenset[int] | None:
    """Whose officials an invitation is for: those of its agency and of the offices below; None for any."""
    if invitation is None or invitation.agency_id is None:
        return None
    return ids_with_children([invitation.agency_id])


def list_invitations(event: Event) -> Sequence[Invitation]:
    """Every invitation to the event, the newest first."""
    statement = select(Invitation).options(joinedload(Invitation.agency)).where(Invitation.event_id == event.id)
    return db.session.scalars(statement.order_by(Invitation.id.desc())).all()


def who_came(event: Event) -> dict[int, list[Registration]]:
    """Who came in by which invitation, by its id."""
    statement = (
        select(Registration)
        .options(joinedload(Registration.person))
        .where(Registration.event_id == event.id, Registration.invitation_id.is_not(None))
        .order_by(Registration.created_at, Registration.id)
    )
    came: dict[int, list[Registration]] = {}
    for registration in db.session.scalars(statement):
        came.setdefault(registration.invitation_id or 0, []).append(registration)
    return came


def _make(event: Event, invitation: Invitation, terms: Terms, *, by: Actor) -> Invitation:
    if terms.expires_at is not None and terms.expires_at <= clock.now():
        raise OverAlready
    invitation.event = event
    invitation.key = new_reference()
    invitation.uses = 0
    invitation.expires_at, invitation.outside_hours = terms.expires_at, terms.outside_hours
    invitation.created_at, invitation.created_by_id = clock.now(), by.user_id
    db.session.add(invitation)
    uses = invitation.most_uses
    audit.record("invitation.created", invitation, by=by, project_id=event.project_id, uses=uses)
    return invitation
