"""The parts of a name and how two parts agree. Pure: built on spellings, knows no record."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from trainreg.people.spelling import consonants, has_ending, is_genitive, skeleton, stem, words


class Agreement(IntEnum):
    """How one part of a name agrees with another, the best last."""

    DIFFERENT = 0
    MISSING = 1
    INITIAL = 2
    CLOSE = 3
    ONE_LETTER = 4
    PART = 5
    ENDING = 6
    SPELLING = 7
    EXACT = 8

    @property
    def is_same(self) -> bool:
        """The same name, whatever its script, spelling and ending."""
        return self >= Agreement.ENDING


@dataclass(frozen=True, slots=True)
class Part:
    """A given name or a patronymic as it was written and as it sounds; empty where there is none."""

    written: str
    sounds: str
    first: str

    @property
    def is_initial(self) -> bool:
        return self.written.endswith(".") or len(self.written) == 1

    @property
    def root(self) -> str:
        """What stands in the keys that candidates are found by."""
        return consonants(stem(self.sounds))


NOTHING = Part("", "", "")


@dataclass(frozen=True, slots=True)
class Naming:
    """One way a name was written down: given name, patronymic or family name, clan name."""

    given: Part
    family: Part
    clan: Part

    @property
    def swapped(self) -> "Naming":
        return Naming(self.family, self.given, self.clan)


@lru_cache(maxsize=50_000)
def part(text: str) -> Part:
    """One field as a part; its words count as one, however they were separated."""
    found = words(text)
    if not found:
        return NOTHING
    heard = [skeleton(word.rstrip(".")) for word in found]
    return Part("".join(found), "".join(heard), heard[0])


def naming(given: str, family: str, clan: str = "") -> Naming:
    """The parts of a name; a whole name typed into one field is taken apart at its last space."""
    if not words(family):
        written = given.replace(".", ". ").split()
        if len(written) > 1:
            first, last = part(" ".join(written[:-1])), part(written[-1])
            return Naming(first, last, part(clan)) if last.is_initial else Naming(last, first, part(clan))
    return Naming(part(given), part(family), part(clan))


@lru_cache(maxsize=200_000)
def agreement(one: Part, other: Part) -> Agreement:
    """How two parts agree."""
    if not one.sounds or not other.sounds:
        return Agreement.MISSING
    if one.is_initial or other.is_initial:
        return Agreement.INITIAL if _fits(one, other) else Agreement.DIFFERENT
    if one.written == other.written:
        return Agreement.EXACT
    if one.sounds == other.sounds:
        return Agreement.SPELLING
    return _nearly(one, other)


def is_swap_of_two_people(one: Naming, other: Naming) -> bool:
    """Father and son, Доржийн Бат and Батын Дорж: both patronymics carry their ending, so neither was misplaced."""
    endings = [is_genitive(part.sounds) for part in (one.family, other.family, one.given, other.given)]
    return endings == [True, True, False, False]


def _fits(one: Part, other: Part) -> bool:
    """Whether an initial begins the other name, as a letter or as a sound: S. or Sch. for Schneider, C. for Tsend."""
    short, long = sorted((one, other), key=lambda part: len(part.written))
    letters = short.written.rstrip(".")
    if long.written.startswith(letters) or long.sounds.startswith(short.sounds):
        return True
    return letters == "c" and long.sounds[:1] in {"c", "q"}


def _nearly(one: Part, other: Part) -> Agreement:
    stems = stem(one.sounds), stem(other.sounds)
    if stems[0] == stems[1] and (has_ending(one.sounds) or has_ending(other.sounds)):
        return Agreement.ENDING
    if len(one.first) > 2 and len(other.first) > 2:
        begins = one.first == other.sounds or other.first == one.sounds
        if begins:
            return Agreement.PART
    distance, length = min(_distances(one, other, stems), key=lambda found: (found[0], -found[1]))
    if distance == 1 and length >= 4:
        return Agreement.ONE_LETTER
    if distance == 2 and length >= 6:
        return Agreement.CLOSE
    return Agreement.DIFFERENT


def _distances(one: Part, other: Part, stems: tuple[str, str]) -> Iterator[tuple[int, int]]:
    """Letters to change, and of how many: as it sounds, without endings, and as it is written in one script."""
    yield OSA.distance(one.sounds, other.sounds), max(len(one.sounds), len(other.sounds))
    yield OSA.distance(*stems), max(map(len, stems))
    if one.written.isascii() == other.written.isascii():
        yield OSA.distance(one.written, other.written), max(len(one.written), len(other.written))
