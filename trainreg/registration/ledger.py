"""Write a move down: in the ledger, on the registration, and in the history."""

from datetime import datetime

from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.registration.models import Registration, RegistrationMove
from trainreg.registration.rules import HOLDING, Channel, RegistrationStatus


def append_move(
    registration: Registration,
    from_status: RegistrationStatus | None,
    to_status: RegistrationStatus,
    *,
    by: Actor,
    channel: Channel,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Move a registration, with a line of its ledger; a wait begins or ends, and an offer is behind us."""
    at = at or clock.now()
    registration.status = to_status
    registration.waiting_since = at if to_status is RegistrationStatus.WAITLISTED else None
    registration.accept_by = None
    registration.holds_place = bool(registration.holds_place) and to_status in HOLDING
    registration.moves.append(
        RegistrationMove(
            from_status=from_status,
            to_status=to_status,
            at=at,
            channel=channel,
            reason=reason,
            actor_kind=by.kind,
            actor_label=by.label,
            user_id=by.user_id,
        )
    )


def note_move(registration: Registration, *, by: Actor, at: datetime | None = None) -> None:
    """The same in the history of the house."""
    action = f"registration.{registration.status.value}"
    audit.record(action, registration, by=by, project_id=registration.event.project_id, at=at)
