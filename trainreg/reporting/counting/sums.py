"""Sums that overlap, as a page tells them: which stay hidden so that no small one follows from the others.

Every figure is a sum of terms, and so is whatever a reader adds and subtracts. A hidden figure can be worked out
exactly where it is a combination of those that are told: elimination finds it, and one figure of it is hidden too.
Coefficients are counted modulo a large prime; a chance equality there can only hide more. See ADR 0028.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

Name = Hashable
Vector = Mapping[Name, int]
_PRIME = 2**61 - 1
_K = TypeVar("_K", bound=Hashable)


@dataclass
class _Told:
    """What can be worked out: reduced rows by their leading term, each with the figures that it combines."""

    places: dict[Name, int] = field(default_factory=dict)
    rows: dict[int, tuple[dict[int, int], dict[Name, int]]] = field(default_factory=dict)

    def add(self, name: Name, vector: Vector) -> None:
        rest, used = self._reduced(vector)
        if not rest:
            return
        lead = min(rest)
        inverse = pow(rest[lead], -1, _PRIME)
        combined = _plus(used, {name: 1}, 1)
        self.rows[lead] = _plus({}, rest, inverse), _plus({}, combined, inverse)

    def combination(self, vector: Vector) -> set[Name] | None:
        """The figures that give this one away; None where nothing does."""
        rest, used = self._reduced(vector)
        return None if rest else set(used)

    def _reduced(self, vector: Vector) -> tuple[dict[int, int], dict[Name, int]]:
        rest = {self.places.setdefault(term, len(self.places)): value for term, value in vector.items() if value}
        used: dict[Name, int] = {}
        while leads := [one for one in rest if one in self.rows]:
            lead = min(leads)
            row, combined = self.rows[lead]
            factor = -rest[lead]
            rest, used = _plus(rest, row, factor), _plus(used, combined, factor)
        return rest, used


def _plus(left: Mapping[_K, int], right: Mapping[_K, int], factor: int) -> dict[_K, int]:
    found = dict(left)
    for key, value in right.items():
        new = (found.get(key, 0) + value * factor) % _PRIME
        if new:
            found[key] = new
        else:
            found.pop(key, None)
    return found


def hidden_with(
    figures: Mapping[Name, Vector],
    sizes: Mapping[Name, int],
    hidden: Collection[Name],
    guarded: Collection[Name],
    known: Iterable[Vector] = (),
) -> frozenset[Name]:
    """The hidden figures, and as many others as keep the guarded ones among them from being worked out.

    `known`: sums that always hold (they add up to nothing), whatever is hidden.
    """
    kept = set(hidden)
    given: list[tuple[Name, Vector]] = [(("known", place), vector) for place, vector in enumerate(known)]
    # The short ones first: so the rows that they are reduced to stay short.
    given = sorted([*given, *figures.items()], key=lambda one: len(one[1]))
    while True:
        told = _Told()
        for name, vector in given:
            if name not in kept:
                told.add(name, vector)
        more: set[Name] = set()
        for name in sorted(guarded, key=repr):
            given_away = told.combination(figures[name]) if any(figures[name].values()) else None
            candidates = [one for one in given_away or () if one in figures]
            if candidates and not more.intersection(candidates):
                more.add(min(candidates, key=lambda one: (sizes[one], repr(one))))
        if not more:
            return frozenset(kept)
        kept |= more
