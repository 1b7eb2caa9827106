"""Import agencies: known by their code, else by their name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.agencies import service
from trainreg.agencies.models import Agency
from trainreg.events.rules import slug_from
from trainreg.imports import cells
from trainreg.imports.columns import AGENCIES
from trainreg.imports.known import Agencies, KnownAgency
from trainreg.imports.people_rows import Reading
from trainreg.imports.plan import Choices, Column, FileRow, Finding, Importer, Place
from trainreg.imports.rules import ImportKind, RowOutcome
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.kernel.text import fold
from trainreg.kernel.types import Text

LONGEST_CODE = 40
LONGEST_NAME = 200
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BAD_CODE = _l("“%(text)s” is not a code: small letters a to z, digits and single hyphens only.")
NO_NAME = _l("an agency needs its name in English.")
OTHER_CODE = _l("“%(text)s” is on the list already, under the code %(code)s. Write that code, or another name.")
SAME_CODE = _l("row %(first)d has the same code.")
NO_PARENT = _l("there is no agency with the code or name “%(text)s”, neither on the list nor in this file.")
CIRCLE = _l("an agency cannot stand below itself or below one of its own departments.")


@dataclass
class Told:
    """What a row says of an agency; `known` is the one on the list."""

    row: FileRow
    code: str
    name: Text
    parent: str
    known: KnownAgency | None = None
    parent_code: str = ""


def columns(_place: Place) -> Sequence[Column]:
    return AGENCIES


def examine(rows: Sequence[FileRow], _place: Place, _choices: Choices) -> Iterator[Finding]:
    """New agencies, changes of those on the list, and what cannot be."""
    agencies = Agencies()
    parents = dict(db.session.execute(select(Agency.id, Agency.parent_id)).all())
    read = [_read(row, agencies) for row in rows]
    seen: dict[str, FileRow] = {}
    for reading, told in read:
        first = seen.setdefault(told.code, told.row)
        if told.code and first is not told.row:
            reading.problems.append(cells.problem(told.row, "code", SAME_CODE, first=first.number))
    in_file = _codes_in_file([told for _reading, told in read])
    above = {agency.code: _code_of(agencies, parents[agency.id]) for agency in agencies.by_id.values()}
    for reading, told in read:
        told.parent_code = reading.get(partial(_parent, told, agencies, in_file, above), "")
        above[told.code] = told.parent_code
    for reading, told in read:
        if told.parent_code and not reading.problems and _is_circle(told.code, above):
            reading.problems.append(cells.problem(told.row, "parent", CIRCLE))
        yield _finding(reading, told, agencies, parents)


def _finding(reading: Reading, told: Told, agencies: Agencies, parents: dict[int, int | None]) -> Finding:
    number = told.row.number
    shown = (told.name.get("en") or told.name.get("mn") or (told.known.called("en") if told.known else "")) or "?"
    shown = f"{shown} · {told.code}"[:500]
    if reading.problems:
        return Finding(number, RowOutcome.ERROR, shown, "\n".join(map(str, reading.problems)))
    if told.known is None:
        return Finding(number, RowOutcome.NEW, shown, _("Not on the list yet."), told=told)
    changes = []
    if told.name != told.known.name:
        before, after = (", ".join(name[code] for code in sorted(name)) for name in (told.known.name, told.name))
        changes.append(_("The name changes from “%(before)s” to “%(after)s”.", before=before, after=after))
    parent = _code_of(agencies, parents[told.known.id])
    if told.parent_code != parent:
        none = _("none")
        words = _("Part of: %(after)s instead of %(before)s.", after=told.parent_code or none, before=parent or none)
        changes.append(words)
    if not changes:
        return Finding(number, RowOutcome.UNCHANGED, shown, _("On the list already, just so."))
    return Finding(number, RowOutcome.MATCHED, shown, " ".join(map(str, changes)), told=told)


def _read(row: FileRow, agencies: Agencies) -> tuple[Reading, Told]:
    reading = Reading(row)
    named = {code: _name(reading, f"name_{code}") for code in CONTENT_LANGUAGES}
    name = {code: text for code, text in named.items() if text}
    code = reading.get(lambda: _code(row), "")
    known = agencies.by_code.get(code)
    if known is None and not reading.problems:
        same_name = [one for text in name.values() for one in agencies.by_name.get(fold(text), [])]
        if same_name and code:
            language, text = next(iter(name.items()))
            problem = cells.problem(row, f"name_{language}", OTHER_CODE, text=text, code=same_name[0].code)
            reading.problems.append(problem)
        elif same_name:
            known = same_name[0]
        elif "en" not in name:
            reading.problems.append(cells.problem(row, "name_en", NO_NAME))
    if known is not None:
        name, code = {**known.name, **name}, known.code
    return reading, Told(
        row, code or slug_from(name.get("en", ""), longest=LONGEST_CODE), name, row.get("parent"), known
    )


def _name(reading: Reading, field: str) -> str:
    return reading.get(lambda: cells.name_in(reading.row, field, longest=LONGEST_NAME), "")


def _code(row: FileRow) -> str:
    text = cells.text_in(row, "code", longest=LONGEST_CODE).casefold()
    if text and _CODE.fullmatch(text) is None:
        raise cells.problem(row, "code", BAD_CODE, text=text)
    return text


def _codes_in_file(many: Sequence[Told]) -> dict[str, str]:
    """How rows of the file name each other: by code, or by name."""
    found = {fold(text): told.code for told in many for text in told.name.values()}
    return found | {told.code: told.code for told in many}


def _parent(told: Told, agencies: Agencies, in_file: dict[str, str], above: dict[str, str]) -> str:
    """The code of the agency above; an empty cell leaves it as it is."""
    text = told.parent
    if not text:
        return above.get(told.code, "") if told.known is not None else ""
    known = agencies.find(text)
    found = known[0].code if len(known) == 1 else in_file.get(text.casefold()) or in_file.get(fold(text))
    if not found:
        raise cells.problem(told.row, "parent", NO_PARENT, text=text[:60])
    return found


def _is_circle(code: str, above: dict[str, str]) -> bool:
    seen, here = {code}, above.get(code, "")
    while here:
        if here in seen:
            return True
        seen.add(here)
        here = above.get(here, "")
    return False


def _code_of(agencies: Agencies, agency_id: int | None) -> str:
    return agencies.by_id[agency_id].code if agency_id is not None else ""


def write(findings: Iterable[Finding], _place: Place, by: Actor) -> None:
    """The new ones together, then the changes of the others."""
    told = [finding.told for finding in findings if isinstance(finding.told, Told)]
    new = [service.NewAgency(one.code, one.name, one.parent_code) for one in told if one.known is None]
    service.create_agencies(new, by=by)
    by_code = {agency.code: agency for agency in db.session.scalars(select(Agency))}
    for one in told:
        if one.known is not None:
            agency = by_code[one.code]
            parent = by_code[one.parent_code] if one.parent_code else None
            service.edit_agency(
                agency, code=agency.code, name=one.name, parent=parent, is_active=agency.is_active, by=by
            )


IMPORTER = Importer(ImportKind.AGENCIES, columns, examine, write, one_of=("name_en", "name_mn", "code"))
