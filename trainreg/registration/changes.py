"""What an official changes about a registration, and takes back of a repeated form."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import lock_row
from trainreg.people.rules import Level
from trainreg.registration.models import Registration, Submission
from trainreg.registration.notices import tell_withdrawn
from trainreg.registration.rules import RegistrationStatus
from trainreg.registration.service import IllegalMove

audit.describes({"registration.changed": _l("Changed by the official: %(what)s")})

_S = RegistrationStatus
ASKED = frozenset({_S.INVITED, _S.NOMINATED})
STANDING = frozenset({_S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED})


@dataclass(frozen=True)
class Changes:
    """What may change without asking anybody: it takes nobody's place."""

    position: str
    level: Level
    language: str


def change(registration: Registration, said: Changes, *, by: Actor) -> None:
    """Write what differs, while the registration stands."""
    registration = lock_row(Registration, registration.id)
    if registration.status not in STANDING | ASKED:
        raise IllegalMove
    changed = _apply(registration, said)
    if changed:
        project_id = registration.event.project_id
        audit.record("registration.changed", registration, by=by, project_id=project_id, what=", ".join(changed))


def change_submission(submission: Submission, said: Changes) -> None:
    """What a form that came in again says changes on its own page, and nowhere else."""
    submission = lock_row(Submission, submission.id)
    if submission.withdrawn_at is not None:
        raise IllegalMove
    _apply(submission, said)


def withdraw_submission(submission: Submission) -> None:
    """Take a form back that came in again; the registration of the person it names stands as it stood."""
    submission = lock_row(Submission, submission.id)
    if submission.withdrawn_at is None:
        submission.withdrawn_at = clock.now()
        tell_withdrawn(submission)


def _apply(row: Registration | Submission, said: Changes) -> list[str]:
    changed = [name for name, value in vars(said).items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, getattr(said, name))
    return changed
