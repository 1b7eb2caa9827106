"""Who was trained as a trainer, what they then taught, and whom it reached: pure, over plain facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Dated:
    """An event by when it was; `trains_trainers` where it is a training of trainers."""

    id: int
    starts_at: datetime
    ends_at: datetime
    trains_trainers: bool = False


@dataclass(frozen=True)
class Taught:
    """An event that somebody taught. `below` are its own trainers, where it trained trainers and is not shown above."""

    event_id: int
    below: tuple["Trained", ...] = ()


@dataclass(frozen=True)
class Trained:
    """Somebody who was trained as a trainer, and what they taught after it, the earliest first."""

    person_id: int
    taught: tuple[Taught, ...]


@dataclass(frozen=True)
class Branch:
    """A training of trainers that nobody of an earlier one taught."""

    event_id: int
    trainers: tuple[Trained, ...]


@dataclass(frozen=True)
class Cascade:
    """The tree and its counts. What two trainers taught together counts once, and so does a person it reached twice."""

    branches: tuple[Branch, ...] = ()
    trained: frozenset[int] = frozenset()
    active: frozenset[int] = frozenset()
    events: frozenset[int] = frozenset()
    attendances: int = 0
    persons: frozenset[int] = field(default_factory=frozenset)


def cascade_of(
    events: Iterable[Dated],
    trained: Mapping[int, frozenset[int]],
    teachers: Mapping[int, frozenset[int]],
    reached: Mapping[int, frozenset[int]],
) -> Cascade:
    """Put it together.

    `trained`: who completed a training of trainers, by event; `teachers`: who taught an event; `reached`: the people
    who attended it. Only what was taught after the training ended is its fruit.
    """
    known = {event.id: event for event in sorted(events, key=lambda one: (one.starts_at, one.id))}
    sources = [event for event in known.values() if event.trains_trainers and event.id in trained]
    fruits = {
        (source.id, person): [
            event.id
            for event in known.values()
            if person in teachers.get(event.id, frozenset()) and event.starts_at >= source.ends_at
        ]
        for source in sources
        for person in trained[source.id]
    }
    taught = frozenset(event for found in fruits.values() for event in found)
    shown: set[int] = set()

    def below(source_id: int) -> tuple[Trained, ...]:
        shown.add(source_id)
        return tuple(
            Trained(person, tuple(Taught(event, rest(event)) for event in fruits[source_id, person]))
            for person in sorted(trained[source_id])
        )

    def rest(event_id: int) -> tuple[Trained, ...]:
        return below(event_id) if event_id in trained and event_id not in shown else ()

    branches = tuple(Branch(source.id, below(source.id)) for source in sources if source.id not in taught)
    return Cascade(
        branches=branches,
        trained=frozenset(person for source in sources for person in trained[source.id]),
        active=frozenset(person for (_source, person), found in fruits.items() if found),
        events=taught,
        attendances=sum(len(reached.get(event, frozenset())) for event in taught),
        persons=frozenset(person for event in taught for person in reached.get(event, frozenset())),
    )
