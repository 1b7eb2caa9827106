"""What of all projects is told to whoever may not see names in each of them. Pure; decided in ADR 0038."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trainreg.reporting.counting.hiding import is_small
from trainreg.reporting.organisation.counted import Counted, Sums
from trainreg.reporting.small import hidden_in_line

Dimension = str


@dataclass(frozen=True)
class Mask:
    """`hidden` holds (dimension, part), `projects` those of which nothing is told but their events."""

    tells_sums: bool = True  # attendances and person-days: they add up over projects, officials do not
    tells_persons: bool = True
    tells_parts: bool = True
    tells_papers: bool = True
    tells_unnamed: bool = True
    hidden: frozenset[tuple[Dimension, Any]] = frozenset()
    projects: frozenset[int] = frozenset()
    papers: frozenset[int] = frozenset()

    def tells(self, dimension: Dimension, part: Any) -> bool:
        return self.tells_parts and (dimension, part) not in self.hidden


EVERYTHING_TOLD = Mask()


@dataclass(frozen=True)
class Scope:
    """What a reader may not know of: `named` are the projects where they may see names; None: all."""

    named: frozenset[int] | None = None
    sums: Mapping[int, Sums] = field(default_factory=dict)  # of every project, over all time

    @property
    def small(self) -> dict[int, int]:
        """Projects too small to be told, each with its attendances."""
        if self.named is None:
            return {}
        return {
            key: one.attendances
            for key, one in self.sums.items()
            if key not in self.named and (is_small(one.attendances) or is_small(one.persons))
        }


def mask_of_all(counted: Counted, parts: Mapping[Dimension, Mapping[Any, Sums]], scope: Scope) -> Mask:
    """The whole organisation: each way of parting is a line of its own, and no small project follows from the sums."""
    total, small = counted.total, scope.small
    sizes = (total.attendances, total.persons)
    hidden: set[tuple[Dimension, Any]] = set()
    is_told = True
    for dimension, own in parts.items():
        line = {part: (one.attendances, one.persons) for part, one in own.items()}
        found = hidden_in_line(line, sizes, are_named=dimension != "agency")
        is_told = is_told and () not in found
        hidden |= {(dimension, part) for part in found - {()}}
    spans = {span: (one.attendances,) for span, one in counted.spans.items()}
    hidden |= {("span", span) for span in hidden_in_line(spans, (total.attendances,)) - {()}}
    tells_sums = is_told and is_safe(small)
    return Mask(
        tells_sums=tells_sums,
        tells_persons=is_told,
        tells_parts=is_told,
        hidden=frozenset(hidden),
        **_of_projects(counted, frozenset(small)),
    )


def mask_of_some(counted: Counted, scope: Scope) -> Mask:
    """Some projects: their sums where each of them is told, so that nothing is told that their own pages do not."""
    small = frozenset(scope.small) & counted.projects.keys()
    return Mask(
        tells_sums=not small,
        tells_persons=False,
        tells_parts=False,
        tells_unnamed=False,
        **_of_projects(counted, small),
    )


def is_safe(small: Mapping[Any, int]) -> bool:
    """Whether a sum may be told of which all but these parts are: one could be worked out, and so could ones alone."""
    return not small or 1 < len(small) < sum(small.values())


def _of_projects(counted: Counted, small: frozenset[int]) -> dict[str, Any]:
    papers = frozenset(key for key, number in counted.papers.items() if is_small(number) or (number and key in small))
    return {"projects": small, "papers": papers, "tells_papers": not papers}
