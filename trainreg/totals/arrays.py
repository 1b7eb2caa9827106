"""Packed months as arrays: a million visits are read and counted in a tenth of a second. Pure; see ADR 0038."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainreg.totals.packs import DAY_BITS, DAY_MASK, LENGTH_BITS, LENGTH_MASK, REGISTRATION_MASK

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
# Bytes of a visit: person, key, value, days; then of a certificate: registration, value. See `packs.Pack`.
_PERSON, _KEY, _VALUE, _VISIT, _REGISTRATION = 4, 8, 8, 24, 4


@dataclass(frozen=True)
class Visits:
    """One place in each is a visit: who came, the key and the value it is packed with, and in which row it stands."""

    people: NDArray[np.uint32]
    keys: NDArray[np.uint64]
    values: NDArray[np.uint64]
    rows: Numbers

    @property
    def registrations(self) -> NDArray[np.uint64]:
        return self.keys & np.uint64(REGISTRATION_MASK)

    @property
    def whos(self) -> Numbers:
        return (self.values >> LENGTH_BITS).astype(np.int64)

    @property
    def lengths(self) -> Numbers:
        """Thousandths of a day."""
        return (self.values & LENGTH_MASK).astype(np.int64)

    def where(self, chosen: Flags) -> "Visits":
        return Visits(self.people[chosen], self.keys[chosen], self.values[chosen], self.rows[chosen])

    def once(self, is_doubtful: Flags) -> "Visits":
        """Each registration once, with all it attended and its last session; only a doubtful one may stand twice."""
        places = np.flatnonzero(is_doubtful)
        if not places.size:
            return self
        registrations = self.registrations
        places = places[np.lexsort((self.keys[places], registrations[places]))]
        first = np.flatnonzero(np.diff(registrations[places].astype(np.int64), prepend=-1))
        kept = places[np.append(first[1:], places.size) - 1]
        values = self.values.copy()
        lengths = np.add.reduceat(self.values[places] & LENGTH_MASK, first)
        values[kept] = values[kept] >> LENGTH_BITS << LENGTH_BITS | lengths
        stays = ~is_doubtful
        stays[kept] = True
        return replace(self, values=values).where(stays)

    def speaking(self) -> Flags:
        """Of each person the visit that speaks for them: the last."""
        latest = np.zeros(int(self.people.max(initial=0)) + 1, np.uint64)
        np.maximum.at(latest, self.people, self.keys)
        return np.asarray(self.keys == latest[self.people])


@dataclass(frozen=True)
class Papers:
    """One place in each is a certificate: to whom it was given, on which day of the month, in which row it stands."""

    whos: Numbers
    days: Numbers
    rows: Numbers


def read_visits(packed: Sequence[tuple[bytes, int]]) -> Visits:
    """Of rows, each its content and how many visits it holds."""
    pieces: list[list[bytes]] = [[], [], []]
    for content, visits in packed:
        start = 0
        for column, width in zip(pieces, (_PERSON, _KEY, _VALUE), strict=True):
            column.append(content[start : start + width * visits])
            start += width * visits
    return Visits(
        np.frombuffer(b"".join(pieces[0]), "<u4").astype(np.uint32, copy=False),
        np.frombuffer(b"".join(pieces[1]), "<u8").astype(np.uint64, copy=False),
        np.frombuffer(b"".join(pieces[2]), "<u8").astype(np.uint64, copy=False),
        _rows([visits for _content, visits in packed]),
    )


def pack_visits(visits: Iterable[tuple[int, int, int]]) -> bytes:
    """What `read_visits` reads, of persons, keys and values."""
    told = list(visits)
    kinds = enumerate(("<u4", "<u8", "<u8"))
    return b"".join(np.array([visit[place] for visit in told], kind).tobytes() for place, kind in kinds)


def read_papers(packed: Sequence[tuple[bytes, int, int]]) -> Papers:
    """Of rows, each its content and how many visits and certificates it holds."""
    pieces = []
    for content, visits, papers in packed:
        start = _VISIT * visits + _REGISTRATION * papers
        pieces.append(content[start : start + _VALUE * papers])
    values = np.frombuffer(b"".join(pieces), "<u8").astype(np.int64)
    return Papers(values >> DAY_BITS, values & DAY_MASK, _rows([papers for _content, _visits, papers in packed]))


def count_by(groups: Numbers, size: int) -> Numbers:
    """How often each of so many groups is named."""
    return np.bincount(groups, minlength=size)


def sum_by(groups: Numbers, amounts: Numbers, size: int) -> Numbers:
    """What comes together in each group. Sums are exact below 2**53."""
    return np.bincount(groups, weights=amounts, minlength=size).astype(np.int64)


def count_distinct_by(groups: Numbers, things: NDArray[np.unsignedinteger], size: int) -> Numbers:
    """How many things, each once, stand in each of so many groups."""
    most = int(things.max(initial=0)) + 1
    # The shorter numbers are sorted in half the time.
    pairs: NDArray[Any] = groups.astype(np.uint32 if size * most < 2**32 else np.uint64)
    pairs *= most
    pairs += things.astype(pairs.dtype)
    pairs.sort()  # np.unique puts them into a table of hashes, which takes ten times as long
    is_first = np.ones(pairs.size, np.bool_)
    is_first[1:] = pairs[1:] != pairs[:-1]
    return count_by((pairs[is_first] // most).astype(np.int64), size)


def _rows(counts: Sequence[int]) -> Numbers:
    return np.repeat(np.arange(len(counts)), counts)
