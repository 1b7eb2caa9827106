"""The report, ready to be shown: counted, with what its reader may know of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from trainreg.kernel.languages import in_language
from trainreg.people.rules import Level, Sex
from trainreg.reporting.counting.hiding import is_small
from trainreg.reporting.organisation.asked import Asked, Listed, chosen_of, list_visible
from trainreg.reporting.organisation.counted import Counted, Sums
from trainreg.reporting.organisation.held import events_held
from trainreg.reporting.organisation.kept import count_kept
from trainreg.reporting.organisation.masks import EVERYTHING_TOLD, Mask, Scope, is_safe, mask_of_all, mask_of_some
from trainreg.reporting.organisation.packed import count_packed
from trainreg.reporting.organisation.reader import NamesNeeded, Reader
from trainreg.reporting.organisation.unnamed import Unnamed, count_unnamed
from trainreg.reporting.small import hidden_in_line


class Sort(StrEnum):
    """How projects are listed."""

    STARTED = "started"
    TITLE = "title"
    ATTENDANCES = "attendances"
    OFFICIALS = "officials"
    PERSON_DAYS = "person-days"
    CERTIFICATES = "certificates"
    EVENTS = "events"


@dataclass(frozen=True)
class ProjectLine:
    """One project; None is not told."""

    project: Listed
    attendances: int | None
    persons: int | None
    person_days: Decimal | None
    papers: int | None
    events_held: int


@dataclass(frozen=True)
class Answer:
    """What was asked, what came out of it, and what of it is told. `parts` by dimension."""

    asked: Asked
    counted: Counted
    parts: Mapping[str, Mapping[Any, Sums]]
    held: Counter[int]
    unnamed: Unnamed
    chosen: Sequence[Listed]
    mask: Mask = EVERYTHING_TOLD
    sees_names: bool = True
    hidden_sexes: frozenset[Any] = field(default_factory=frozenset)  # of people counted without names

    @property
    def total(self) -> Sums:
        return self.counted.total

    @property
    def attendances(self) -> int | None:
        return self._sum_of("attendances") if self.mask.tells_sums else None

    @property
    def persons(self) -> int | None:
        return self.total.persons if self.mask.tells_persons else None

    @property
    def person_days(self) -> Decimal | None:
        return Sums(thousandths=self._sum_of("thousandths")).person_days if self.mask.tells_sums else None

    @property
    def papers(self) -> int | None:
        return sum(self.counted.papers.values()) if self.mask.tells_papers else None

    @property
    def events_held(self) -> int:
        return self.held.total()

    def _sum_of(self, name: str) -> int:
        return sum(getattr(one, name) for one in self.counted.projects.values())

    def lines(self) -> list[ProjectLine]:
        """Every project chosen."""
        return [self._line(one) for one in self.chosen]

    def _line(self, project: Listed) -> ProjectLine:
        sums, is_told = self.counted.projects.get(project.id, Sums()), project.id not in self.mask.projects
        return ProjectLine(
            project,
            sums.attendances if is_told else None,
            sums.persons if is_told else None,
            sums.person_days if is_told else None,
            self.counted.papers.get(project.id, 0) if is_told and project.id not in self.mask.papers else None,
            self.held[project.id],
        )


def answer(asked: Asked, reader: Reader) -> Answer:
    """Count what is asked for; raises NamesNeeded where that could tell somebody of few people."""
    visible = list_visible(reader.ids)
    chosen = chosen_of(asked, visible)
    ids = [one.id for one in chosen]
    sees_names = reader.sees_names_in(ids)
    if asked.narrows_figures and not sees_names:
        raise NamesNeeded(field=_narrowing(asked))
    is_whole = reader.ids is None and len(chosen) == len(visible)
    projects = None if is_whole else ids
    if is_whole and not asked.narrows_figures:
        counted = count_kept()
    elif sees_names:
        counted = count_packed(asked, projects)
    else:
        counted = _only(count_kept(), frozenset(ids))
    parts = {
        "sex": dict.fromkeys((one.value for one in Sex), Sums()) | counted.by(lambda who: who.sex),
        "level": dict.fromkeys((one.value for one in Level), Sums()) | counted.by(lambda who: who.level),
        "province": counted.by(lambda who: who.province),
        "agency": counted.by(lambda who: who.agency_id),
    }
    found = Answer(
        asked,
        counted,
        parts,
        events_held(asked, projects),
        count_unnamed(asked, projects),
        chosen,
        sees_names=sees_names,
    )
    return found if sees_names else _masked(found, reader, is_whole=is_whole)


def _only(counted: Counted, ids: frozenset[int]) -> Counted:
    """Of some projects nothing but what adds up: who came to several of them is not told apart."""
    return Counted(
        projects={key: one for key, one in counted.projects.items() if key in ids},
        papers={key: number for key, number in counted.papers.items() if key in ids},
    )


def _masked(found: Answer, reader: Reader, *, is_whole: bool) -> Answer:
    scope = Scope(reader.named, found.counted.projects)
    mask = mask_of_all(found.counted, found.parts, scope) if is_whole else mask_of_some(found.counted, scope)
    unnamed = found.unnamed
    named = reader.named or frozenset()
    few = {key: number for key, number in unnamed.projects.items() if key not in named and is_small(number)}
    hidden = hidden_in_line({sex: (number,) for sex, number in unnamed.by_sex.items()}, (unnamed.people,))
    tells_unnamed = mask.tells_unnamed and is_safe(few) and () not in hidden
    return replace(found, mask=replace(mask, tells_unnamed=tells_unnamed), hidden_sexes=hidden)


def _narrowing(asked: Asked) -> str:
    """The field that narrows figures."""
    if asked.agencies is not None:
        return "agency"
    if asked.kind is not None:
        return "kind"
    return "first" if asked.first is not None else "last"


def sorted_lines(lines: Sequence[ProjectLine], sort: Sort, language: str) -> list[ProjectLine]:
    """The largest first, the latest first, or by title; what is not told stands last, in no order of its size."""
    by_title = sorted(lines, key=lambda one: (in_language(one.project.title, language).casefold(), one.project.code))
    if sort is Sort.TITLE:
        return by_title
    if sort is Sort.STARTED:
        return sorted(by_title, key=lambda one: one.project.starts_on, reverse=True)
    name = _COLUMNS[sort]

    def size(one: ProjectLine) -> Any:
        value = getattr(one, name)
        return (value is not None, value or 0)

    return sorted(by_title, key=size, reverse=True)


_COLUMNS = {
    Sort.ATTENDANCES: "attendances",
    Sort.OFFICIALS: "persons",
    Sort.PERSON_DAYS: "person_days",
    Sort.CERTIFICATES: "papers",
    Sort.EVENTS: "events_held",
}
