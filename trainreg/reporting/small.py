"""Which figures of a project's page are told to whoever may not see names: one mask for all three measures."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

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


def of_province(province: str | None) -> Name:
    return ("province", province)


def of_agency_by_sex(agency_id: int | None, sex: Sex) -> Name:
    return ("agency by sex", agency_id, sex)


def of_province_by_sex(province: str | None, sex: Sex) -> Name:
    return ("province by sex", province, sex)


def of_step(place: int) -> Name:
    """What was reached by the end of a step of the project's course."""
    return ("step", place)


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
    """From the figures of a project; every way of parting its total is guarded together with all others."""
    sizes, hidden, guarded = dict[Name, int](), set[Name](), set[Name]()
    for parts, total, whole, are_named in _lines(figures):
        sizes |= {whole: max(total)} | {name: max(one) for name, one in parts.items()}
        found = hidden_in_line(parts, total, are_named=are_named)
        if () in found:
            hidden |= {whole, *parts}
            guarded |= {whole, *parts}
        hidden |= found - {()}
        guarded |= {name for name, one in parts.items() if any(map(is_small, one))}
    for parts, not_told, too_small in (_crossed(figures.total), _course(figures)):
        sizes |= {name: max(one) for name, one in parts.items()}
        hidden |= not_told
        guarded |= too_small
    untold = _untold(figures)
    sizes |= untold
    hidden |= set(untold)
    guarded |= {name for name, count in untold.items() if is_small(count)}
    vectors = _vectors(figures)
    return Mask(hidden_with({name: vectors[name] for name in sizes}, sizes, hidden, guarded, _known(figures)))


def _lines(figures: ProjectFigures) -> Iterator[tuple[dict[Name, Sizes], Sizes, Name, bool]]:
    """Every total that is told in parts, with the name of the total, and whether hidden parts are named."""
    whole = of_part(WHOLE)
    for outcome_id, part in [(WHOLE, figures.total), *figures.by_outcome.items()]:
        total, agencies = _total(part), part.attendances.by_agency
        yield {of_sex(outcome_id, sex): _sizes(part, "by_sex", sex) for sex in Sex}, total, of_part(outcome_id), True
        by_agency = {of_agency(outcome_id, key): _sizes(part, "by_agency", key) for key in agencies}
        yield by_agency, total, of_part(outcome_id), False
    total = _total(figures.total)
    provinces = figures.total.attendances.by_province
    yield {of_province(key): _sizes(figures.total, "by_province", key) for key in provinces}, total, whole, False
    yield {of_event(key): (one.attendances,) for key, one in figures.events.items()}, total[:1], whole, True


def _total(part: Figures) -> Sizes:
    return int(part.attendances.total), int(part.persons.total)


def _sizes(part: Figures, way: str, key: object) -> Sizes:
    """How many there are of one part, of those that a breakdown tells in this way."""
    return tuple(int(getattr(one, way).get(key, 0)) for one in (part.attendances, part.persons))


_Named = Callable[[Any, Sex], Name]
_CROSSED: Sequence[tuple[_Named, str, str]] = (
    (of_agency_by_sex, "by_agency", "agency_by_sex"),
    (of_province_by_sex, "by_province", "province_by_sex"),
)


def _crossed(part: Figures) -> tuple[dict[Name, Sizes], set[Name], set[Name]]:
    """Agencies and provinces by sex: every cell; those hidden, as sexes of one agency are; and the small ones."""
    found: dict[Name, Sizes] = {}
    hidden: set[Name] = set()
    for name_of, way, by_sex in _CROSSED:
        for key in getattr(part.attendances, way):
            cells = {name_of(key, sex): _sizes(part, by_sex, (key, sex)) for sex in Sex}
            found |= cells
            hidden |= hidden_in_line(cells, _sizes(part, way, key), are_named=False) - {()}
    return found, hidden, {name for name, one in found.items() if any(map(is_small, one))}


def _course(figures: ProjectFigures) -> tuple[dict[Name, Sizes], set[Name], set[Name]]:
    """What was reached by each step, and the steps that are not told: whoever subtracts one from another, or from the
    total, finds nobody or enough people."""
    steps = [(one.attendances, one.persons) for one in figures.course.steps]
    total = _total(figures.total)
    before: Sizes = (0, 0)
    hidden: set[Name] = set()
    for place, reached in enumerate(steps):
        gaps = [*_gaps(before, reached), *_gaps(reached, total)]
        if any(map(is_small, gaps)):
            hidden.add(of_step(place))
        else:
            before = reached
    return {of_step(place): reached for place, reached in enumerate(steps)}, hidden, hidden


def _gaps(less: Sizes, more: Sizes) -> Sizes:
    return tuple(after - before for before, after in zip(less, more, strict=True))


def _untold(figures: ProjectFigures) -> Counter[Name]:
    """What no page tells, and where it is small no sum may either.

    How many of an event came first within each step; and how many of each sex and agency came to the events that serve
    the same outcomes, or none: the whole project without its outcomes.
    """
    found = Counter[Name]()
    served = _served(figures)
    for came, count in figures.came.items():
        place = served[came.event_id].place
        found["first", came.event_id, came.step] += count
        found["among", place, came.sex] += count
        found["among", place, came.agency_id] += count
    return found


def _vectors(figures: ProjectFigures) -> Mapping[Name, Vector]:
    """Each figure as a sum of terms: attendances by what an event serves and agency or sex; by event and step; and over
    the whole project by agency and sex, and by province and sex."""
    found: defaultdict[Name, dict[Name, int]] = defaultdict(dict)
    steps = range(len(figures.course.steps))
    served = _served(figures)
    for serves, agency_id, sex in {(served[one.event_id], one.agency_id, one.sex) for one in figures.came}:
        for outcome_id in (WHOLE, *serves.outcome_ids):
            found[of_agency(outcome_id, agency_id)][serves.place, agency_id] = 1
            found[of_sex(outcome_id, sex)][serves.place, sex] = 1
            found[of_part(outcome_id)][serves.place, sex] = 1
        for one in (agency_id, sex):
            found["among", serves.place, one][serves.place, one] = 1
        found[of_agency_by_sex(agency_id, sex)]["agency", agency_id, sex] = 1
    for event_id, step in {(one.event_id, one.step) for one in figures.came}:
        for name in (of_event(event_id), ("first", event_id, step), *map(of_step, steps[step:])):
            found[name]["at", event_id, step] = 1
    for province, sex in {(one.province, one.sex) for one in figures.came}:
        for name in (of_province(province), of_province_by_sex(province, sex)):
            found[name]["province", province, sex] = 1
    return found


class _Serving(NamedTuple):
    """What an event serves, and its place among such."""

    place: int
    outcome_ids: frozenset[int]


def _served(figures: ProjectFigures) -> Mapping[int, _Serving]:
    kinds: dict[frozenset[int], _Serving] = {}
    return {
        key: kinds.setdefault(one.outcome_ids, _Serving(len(kinds), one.outcome_ids))
        for key, one in figures.events.items()
    }


def _known(figures: ProjectFigures) -> Sequence[Vector]:
    """What always holds: each way of parting says the same of what they have in common.

    What serves the same outcomes is as much by sex as by agency, and as by event; an agency is as much by sex as by
    what was served, and a sex as by agency or by province.
    """
    found: defaultdict[Name, dict[Name, int]] = defaultdict(dict)
    served = {key: one.place for key, one in _served(figures).items()}
    for serves, agency_id, sex in {(served[one.event_id], one.agency_id, one.sex) for one in figures.came}:
        for name, more, less in (
            (("agencies of", serves), (serves, agency_id), (serves, sex)),
            (("sexes of", agency_id), ("agency", agency_id, sex), (serves, agency_id)),
            (("agencies by", sex), ("agency", agency_id, sex), (serves, sex)),
        ):
            found[name][more], found[name][less] = 1, -1
    for serves, event_id, step, sex in {
        (served[one.event_id], one.event_id, one.step, one.sex) for one in figures.came
    }:
        found["events of", serves]["at", event_id, step] = 1
        found["events of", serves][serves, sex] = -1
    for serves, province, sex in {(served[one.event_id], one.province, one.sex) for one in figures.came}:
        found["provinces by", sex]["province", province, sex] = 1
        found["provinces by", sex][serves, sex] = -1
    return list(found.values())
