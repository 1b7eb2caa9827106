"""The visits of one project as columns: narrowed, and each registration once. Pure; see ADR 0038."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress, pairwise
from typing import NamedTuple

from trainreg.totals.packs import LENGTH_BITS, LENGTH_MASK, REGISTRATION_MASK, Pack


class Allowed(dict[int, bool]):
    """Whether a visit is asked for, by its value: judged once for each value that there is."""

    def __init__(self, whos: Collection[int]) -> None:
        super().__init__()
        self.whos = whos

    def __missing__(self, value: int) -> bool:
        self[value] = found = value >> LENGTH_BITS in self.whos
        return found


class Slice(NamedTuple):
    """Where the visits of an event in a month stand, how many are asked for, and how long they were together."""

    event_id: int
    month: int
    start: int
    end: int
    visits: int
    thousandths: int


@dataclass
class Columns:
    """Who came (`people`), in which order (`keys`), as whom and for how long (`values`).

    `chosen` says of each place whether it is asked for; None: all are.
    """

    pack: Pack = field(default_factory=Pack)
    slices: list[Slice] = field(default_factory=list)
    chosen: list[bool] | None = None

    def take(self, event_id: int, month: int, visits: int, thousandths: int, content: bytes) -> None:
        """All that was packed of a month."""
        start = len(self.pack.people)
        self.pack.add_visits(content, visits)
        self.slices.append(Slice(event_id, month, start, start + visits, visits, thousandths))

    def put(self, event_id: int, month: int, visits: Collection[tuple[int, int, int]]) -> None:
        """Some visits, one by one."""
        start, length = len(self.pack.people), 0
        for person, key, value in visits:
            self._append(person, key, value)
            length += value & LENGTH_MASK
        self.slices.append(Slice(event_id, month, start, start + len(visits), len(visits), length))

    def choose(self, allowed: Mapping[int, bool]) -> None:
        """From now on only visits whose values are allowed."""
        values = self.pack.values
        self.chosen = chosen = list(map(allowed.__getitem__, values))
        self.slices = [one._replace(visits=0, thousandths=0) for one in self.slices]
        for place, one in enumerate(self.slices):
            own = chosen[one.start : one.end]
            if True in own:
                lengths = map(LENGTH_MASK.__and__, compress(values[one.start : one.end], own))
                self.slices[place] = one._replace(visits=sum(own), thousandths=sum(lengths))

    def values(self) -> Iterable[int]:
        """Of the visits asked for."""
        return self.pack.values if self.chosen is None else compress(self.pack.values, self.chosen)

    def speaking(self) -> dict[int, int]:
        """Of each person the place of the visit that speaks for them: the last in time, which writes over the others.

        Slices are in the order of time, and most follow one another; where they do not, the places are ordered first.
        """
        people, keys = self.pack.people, self.pack.keys
        ends = [(keys[one.start], keys[one.end - 1]) for one in self.slices if one.end > one.start]
        if self.slices and all(first[1] < second[0] for first, second in pairwise(ends)):
            places = range(len(people))
            if self.chosen is None:
                return dict(zip(people, places, strict=True))
            return dict(zip(compress(people, self.chosen), compress(places, self.chosen), strict=True))
        order = sorted(self._places(), key=keys.__getitem__)
        return dict(zip(map(people.__getitem__, order), order, strict=True))

    def several(self) -> list[list[Slice]]:
        """Of each event that went on into another month, its slices: there a registration can stand twice."""
        counts = Counter([one.event_id for one in self.slices])
        if len(counts) == len(self.slices):
            return []
        found: dict[int, list[Slice]] = defaultdict(list)
        for one in self.slices:
            if counts[one.event_id] > 1:
                found[one.event_id].append(one)
        return list(found.values())

    def repeated(self, slices: Iterable[Slice]) -> int:
        """How many visits in these are of registrations that stand there already."""
        keys = [self.pack.keys[place] & REGISTRATION_MASK for one in slices for place in self._places(one)]
        return len(keys) - len(set(keys))

    def once(self) -> "Columns":
        """Each registration once, with all it attended and its last session; it has no slices."""
        several = self.several()
        if not several:
            return self
        again = {own[0].event_id for own in several}
        merged = Columns()
        for one in self.slices:
            for place in self._places(one) if one.event_id not in again else ():
                merged._append(*self._visit(place))
        for own in several:
            known: dict[int, tuple[int, int, int]] = {}
            for place in [place for one in own for place in self._places(one)]:
                person, key, value = self._visit(place)
                _person, before, sofar = known.get(key & REGISTRATION_MASK, (person, 0, 0))
                known[key & REGISTRATION_MASK] = (person, max(before, key), value + (sofar & LENGTH_MASK))
            for visit in known.values():
                merged._append(*visit)
        return merged

    def _places(self, one: Slice | None = None) -> Iterator[int]:
        start, end = (one.start, one.end) if one else (0, len(self.pack.people))
        places = range(start, end)
        return iter(places) if self.chosen is None else compress(places, self.chosen[start:end])

    def _visit(self, place: int) -> tuple[int, int, int]:
        return self.pack.people[place], self.pack.keys[place], self.pack.values[place]

    def _append(self, person: int, key: int, value: int) -> None:
        self.pack.people.append(person)
        self.pack.keys.append(key)
        self.pack.values.append(value)
