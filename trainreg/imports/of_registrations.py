"""Import the registrations of one event: whoever is on its list already stays as they are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from flask_babel import gettext as _
from sqlalchemy import select

from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.imports.columns import AGENCY, GROUP, PERSON, POSTING, ROLE
from trainreg.imports.people_rows import Told, people_in
from trainreg.imports.plan import Choices, Column, FileRow, Finding, Importer, Place
from trainreg.imports.rules import ImportKind, RowOutcome
from trainreg.imports.writing import Written, told_in
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.registration.many import Entry, enter_many
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationStatus, takes_seat
from trainreg.registration.seating import seating_of
from trainreg.registration.service import EventIsOff, Particulars, UnknownGroup, lock_event, no_room
from trainreg.registration.words import STATUS_WORDS


def columns(_place: Place) -> Sequence[Column]:
    return (*PERSON, replace(AGENCY, is_needed=True), *POSTING, ROLE, GROUP)


def examine(rows: Sequence[FileRow], place: Place, choices: Choices) -> Iterator[Finding]:
    """Who is new on the list, who is on it already, and for whom there would be no place."""
    event, status = cast(Event, place.event), place.options.status
    if event.status is EventStatus.CANCELLED:
        raise EventIsOff
    on_list = statuses_by_person(event.id)
    seating, groups = seating_of(event), {group.code for group in event.groups}
    in_file: dict[str, int] = {}
    for finding in people_in(rows, place, choices, needs_agency=True):
        told = finding.told
        if not isinstance(told, Told) or told.person is None:
            yield finding
            continue
        standing, first = on_list.get(told.person.id or 0), in_file.setdefault(told.person.key, finding.number)
        if standing is not None:
            words = _("On the list already: %(status)s.", status=STATUS_WORDS[standing])
            yield replace(finding, outcome=RowOutcome.UNCHANGED, reason=f"{finding.reason} {words}", told=None)
        elif first != finding.number:
            words = _("The same person stands in row %(row)d.", row=first)
            yield replace(finding, outcome=RowOutcome.UNCHANGED, reason=words, told=None)
        elif groups and told.group and told.group not in groups:
            yield _cannot(finding, UnknownGroup())
        elif takes_seat(status, told.role):
            room = seating.room(told.agency_id or 0, told.group)
            if room.left == 0:
                yield _cannot(finding, no_room(event, room))
            else:
                seating.taken.add(seating.limits, told.agency_id or 0, told.group)
                yield finding
        else:
            yield finding


def _cannot(finding: Finding, refusal: Refused) -> Finding:
    """What the event itself would say to this row."""
    reason = _("Row %(row)d: %(why)s", row=finding.number, why=str(refusal))
    return Finding(finding.number, RowOutcome.ERROR, finding.shown, reason)


def statuses_by_person(event_id: int) -> dict[int, RegistrationStatus]:
    """Who is on an event's list, and where they stand."""
    rows = select(Registration.person_id, Registration.status).where(Registration.event_id == event_id)
    return dict(db.session.execute(rows).all())


def write(findings: Iterable[Finding], place: Place, by: Actor) -> None:
    """People and postings, then their registrations together, under the event's lock."""
    findings = list(findings)
    event = lock_event(cast(Event, place.event))
    written = Written(findings, by=by)
    written.post(told_in(findings))
    entries = [entry_of(told, written) for told in told_in(findings)]
    options = place.options
    enter_many(event, entries, options.status, by=by, channel=Channel.IMPORT, quiet=not options.sends_mail)


def entry_of(told: Told, written: Written) -> Entry:
    """What goes on the list, from where the person serves."""
    person, posting = written.person_of(told), told.posting()
    if posting is None:
        raise ValueError("a registration without an agency")
    particulars = Particulars(
        role=told.role,
        position=posting.position,
        level=posting.level,
        age_band=told.details.age_band,
        province=posting.province,
        group=told.group,
        email=None if person.email else told.details.email,
    )
    return Entry(person, written.agency_of(told), particulars)


IMPORTER = Importer(ImportKind.REGISTRATIONS, columns, examine, write, one_of=("given_name", "full_name"))
