"""What the address of the desk's list asks for, and the addresses that ask for something else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext as _

from trainreg.events.models import Event
from trainreg.kernel.languages import in_language
from trainreg.kernel.permissions import Permission
from trainreg.kernel.text import fold, one_line, problem_in
from trainreg.people.rules import Level, Sex
from trainreg.people.words import LEVEL_WORDS, SEX_WORDS
from trainreg.registration.lists import SORTS, Facet, Wanted, ids_below, list_agencies_at, list_known_agencies
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.registration.words import ROLE_WORDS, STATUS_WORDS, name_of_group
from trainreg.web.access import may
from trainreg.web.locale import current_language

LONGEST_SEARCH = 100
MOST_SUGGESTED = 50
One = TypeVar("One", bound=StrEnum)
Tab = tuple[str, str, bool, int]


@dataclass(frozen=True)
class Chip:
    """One thing that is asked for, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Choice:
    """A list of answers to choose one from."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


class Filters:
    """What is asked of one event's list."""

    def __init__(self, event: Event, values: Mapping[str, str], *, with_contacts: bool) -> None:
        self.slug = event.slug
        self._event = event
        agency = _line(values, "agency")
        self._agencies = list_known_agencies() if agency else []
        sort = values.get("sort", "")
        self.wanted = Wanted(
            status=_member(RegistrationStatus, values.get("status")),
            agency=agency,
            agency_ids=self._ids_named(agency) if agency else frozenset(),
            role=_member(RegistrationRole, values.get("role")),
            sex=_member(Sex, values.get("sex")),
            level=_member(Level, values.get("level")),
            group=_line(values, "group"),
            text=_line(values, "q"),
            sort=sort if sort.removeprefix("-") in SORTS else "registered",
            with_contacts=with_contacts,
        )

    def group_name(self, code: str) -> str:
        """A group as people know it."""
        return name_of_group(self._event, code)

    @property
    def agency_name(self) -> str:
        """The agency as people know it; what was typed where it is part of a name."""
        language = current_language()
        known = (in_language(one.name, language) for one in self._agencies if one.code == self.wanted.agency)
        return next(known, self.wanted.agency)

    def suggested_agencies(self) -> list[str]:
        """The agencies that most people on the list come from, to choose from while typing.

        Whoever has chosen one sees the choice, and gets the suggestions back by removing it.
        """
        if self.wanted.agency:
            return []
        language = current_language()
        names = list_agencies_at(self._event.id, MOST_SUGGESTED)
        return sorted({in_language(name, language) for name in names}, key=str.casefold)

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for now, as the names and values of an address or a form."""
        return asked_of(self.wanted)

    def url(self, **changed: Any) -> str:
        """The list's address with what is asked for now, or with something of it changed."""
        query = urlencode(asked_of(replace(self.wanted, **changed) if changed else self.wanted))
        return url_for("registration.registration_list", slug=self.slug) + (f"?{query}" if query else "")

    def url_of_all(self) -> str:
        """Where everybody who matches is decided about."""
        query = urlencode(asked_of(self.wanted))
        return url_for("registration.decide_all_page", slug=self.slug) + (f"?{query}" if query else "")

    def chips(self) -> list[Chip]:
        """Everything that is asked for but the status, which the tabs show."""
        wanted = self.wanted
        asked = [
            ("text", wanted.text, f"“{wanted.text}”"),
            ("agency", wanted.agency, self.agency_name),
            ("role", wanted.role, wanted.role and ROLE_WORDS[wanted.role]),
            ("sex", wanted.sex, wanted.sex and SEX_WORDS[wanted.sex]),
            ("level", wanted.level, wanted.level and LEVEL_WORDS[wanted.level]),
            ("group", wanted.group, wanted.group and self.group_name(wanted.group)),
        ]
        return [Chip(f"{_labels()[name]}: {words}", self._without(name)) for name, value, words in asked if value]

    def choices(self, facets: Iterable[Facet]) -> list[Choice]:
        """Lists to choose one answer from: only answers that occur, and only where there is something to choose."""
        facets, wanted, labels = list(facets), self.wanted, _labels()
        words: list[tuple[str, Mapping[Any, Any]]] = [("role", ROLE_WORDS), ("sex", SEX_WORDS), ("level", LEVEL_WORDS)]
        made = [
            Choice(
                name,
                labels[name],
                [(one.value, str(said)) for one, said in known.items() if any(getattr(f, name) is one for f in facets)],
                getattr(wanted, name) or "",
            )
            for name, known in words
        ]
        groups = [(code, self.group_name(code)) for code in {facet.group for facet in facets if facet.group}]
        made.append(Choice("group", labels["group"], sorted(groups, key=lambda one: one[1]), wanted.group))
        return [choice for choice in made if choice.chosen or len(choice.options) > (choice.name != "group")]

    def tabs(self, facets: Iterable[Facet]) -> list[Tab]:
        """One tab per status that occurs, with how many stand there of those that everything else lets through."""
        counts = dict.fromkeys(RegistrationStatus, 0)
        for facet in self._let_through(facets):
            counts[facet.status] += facet.matching
        now = self.wanted.status
        tabs = [(_("All"), self.url(status=None), now is None, sum(counts.values()))]
        for status, count in counts.items():
            if count or status is now:
                tabs.append((str(STATUS_WORDS[status]), self.url(status=status), status is now, count))
        return tabs

    def total(self, facets: Iterable[Facet]) -> int:
        """How many the list shows over all its pages."""
        now = self.wanted.status
        return sum(facet.matching for facet in self._let_through(facets) if now is None or facet.status is now)

    def sort_links(self) -> dict[str, dict[str, str | None]]:
        """For each column that sorts: where its heading leads, and how it is sorted now."""
        links = {}
        for column in sorted(SORTS):
            now = {column: "ascending", f"-{column}": "descending"}.get(self.wanted.sort)
            links[column] = {"sort_url": self.url(sort=f"-{column}" if now == "ascending" else column), "sorted": now}
        return links

    def _let_through(self, facets: Iterable[Facet]) -> list[Facet]:
        asked = {name: getattr(self.wanted, name) for name in ("role", "sex", "level", "group")}
        return [f for f in facets if all(not value or getattr(f, name) == value for name, value in asked.items())]

    def _without(self, name: str) -> str:
        empty = {field.name: field.default for field in fields(Wanted)}
        return self.url(**{name: empty[name]})

    def _ids_named(self, asked: str) -> frozenset[int]:
        """By code; else by exactly that name, else by every word of it, in any language; with what stands below."""
        named = {one.id for one in self._agencies if asked == one.code or asked in one.name.values()}
        wanted, words = fold(asked), fold(asked).split()
        if not named:
            named = {one.id for one in self._agencies if wanted in map(_folded, one.name.values())}
        if not named and words:
            folded = ((one.id, " ".join(map(_folded, one.name.values()))) for one in self._agencies)
            named = {agency_id for agency_id, name in folded if all(word in name for word in words)}
        return ids_below([(one.id, one.parent_id) for one in self._agencies], named)


def asked_of(wanted: Wanted) -> dict[str, str]:
    """What is asked for, as the address or hidden fields say it."""
    asked = {
        "q": wanted.text,
        "status": wanted.status or "",
        "agency": wanted.agency,
        "role": wanted.role or "",
        "sex": wanted.sex or "",
        "level": wanted.level or "",
        "group": wanted.group,
        "sort": "" if wanted.sort == "registered" else wanted.sort,
    }
    return {name: value for name, value in asked.items() if value}


def filters_of(event: Event) -> Filters:
    """What this request's address or form asks of the event's list.

    Addresses find somebody only for those who may see them.
    """
    values = request.form if request.method == "POST" else request.args
    return Filters(event, values, with_contacts=may(Permission.VIEW_CONTACTS, project_id=event.project_id))


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """Agencies are few and their names stay; folding hundreds for each page would show."""
    return fold(name)


def _labels() -> dict[str, str]:
    return {
        "text": _("Search"),
        "agency": _("Agency"),
        "role": _("Role"),
        "sex": _("Sex"),
        "level": _("Level"),
        "group": _("Group"),
    }


def _member(kind: type[One], text: str | None) -> One | None:
    return kind(text) if text in set(kind) else None


def _line(values: Mapping[str, str], name: str) -> str:
    text = one_line(values.get(name, "")[:LONGEST_SEARCH])
    return "" if problem_in(text) else text
