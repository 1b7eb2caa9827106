"""Import people: each once, with where they serve. What is on record is filled in, never overwritten."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from flask_babel import gettext as _

from trainreg.imports.columns import AGENCY, PERSON, POSTING
from trainreg.imports.known import KnownPerson
from trainreg.imports.people_rows import Told, people_in
from trainreg.imports.plan import Choices, Column, FileRow, Finding, Importer, Place
from trainreg.imports.rules import ImportKind, RowOutcome
from trainreg.imports.writing import Written, told_in
from trainreg.kernel.actor import Actor
from trainreg.people import service as people
from trainreg.people.rules import AgeBand, Sex


def columns(_place: Place) -> Sequence[Column]:
    return (*PERSON, AGENCY, *POSTING)


def examine(rows: Sequence[FileRow], place: Place, choices: Choices) -> Iterator[Finding]:
    """New people, and for those on record what their record would gain."""
    for finding in people_in(rows, place, choices, needs_agency=False):
        told = finding.told
        if finding.outcome is not RowOutcome.MATCHED or not isinstance(told, Told) or told.person is None:
            yield finding
            continue
        gains = [*_gains(told, told.person), *_moves(told, told.person)]
        if not gains:
            yield replace(finding, outcome=RowOutcome.UNCHANGED)
        else:
            what = _("The record gains: %(what)s.", what=", ".join(gains))
            yield replace(finding, reason=f"{finding.reason} {what}")


def _gains(told: Told, person: KnownPerson) -> Iterator[str]:
    details = told.details
    if details.email and not person.email and person.id is not None:
        yield str(_("e-mail address"))
    if details.phone and not person.phone and person.id is not None:
        yield str(_("telephone"))
    if details.sex is not Sex.NOT_STATED and person.sex is Sex.NOT_STATED and person.id is not None:
        yield str(_("sex"))
    if details.age_band is not AgeBand.NOT_STATED and person.age_band is AgeBand.NOT_STATED and person.id is not None:
        yield str(_("age band"))
    if person.id is not None and not details.certificate_name.keys() <= person.certificate_name.keys():
        yield str(_("names for certificates"))
    pairs = zip((details.given_name_latin, details.family_name_latin), person.latin, strict=False)
    if person.id is not None and any(told and not known for told, known in pairs):
        yield str(_("the name in Latin letters"))


def _moves(told: Told, person: KnownPerson) -> Iterator[str]:
    posting = told.posting()
    if posting is not None and posting not in person.present:
        yield str(_("a posting at %(agency)s", agency=told.agency_name))


def write(findings: Iterable[Finding], _place: Place, by: Actor) -> None:
    """People first, all at once; then what records lack, and postings."""
    findings = list(findings)
    written = Written(findings, by=by)
    for told in told_in(findings):
        if told.person is not None and told.person.id is not None:
            people.complete_person(written.person_of(told), told.details, by=by)
    written.post(told_in(findings))


IMPORTER = Importer(ImportKind.PEOPLE, columns, examine, write, one_of=("given_name", "full_name"))
