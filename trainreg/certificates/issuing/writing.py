"""The one place where a certificate comes to be. It asks for the verdict itself: there is no way past the rule."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.audit import service as audit
from trainreg.certificates.codes import new_code, register_number
from trainreg.certificates.credentials.status import draw_places
from trainreg.certificates.drafting import draft
from trainreg.certificates.facts import CertificateFacts, canonical_json, sha256_of
from trainreg.certificates.issuing.printed import Printed
from trainreg.certificates.keys.service import current_key
from trainreg.certificates.models import Certificate, RegisterCounter
from trainreg.certificates.queries import Candidate
from trainreg.certificates.render import Flaw, flaws
from trainreg.certificates.rules import CertificateState
from trainreg.events.models import Event
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row
from trainreg.kernel.refusals import Refused
from trainreg.programme.models import Project


class IssuedMeanwhile(Refused):
    """The database knows a certificate that was not there a moment ago."""

    sentence = _l("Somebody else issued these certificates at the same moment. Reload the page to see them.")


class NotEarned(Refused):
    """No certificate is made for somebody whose record does not earn it."""

    sentence = _l("This person’s record does not earn a certificate. The page of the event says why.")


class Writer:
    """Writes certificates of one event, the counter held to the end of the transaction: no gap and no double.

    Whoever makes one reads the verdicts after that: only then nobody else can write meanwhile.
    """

    def __init__(self, event: Event, printed: Printed, *, by: Actor, at: datetime) -> None:
        self._event, self._printed, self._by, self._at = event, printed, by, at
        self._key = current_key(by=by)
        self._counter = lock_counter(event.project)
        self._places: list[tuple[int, int]] = []

    def reserve(self, count: int) -> None:
        """Draw so many places in the status lists at once."""
        self._places = draw_places(count) if count else []

    def write(
        self, candidate: Candidate, *, replaces: Certificate | None = None, names: dict[str, str] | None = None
    ) -> Certificate | tuple[Flaw, ...]:
        """The certificate, or what keeps it from being drawn; raises NotEarned.

        On a foreseen verdict the paper is prepared and does not hold yet.
        """
        if not candidate.verdict.eligible:
            raise NotEarned
        if not self._places:
            self.reserve(1)
        number = register_number(self._counter.series, self._counter.last_number + 1)
        facts = draft(
            self._event,
            candidate,
            self._printed,
            number=number,
            code=new_code(),
            at=self._at,
            place=self._places[-1],
            edition=candidate.held.last_edition + 1,
            replaces=replaces.register_number if replaces else "",
            names=names,
        )
        if problems := flaws(facts):
            return tuple(problems)
        self._counter.last_number += 1
        self._places.pop()
        state = CertificateState.PREPARED if candidate.is_foreseen else CertificateState.ISSUED
        return self._row(candidate, facts, state, replaces)

    def write_down(self, certificate: Certificate) -> None:
        """Write into the log that a certificate came to be; its number is known."""
        audit.record(
            "certificate.issued",
            certificate,
            by=self._by,
            project_id=self._event.project_id,
            number=certificate.register_number,
        )

    def _row(
        self, candidate: Candidate, facts: CertificateFacts, state: CertificateState, replaces: Certificate | None
    ) -> Certificate:
        record = canonical_json(facts)
        certificate = Certificate(
            registration=candidate.registration,
            kind=facts.kind,
            edition=facts.edition,
            register_number=facts.register_number,
            code=facts.code,
            state=state,
            design=facts.design,
            facts=record,
            facts_sha256=sha256_of(record),
            issued_at=self._at,
            issued_by_id=self._by.user_id,
            valid_until=facts.valid_until,
            supersedes=replaces,
            signing_key_id=self._key.id,
            status_list=facts.status_list,
            status_index=facts.status_index,
        )
        db.session.add(certificate)
        return certificate


def lock_counter(project: Project) -> RegisterCounter:
    """The counter of the project's series, held to the end of the transaction."""
    series = project.code
    wanted = select(RegisterCounter.id).where(RegisterCounter.series == series)
    counter_id = db.session.scalar(wanted)
    if counter_id is None:
        lock_row(Project, project.id)  # two first rounds of one project wait for each other here
        counter_id = db.session.scalar(wanted)
    if counter_id is None:
        counter = RegisterCounter(series=series, last_number=0)
        db.session.add(counter)
        flush_or_refuse(IssuedMeanwhile())
        counter_id = counter.id
    return lock_row(RegisterCounter, counter_id)
