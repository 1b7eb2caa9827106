"""The keys by which likely namesakes are found among very many people: numbers that say nothing by themselves.

Each key joins what a common name shares with thousands to something that tells them apart, so that no key leads to
very many. Two records of one official share at least one, however the name was spelt.
"""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

from trainreg.people.matching import Facts
from trainreg.people.naming import Naming


def keys_of(facts: Facts) -> frozenset[int]:
    """The keys that a person is kept under."""
    kept = {*_shared(facts), *keys_at(facts)}
    for naming in facts.namings:
        if not naming.family.sounds and not naming.given.is_initial:
            kept.add(_key("alone", naming.given.root))
    return frozenset(kept)


def keys_at(facts: Facts) -> frozenset[int]:
    """Single names are telling within one agency."""
    names = {root for naming in facts.namings for root in _roots(naming)}
    return frozenset(_key(f"at {agency_id}", root) for agency_id in facts.agencies for root in names)


def lookup_of(facts: Facts, *, is_one_of_many: bool = False) -> frozenset[int]:
    """The keys that others who may be the same are kept under; for one of very many rows only the sharpest."""
    alone = {_key("alone", root) for naming in facts.namings for root in _roots(naming)}
    wide = _wide(facts) if is_one_of_many else frozenset[int]()
    return (frozenset(_shared(facts)) | alone | keys_at(facts)) - wide


def _shared(facts: Facts) -> Iterator[int]:
    """What two records must both have to be found by it; swapped names make no difference."""
    for naming in facts.namings:
        given, family = naming.given.root, naming.family.root
        if not given or not family:
            continue
        if not naming.given.is_initial and not naming.family.is_initial:
            yield _key("both", *sorted((given, family)))
            yield _beginnings(naming)
        if not naming.given.is_initial:
            yield _key("initial", given, family[0])
        if not naming.family.is_initial:
            yield _key("initial", family, given[0])
    if facts.email:
        yield _key("email", facts.email)
    if facts.phone:
        yield _key("phone", facts.phone)


def _wide(facts: Facts) -> frozenset[int]:
    """The keys that lead to most people."""
    return frozenset(_beginnings(naming) for naming in facts.namings)


def _beginnings(naming: Naming) -> int:
    return _key("beginnings", *sorted((naming.given.root[:3], naming.family.root[:3])))


def _roots(naming: Naming) -> Iterator[str]:
    for part in (naming.given, naming.family):
        if part.sounds and not part.is_initial:
            yield part.root


@lru_cache(maxsize=50_000)
def _key(*parts: str) -> int:
    digest = blake2b("/".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
