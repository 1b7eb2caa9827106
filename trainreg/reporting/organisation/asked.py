"""What the report is asked for: which projects, and which of what happened in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select

from trainreg.events.rules import EventKind
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.languages import DEFAULT_LANGUAGE, in_language
from trainreg.kernel.types import Text
from trainreg.programme.models import Project, ProjectPartner


class Stage(StrEnum):
    """Where a project stands today, by its days."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


class Listed(NamedTuple):
    """A project as the report lists it."""

    id: int
    code: str
    title: Text
    country: str
    funder: Text
    starts_on: date
    ends_on: date | None

    @property
    def funder_name(self) -> str:
        """One funder is one name, however many languages it has."""
        return in_language(self.funder, DEFAULT_LANGUAGE).strip()

    def stage(self, today: date) -> Stage:
        if self.starts_on > today:
            return Stage.PLANNED
        return Stage.ENDED if self.ends_on is not None and self.ends_on < today else Stage.RUNNING


@dataclass(frozen=True)
class Asked:
    """The filters. `agencies` are those asked for with all under them; None: all, also where none was stated."""

    country: str = ""
    funder: str = ""
    partner_id: int | None = None
    stage: Stage | None = None
    first: date | None = None
    last: date | None = None
    agencies: frozenset[int] | None = None
    kind: EventKind | None = None

    @property
    def narrows_projects(self) -> bool:
        return bool(self.country or self.funder or self.partner_id is not None or self.stage)

    @property
    def narrows_figures(self) -> bool:
        """Whether of a project not everything is counted."""
        return bool(self.first or self.last or self.kind) or self.agencies is not None


EVERYTHING = Asked()


def list_visible(ids: Collection[int] | None) -> list[Listed]:
    """The projects with these ids (None: all)."""
    columns = (Project.id, Project.code, Project.title, Project.country, Project.funder)
    statement = select(*columns, Project.starts_on, Project.ends_on)
    if ids is not None:
        statement = statement.where(Project.id.in_(ids))
    return [Listed(*row) for row in db.session.execute(statement)]


def chosen_of(asked: Asked, visible: Sequence[Listed]) -> list[Listed]:
    """Those that the filters of projects leave."""
    if not asked.narrows_projects:
        return list(visible)
    today = clock.now().date()
    partnered = _partnered(asked.partner_id) if asked.partner_id is not None else None
    return [
        one
        for one in visible
        if (not asked.country or one.country == asked.country)
        and (not asked.funder or one.funder_name == asked.funder)
        and (partnered is None or one.id in partnered)
        and (asked.stage is None or one.stage(today) is asked.stage)
    ]


def _partnered(agency_id: int) -> frozenset[int]:
    statement = select(ProjectPartner.project_id).where(ProjectPartner.agency_id == agency_id)
    return frozenset(db.session.scalars(statement))


def funders_of(visible: Sequence[Listed]) -> Mapping[str, Text]:
    """Every funder by its name."""
    return {one.funder_name: one.funder for one in visible if one.funder_name}
