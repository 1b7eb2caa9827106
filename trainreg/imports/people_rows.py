"""The part of a row that says who somebody is and where they serve; shared by every import of people."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.imports import cells
from trainreg.imports.cells import CellProblem
from trainreg.imports.known import Agencies, KnownPerson, KnownPosting, People, in_batches
from trainreg.imports.matching import Match, match
from trainreg.imports.plan import Choices, FileRow, Finding, Place
from trainreg.imports.rules import RowOutcome
from trainreg.people.matching_queries import likely_matches_of_many
from trainreg.people.printing import NAME_LANGUAGES
from trainreg.people.rules import LONGEST_NAME, LONGEST_POSITION, AgeBand, Level
from trainreg.people.service import PersonDetails
from trainreg.registration.rules import RegistrationRole

Read = TypeVar("Read")
LONGEST_GROUP = 100
_PROVINCE = re.compile(r"[A-Z]{2}-[0-9A-Z]{1,3}")
UNKNOWN_AGENCY = _l("there is no agency with the code or name “%(text)s”.")
SEVERAL_AGENCIES = _l("several agencies are called “%(text)s”. Write the code: %(codes)s.")
NO_PROVINCE = _l("“%(text)s” is not the code of a province, such as MN-063.")
TWO_NAMES = _l("“%(text)s” should be two words, the family name first. Or give each name a column of its own.")


@dataclass
class Told:
    """What a row says of a person, and who that turned out to be (None: somebody new)."""

    details: PersonDetails
    agency_id: int | None
    agency_name: str
    position: str
    level: Level
    province: str | None
    role: RegistrationRole
    group: str
    person: KnownPerson | None = None
    more: Any = None

    @property
    def shown(self) -> str:
        name = f"{self.details.family_name} {self.details.given_name}".strip()
        return f"{name} · {self.agency_name}"[:500] if self.agency_name else name[:500]

    def posting(self) -> KnownPosting | None:
        """Where the person serves: as the row says, what it leaves out as on record for that agency."""
        if self.agency_id is None:
            return None
        known = [one for one in (self.person.present if self.person else ()) if one.agency_id == self.agency_id]
        if not known:
            return KnownPosting(self.agency_id, self.position, self.level, self.province)
        level = known[0].level if self.level is Level.NOT_STATED else self.level
        return KnownPosting(
            self.agency_id, self.position or known[0].position, level, self.province or known[0].province
        )


@dataclass
class Reading:
    """Reads the cells of one row and gathers everything that is wrong with it."""

    row: FileRow
    problems: list[CellProblem] = field(default_factory=list)

    def get(self, read: Callable[[], Read], otherwise: Read) -> Read:
        try:
            return read()
        except CellProblem as found:
            self.problems.append(found)
            return otherwise


def people_in(
    rows: Sequence[FileRow],
    place: Place,
    choices: Choices,
    *,
    needs_agency: bool,
    more: Callable[[Reading], Any] | None = None,
) -> Iterator[Finding]:
    """Each row with who it is: new, matched, ambiguous, or an error that names its cells. Reads the records once."""
    agencies = Agencies()
    read = [_read(row, agencies, place, needs_agency=needs_agency, more=more) for row in rows]
    people = People([(told.details.match_key, told.details.email) for _reading, told in read])
    for batch in in_batches(read):
        alike = _alike([told for reading, told in batch if not reading.problems], people)
        for reading, told in batch:
            number = reading.row.number
            if reading.problems:
                reason = "\n".join(map(str, reading.problems))
                yield Finding(number, RowOutcome.ERROR, told.shown or _("Row %(row)d", row=number), reason)
                continue
            found = match(
                told.details,
                told.agency_id,
                people,
                agencies,
                answer=choices.get(number, ""),
                language=place.language,
                alike=alike[id(told)],
            )
            yield _finding(number, told, found, people)


def _alike(many: Sequence[Told], people: People) -> dict[int, list[KnownPerson]]:
    """For each row, who on record is so much alike that somebody should look."""
    judged = likely_matches_of_many([(told.details, told.agency_id) for told in many]) if many else []
    people.meet({likely.person.id: likely.person for row in judged for likely in row}.values())
    return {
        id(told): [people.by_answer[f"person:{likely.person.id}"] for likely in row]
        for told, row in zip(many, judged, strict=True)
    }


def _finding(number: int, told: Told, found: Match, people: People) -> Finding:
    if found.candidates:
        why = _("Somebody like this is known, and the row does not say whether it is the same person.")
        return Finding(number, RowOutcome.AMBIGUOUS, told.shown, why, found.candidates)
    if found.person is None:
        newcomer = KnownPerson(
            id=None,
            name=f"{told.details.family_name} {told.details.given_name}".strip(),
            match_key=told.details.match_key,
            email=(told.details.email or "").casefold() or None,
            row=number,
            names=(told.details.given_name, told.details.family_name, told.details.clan_name),
            latin=(told.details.given_name_latin, told.details.family_name_latin, ""),
        )
        if told.agency_id is not None:
            newcomer.agency_ids.add(told.agency_id)
            newcomer.present.append(KnownPosting(told.agency_id, told.position, told.level, told.province))
        told.person = newcomer
        people.add(newcomer)
        return Finding(number, RowOutcome.NEW, told.shown, found.why or _("Not known yet."), told=told)
    told.person = found.person
    return Finding(number, RowOutcome.MATCHED, told.shown, f"{found.person.name}: {found.why}", told=told)


def _read(
    row: FileRow,
    agencies: Agencies,
    place: Place,
    *,
    needs_agency: bool,
    more: Callable[[Reading], Any] | None,
) -> tuple[Reading, Told]:
    reading = Reading(row)
    details = _details(reading)
    nowhere: tuple[int | None, str] = (None, "")
    agency_id, agency_name = reading.get(lambda: _agency(row, agencies, place, is_needed=needs_agency), nowhere)
    told = Told(
        details=replace(details, language=place.language),
        agency_id=agency_id,
        agency_name=agency_name,
        position=reading.get(lambda: cells.text_in(row, "position", longest=LONGEST_POSITION), ""),
        level=reading.get(lambda: cells.level_in(row), Level.NOT_STATED),
        province=reading.get(lambda: _province(row), None),
        role=reading.get(lambda: cells.role_in(row), RegistrationRole.PARTICIPANT),
        group=reading.get(lambda: cells.text_in(row, "group", longest=LONGEST_GROUP), ""),
    )
    if more is not None:
        told.more = more(reading)
    return reading, told


def _details(reading: Reading) -> PersonDetails:
    row = reading.row

    def name(part: str, *, is_needed: bool = False) -> str:
        return reading.get(lambda: cells.name_in(row, part, longest=LONGEST_NAME, is_needed=is_needed), "")

    family, given = name("family_name"), ""
    if row.get("full_name") and not row.get("given_name"):
        family, given = reading.get(lambda: _two_names(row), (family, ""))
    else:
        given = name("given_name", is_needed=True)
    return PersonDetails(
        given_name=given,
        family_name=family,
        given_name_latin=name("given_name_latin"),
        family_name_latin=name("family_name_latin"),
        certificate_name=_certificate_names(reading),
        sex=reading.get(lambda: cells.sex_in(row), PersonDetails("").sex),
        age_band=reading.get(lambda: cells.age_band_in(row), AgeBand.NOT_STATED),
        email=reading.get(lambda: cells.email_in(row), None),
        phone=reading.get(lambda: cells.phone_in(row), None),
    )


def _certificate_names(reading: Reading) -> dict[str, str]:
    def read(language: str) -> str:
        return reading.get(lambda: cells.certificate_name_in(reading.row, language), "")

    names = {language: read(language) for language in NAME_LANGUAGES}
    return {language: name for language, name in names.items() if name}


def _province(row: FileRow) -> str | None:
    text = cells.text_in(row, "province", longest=100).upper()
    if text and _PROVINCE.fullmatch(text) is None:
        raise cells.problem(row, "province", NO_PROVINCE, text=text)
    return text or None


def _two_names(row: FileRow) -> tuple[str, str]:
    words = cells.name_in(row, "full_name", longest=2 * LONGEST_NAME).split()
    if len(words) != 2 or max(map(len, words)) > LONGEST_NAME:
        raise cells.problem(row, "full_name", TWO_NAMES, text=" ".join(words)[:60])
    return words[0], words[1]


def _agency(row: FileRow, agencies: Agencies, place: Place, *, is_needed: bool) -> tuple[int | None, str]:
    text = cells.text_in(row, "agency", longest=400, is_needed=is_needed)
    if not text:
        return None, ""
    found = agencies.find(text)
    if len(found) > 1:
        codes = ", ".join(agency.code for agency in found)
        raise cells.problem(row, "agency", SEVERAL_AGENCIES, text=text[:60], codes=codes)
    if not found:
        raise cells.problem(row, "agency", UNKNOWN_AGENCY, text=text[:60])
    return found[0].id, found[0].called(place.language)
