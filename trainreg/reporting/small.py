"""Which figures of a project's page are told to whoever may not see names: one mask for all three measures."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trainreg.people.rules import Sex
from trainreg.reporting.counting.hiding import hidden_keys, is_small
from trainreg.reporting.counting.sums import Name, Vector, hidden_with
from trainreg.reporting.figures import ProjectFigures
from trainreg.reporting.rules import Figures

WHOLE = None  # in the place of an outcome: the whole project
Sizes = tuple[int, ...]  # of one figure, by everything that counts heads: attendances, officials


def of_part(outcome_id: int | None) -> Name:
    return ("part", outcome_id)


def of_sex(outcome_id: int | None, sex: Sex) -> Name:
    return ("sex", outcome_id, sex)


def of_agency(outcome_id: int | None, agency_id: int | None) -> Name:
    return ("agency", outcome_id, agency_id)


def of_event(event_id: int) -> Name:
    return ("event", event_id)


@dataclass(frozen=True)
class Mask:
    """What is not told of a project."""

    hidden: frozenset[Name] = field(default_factory=frozenset)

    def tells(self, name: Name) -> bool:
        return name not in self.hidden


EVERYTHING_TOLD = Mask()


def hidden_in_line(parts: Mapping[Any, Sizes], total: Sizes, *, are_named: bool = True) -> frozenset[Any]:
    """Of the parts of one total: those not told, so that no head count of a small one can be worked out.

    With the total small, () is among them: then nothing of the line is told. So it is where parts that are named, each
    known to have somebody, are all of one person. Agencies are not named where they are hidden.
    """
    found: set[Any] = set()
    for place, whole in enumerate(total):
        counts: dict[Any, int] = {(part,): sizes[place] for part, sizes in parts.items()}
        counts[()] = whole
        for key in hidden_keys(counts, 1):
            found.add(key[0] if key else ())
    if () in found:
        return frozenset({(), *parts})
    others = sorted((part for part in parts if part not in found and any(parts[part])), key=lambda one: parts[one])
    while are_named and found and _are_ones(parts, found):
        if not others:
            return frozenset({(), *parts})
        found.add(others.pop(0))
    return frozenset(found)


def _are_ones(parts: Mapping[Any, Sizes], hidden: set[Any]) -> bool:
    """Parts that are listed have somebody: where they are as many as their people, each is of one."""
    listed = [parts[part] for part in hidden if any(parts[part])]
    return any(sum(column) == len(listed) for column in zip(*listed, strict=True))


def mask_of(figures: ProjectFigures) -> Mask:
    """From the figures of a project; events, outcomes, sexes and agencies are guarded together."""
    sizes, hidden, guarded = dict[Name, int](), set[Name](), set[Name]()
    for parts, total, whole, are_named in _lines(figures):
        sizes |= {whole: max(total)} | {name: max(one) for name, one in parts.items()}
        found = hidden_in_line(parts, total, are_named=are_named)
        if () in found:
            hidden |= {whole, *parts}
            guarded |= {whole, *parts}
        hidden |= found - {()}
        guarded |= {name for name, one in parts.items() if any(map(is_small, one))}
    vectors = _vectors(figures)
    return Mask(hidden_with({name: vectors[name] for name in sizes}, sizes, hidden, guarded, _known(figures)))


def _lines(figures: ProjectFigures) -> Iterator[tuple[dict[Name, Sizes], Sizes, Name, bool]]:
    """Every total that is told in parts, with the name of the total, and whether hidden parts are named."""
    whole = of_part(WHOLE)
    for outcome_id, part in [(WHOLE, figures.total), *figures.by_outcome.items()]:
        total = (int(part.attendances.total), int(part.persons.total))
        yield {of_sex(outcome_id, sex): _sizes(part, sex) for sex in Sex}, total, of_part(outcome_id), True
        agencies = {of_agency(outcome_id, key): _sizes(part, key) for key in part.attendances.by_agency}
        yield agencies, total, of_part(outcome_id), False
    attendances = int(figures.total.attendances.total)
    yield {of_event(key): (one.attendances,) for key, one in figures.events.items()}, (attendances,), whole, True


def _sizes(part: Figures, key: Sex | int | None) -> Sizes:
    counts = (part.attendances, part.persons)
    if isinstance(key, Sex):
        return tuple(int(one.by_sex[key]) for one in counts)
    return tuple(int(one.by_agency.get(key, 0)) for one in counts)


def _vectors(figures: ProjectFigures) -> Mapping[Name, Vector]:
    """Each figure as a sum of terms: attendances by what an event serves and agency or sex, and by event."""
    found: defaultdict[Name, dict[Name, int]] = defaultdict(dict)
    for event_id, sex, agency_id in figures.cells:
        serves = figures.events[event_id].outcome_ids
        found[of_event(event_id)][event_id,] = 1
        for outcome_id in (WHOLE, *serves):
            found[of_agency(outcome_id, agency_id)][serves, agency_id] = 1
            found[of_sex(outcome_id, sex)][serves, sex] = 1
            found[of_part(outcome_id)][serves, sex] = 1
    return found


def _known(figures: ProjectFigures) -> Sequence[Vector]:
    """What serves the same outcomes is as much by sex as by agency, and as by event."""
    by_agency, by_event = defaultdict[Name, Counter[Name]](Counter), defaultdict[Name, Counter[Name]](Counter)
    for event_id, sex, agency_id in figures.cells:
        serves = figures.events[event_id].outcome_ids
        for found, term in ((by_agency, (serves, agency_id)), (by_event, (event_id,))):
            found[serves][term] = 1
            found[serves][serves, sex] = -1
    return [*by_agency.values(), *by_event.values()]
