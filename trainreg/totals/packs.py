"""Who attended an event in a month, as columns packed into bytes: a hundred thousand visits are read in milliseconds.

A visit's value holds who came (`counted_who`) and for how long; its key orders visits by their last session, ties by
the registration. See ADR 0038.
"""

import sys
from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

LENGTH_BITS, DAY_BITS, REGISTRATION_BITS = 22, 5, 32
LENGTH_MASK = (1 << LENGTH_BITS) - 1  # thousandths of a day: eleven years of them
DAY_MASK = (1 << DAY_BITS) - 1
REGISTRATION_MASK = (1 << REGISTRATION_BITS) - 1


class Stay(NamedTuple):
    """What a registration attended within one month; `at` is the start of the last session, in seconds."""

    registration_id: int
    person_id: int
    who_id: int
    thousandths: int
    at: int
    first: int  # days of the month
    last: int


class Paper(NamedTuple):
    """A certificate that stands, first given on that day of the month."""

    registration_id: int
    who_id: int
    day: int


def month_of(day: date) -> int:
    """Months numbered through: the number of one and the next differ by one."""
    return day.year * 12 + day.month - 1


def first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def key_of(at: int, registration_id: int) -> int:
    """The later speaks for its person. Before 1970 nobody came."""
    return max(0, at) << REGISTRATION_BITS | registration_id


def _ints() -> "array[int]":
    return array("I")


def _longs() -> "array[int]":
    return array("Q")


@dataclass(slots=True)
class Pack:
    """The columns: one place in each of the first four is a visit, one in each of the last two a certificate."""

    people: "array[int]" = field(default_factory=_ints)
    keys: "array[int]" = field(default_factory=_longs)
    values: "array[int]" = field(default_factory=_longs)
    days: "array[int]" = field(default_factory=_ints)
    paper_registrations: "array[int]" = field(default_factory=_ints)
    paper_values: "array[int]" = field(default_factory=_longs)

    def columns(self, visits: int, papers: int) -> Iterable[tuple["array[int]", int]]:
        """Each with the bytes it takes for so many visits and certificates."""
        own = (self.people, self.keys, self.values, self.days, self.paper_registrations, self.paper_values)
        for place, column in enumerate(own):
            yield column, column.itemsize * (visits if place < 4 else papers)

    def add(self, content: bytes, visits: int, papers: int) -> None:
        """What was packed, behind what is here."""
        start = 0
        for column, length in self.columns(visits, papers):
            more = array(column.typecode, content[start : start + length])
            if sys.byteorder == "big":
                more.byteswap()
            column.extend(more)
            start += length

    def content(self) -> bytes:
        """Packed: the same on every machine."""
        parts = []
        for column, _length in self.columns(0, 0):
            kept = column[:]
            if sys.byteorder == "big":
                kept.byteswap()
            parts.append(kept.tobytes())
        return b"".join(parts)

    def stays(self) -> list[Stay]:
        return [
            Stay(
                key & REGISTRATION_MASK,
                person,
                value >> LENGTH_BITS,
                value & LENGTH_MASK,
                key >> REGISTRATION_BITS,
                days >> DAY_BITS,
                days & DAY_MASK,
            )
            for person, key, value, days in zip(self.people, self.keys, self.values, self.days, strict=True)
        ]

    def papers(self) -> list[Paper]:
        return [
            Paper(registration_id, value >> DAY_BITS, value & DAY_MASK)
            for registration_id, value in zip(self.paper_registrations, self.paper_values, strict=True)
        ]

    @classmethod
    def of(cls, stays: Iterable[Stay], papers: Iterable[Paper]) -> "Pack":
        """In the order of time: whoever reads needs none of their own, and the same facts are the same bytes."""
        pack = cls()
        for stay in sorted(stays, key=lambda one: (one.at, one.registration_id)):
            pack.people.append(stay.person_id)
            pack.keys.append(key_of(stay.at, stay.registration_id))
            pack.values.append(stay.who_id << LENGTH_BITS | stay.thousandths)
            pack.days.append(stay.first << DAY_BITS | stay.last)
        for paper in sorted(papers):
            pack.paper_registrations.append(paper.registration_id)
            pack.paper_values.append(paper.who_id << DAY_BITS | paper.day)
        return pack

    def without(self, registrations: Collection[int], stays: Sequence[Stay], papers: Sequence[Paper]) -> "Pack":
        """Anew, with these registrations as they are now."""
        kept = [stay for stay in self.stays() if stay.registration_id not in registrations]
        own = [paper for paper in self.papers() if paper.registration_id not in registrations]
        return Pack.of([*kept, *stays], [*own, *papers])
