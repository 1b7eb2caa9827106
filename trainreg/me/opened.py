"""What the link of one registration opens, and what its holder does with it.

A form that came in for somebody who was registered already (ADR 0007) opens a page of its own. It shows what was typed
and the answer as of then, with the same buttons; whatever is pressed there changes that form alone.
"""

from dataclasses import dataclass
from datetime import datetime

from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import OFFICIAL
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.me.queries import find_registration, find_submission
from trainreg.me.rules import Act, acts, link_is_over
from trainreg.people.rules import Level
from trainreg.registration import changes
from trainreg.registration.changes import Changes
from trainreg.registration.models import Registration, Submission
from trainreg.registration.rules import Channel, RegistrationStatus
from trainreg.registration.service import IllegalMove, OfferIsOver, accept, cancel
from trainreg.web.links import is_signed


class RegistrationLinkIsOver(Refused):
    """Thirty days after the event, or the person was erased."""

    status = 410


@dataclass(frozen=True)
class Opened:
    """One registration as its link shows it; of the person's other records nothing."""

    row: Registration | Submission
    reference: str
    event: Event
    agency: Agency | None
    name: str
    position: str
    level: Level
    language: str
    status: RegistrationStatus
    received_at: datetime
    # Until when a place is kept; None: nothing has to be said.
    accept_by: datetime | None
    # How often the status changed: what makes one calendar file newer than another.
    turns: int

    @property
    def acts(self) -> frozenset[Act]:
        """What can be done now."""
        return acts(
            self.status,
            is_off=self.event.status is EventStatus.CANCELLED,
            is_offered=self.accept_by is not None,
            now=clock.now(),
            starts_at=self.event.starts_at,
            ends_at=self.event.ends_at,
        )

    @property
    def is_over(self) -> bool:
        """Whether the last session has ended."""
        ends_at = self.event.ends_at
        return ends_at is not None and ends_at <= clock.now()

    def ensure(self, act: Act) -> None:
        """Raise unless that can be done now."""
        if act not in self.acts:
            raise IllegalMove

    def change(self, said: Changes) -> None:
        """Write what the holder changed."""
        self.ensure(Act.CHANGE)
        if isinstance(self.row, Registration):
            changes.change(self.row, said, by=OFFICIAL)
        else:
            changes.change_submission(self.row, said)

    def cancel(self) -> None:
        """Withdraw; twice is once."""
        if self.status is RegistrationStatus.CANCELLED:
            return
        self.ensure(Act.CANCEL)
        if isinstance(self.row, Registration):
            cancel(self.row, by=OFFICIAL, channel=Channel.SELF)
        else:
            changes.withdraw_submission(self.row)

    def accept(self) -> None:
        """Say that one comes, to a place that fell free; twice is once."""
        if self.status is not RegistrationStatus.CONFIRMED or self.event.status is EventStatus.CANCELLED:
            raise OfferIsOver
        if isinstance(self.row, Registration):
            accept(self.row, by=OFFICIAL)


def open_registration(reference: str, signature: str, *, visitor_id: int | None) -> Opened:
    """What a link opens; raises NotFound for one that we did not sign, RegistrationLinkIsOver for one that is too old.

    Whoever came by the link to their own page sees their past registrations as long as they are kept.
    """
    if not is_signed(f"r/{reference}", signature):
        raise NotFound
    registration = find_registration(reference)
    submission = find_submission(reference)
    if registration is None and submission is None:
        raise RegistrationLinkIsOver
    opened = _of_registration(registration, submission) if registration else _of_submission(submission)
    is_own = registration is not None and registration.person_id == visitor_id
    if not is_own and link_is_over(now=clock.now(), ends_at=opened.event.ends_at):
        raise RegistrationLinkIsOver
    return opened


def _of_registration(registration: Registration, submission: Submission | None) -> Opened:
    """As it was typed where it came by a form: how a known person is recorded is not for the page of one event."""
    return Opened(
        row=registration,
        reference=registration.reference,
        event=registration.event,
        agency=registration.agency,
        name=submission.name_as_typed if submission is not None else registration.person.name,
        position=registration.position,
        level=registration.level,
        language=registration.language,
        status=registration.status,
        received_at=registration.created_at,
        accept_by=registration.accept_by,
        turns=len(registration.moves) - 1,
    )


def _of_submission(submission: Submission | None) -> Opened:
    if submission is None:
        raise RegistrationLinkIsOver
    return Opened(
        row=submission,
        reference=submission.reference,
        event=submission.event,
        agency=submission.agency,
        name=submission.name_as_typed,
        position=submission.position,
        level=submission.level,
        language=submission.language,
        status=RegistrationStatus.CANCELLED if submission.withdrawn_at else submission.answer,
        received_at=submission.at,
        accept_by=None,
        turns=1 if submission.withdrawn_at else 0,
    )
