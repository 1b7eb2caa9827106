"""Later editions: corrections of what a paper says, and renewals of what lapses. The old number says where it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from trainreg.certificates.drafting import draft, names_on_paper
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.issuing.moves import MovedMeanwhile, move
from trainreg.certificates.issuing.printed import Printed, printed_at
from trainreg.certificates.issuing.refusals import (
    CannotBeDrawn,
    HolderErased,
    NoNames,
    NothingChanges,
    NotLapsing,
    NotOfTheScript,
)
from trainreg.certificates.issuing.writing import NotEarned, Writer
from trainreg.certificates.models import Certificate
from trainreg.certificates.notices import tell_ready
from trainreg.certificates.queries import Candidate, facts_of, get_candidate
from trainreg.certificates.render import flaws
from trainreg.certificates.rules import Cause, is_lapsing, state_after
from trainreg.certificates.sentences import flaw_sentence, named_characters
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.kernel.text import one_line
from trainreg.people.names import give_names
from trainreg.people.printing import TRADITIONAL
from trainreg.people.traditional import foreign_in

# What a paper says of its holder and its event, with the words for the preview of a correction.
COMPARED = {
    "names": _l("Name"),
    "kind": _l("Certificate"),
    "event_title": _l("Event"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "place": _l("Place"),
    "hours_planned": _l("Planned hours"),
    "hours_attended": _l("Attended hours"),
    "project_title": _l("Project"),
    "organisation": _l("Issued by"),
    "agency": _l("Agency"),
    "signatories": _l("Signed by"),
    "languages": _l("Languages"),
}
_ATTENDED = ("hours_attended",)
# What can change without the paper being wrong: whoever signed signed, and the languages are those it was printed in.
_OF_THE_PLAN = ("signatories", "languages", "agency")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a new edition would say otherwise."""

    field: str
    before: object
    after: object


def differences(
    candidate: Candidate, certificate: Certificate, printed: Printed, names: Mapping[str, str] | None = None
) -> list[Difference]:
    """What a new edition would say otherwise than this one.

    A prepared paper tells the planned duration, so the attended hours are nothing that it got wrong; nor are a later
    change of signatories or languages, which alone make no paper of the ceremony wrong.
    """
    before, after = facts_of(certificate), anew(candidate, certificate, printed, names)
    left_out = (*_ATTENDED, *_OF_THE_PLAN) if before.is_prepared else ()
    return [
        Difference(name, getattr(before, name), getattr(after, name))
        for name in COMPARED
        if name not in left_out and getattr(before, name) != getattr(after, name)
    ]


def anew(
    candidate: Candidate, certificate: Certificate, printed: Printed, names: Mapping[str, str] | None = None
) -> CertificateFacts:
    """What a new edition would say, as a draft under the number of the old one."""
    return draft(
        candidate.registration.event,
        candidate,
        printed,
        number=certificate.register_number,
        code=certificate.code,
        at=clock.now(),
        names=dict(names) if names else None,
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a correction would change, and what stands in its way, before anybody makes it."""

    differences: list[Difference]
    problems: list[str]


def preview(certificate: Certificate, names: Mapping[str, str] | None) -> Preview:
    """What a correction would come to; writes nothing."""
    candidate, printed = get_candidate(certificate.registration), printed_at(certificate.registration.event)
    named = _named(certificate, printed, names)
    drafted = anew(candidate, certificate, printed, named)
    return Preview(
        differences(candidate, certificate, printed, named), [flaw_sentence(flaw) for flaw in flaws(drafted)]
    )


def correct(
    certificate: Certificate, *, by: Actor, names: Mapping[str, str] | None = None, keeps: bool = False
) -> Certificate:
    """Make a new edition with what the records say now, and these names; the old one says by which number.

    With `keeps` the names go into the person's record too, so that later certificates print them.

    The rule of who has earned a certificate is asked again: whose record earns none any more gets no new paper.
    """
    event = certificate.registration.event
    printed = printed_at(event)
    named = _named(certificate, printed, names)
    writer = Writer(event, printed, by=by, at=clock.now())
    candidate, certificate = _again(certificate, Cause.CORRECTED)
    if not differences(candidate, certificate, printed, named):
        raise NothingChanges
    edition = later_edition(candidate, certificate, Cause.CORRECTED, writer=writer, by=by, names=named)
    if keeps and named:
        give_names(certificate.registration.person, named, by=by, action="person.names_kept")
    tell_ready(edition, printed.mail)
    return edition


def renew(certificate: Certificate, *, by: Actor) -> Certificate:
    """Make a new edition that holds for another term, of a certificate that lapses soon or has lapsed.

    Whoever earned it then must still earn it by the record as it is now: a registration that was cancelled, or
    attendance that was struck out meanwhile, renews nothing. It is the desk that renews, because whether knowledge is
    still fresh is no question that a record can answer.
    """
    event = certificate.registration.event
    if not is_lapsing(certificate.valid_until, clock.today(event.project.timezone)):
        raise NotLapsing
    printed = printed_at(event)
    writer = Writer(event, printed, by=by, at=clock.now())
    candidate, certificate = _again(certificate, Cause.RENEWED)
    edition = later_edition(candidate, certificate, Cause.RENEWED, writer=writer, by=by)
    tell_ready(edition, printed.mail)
    return edition


def _again(certificate: Certificate, cause: Cause) -> tuple[Candidate, Certificate]:
    """The verdict and the row as they are now that nobody else can write."""
    certificate = lock_row(Certificate, certificate.id)
    if state_after(certificate.state, cause) is None:
        raise NotLapsing if cause is Cause.RENEWED else MovedMeanwhile
    return get_candidate(certificate.registration), certificate


def later_edition(
    candidate: Candidate,
    certificate: Certificate,
    cause: Cause,
    *,
    writer: Writer,
    by: Actor,
    names: dict[str, str] | None = None,
) -> Certificate:
    """The next edition in the place of this one; raises where it was not earned or cannot be drawn."""
    if candidate.registration.person.erased_at is not None:
        raise HolderErased
    if not candidate.verdict.eligible:
        raise NotEarned
    written = writer.write(candidate, replaces=certificate, names=names)
    if not isinstance(written, Certificate):
        raise CannotBeDrawn(why=" ".join(flaw_sentence(flaw) for flaw in written))
    db.session.flush()
    move(certificate, cause, by=by)
    writer.write_down(written)
    return written


def _named(certificate: Certificate, printed: Printed, names: Mapping[str, str] | None) -> dict[str, str] | None:
    """The names as typed; one in each language, and the vertical line as on record where nothing is said of it."""
    if names is None:
        return None
    named = {language: one_line(names.get(language)) for language in printed.languages}
    if not all(named.values()):
        raise NoNames
    on_record = names_on_paper(certificate.registration.person, (), vertical=printed.vertical)
    for language, name in on_record.items() if TRADITIONAL not in names else ():
        named[language] = name
    if printed.vertical and (typed := one_line(names.get(TRADITIONAL))):
        if foreign := foreign_in(typed):
            raise NotOfTheScript(characters=named_characters(foreign))
        named[TRADITIONAL] = typed
    return named
