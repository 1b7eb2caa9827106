"""Labelled pairs of records: the same official twice, and two officials who are easily taken for one.

A pair is made from invented officials by the rules below, from one seed, so that everybody measures the same. Each
pair belongs to one of two halves: points and thresholds were decided on `TUNED`, the tests ask `HELD_OUT`.
"""

import random
from dataclasses import dataclass, replace

from tests.people.spellings import CLANS, CUSTOMS, FATHERS, MONGOLIAN, genitive, in_latin, look_alike, mistyped
from trainreg.people.matching import Facts, facts
from trainreg.people.rules import Sex

SEED = 5217
PAIRS = 4000
AGENCIES = 12


@dataclass(frozen=True)
class Record:
    """What one form said of somebody."""

    custom: str
    given: str
    family: str
    clan: str = ""
    given_latin: str = ""
    family_latin: str = ""
    sex: Sex = Sex.NOT_STATED
    email: str = ""
    phone: str = ""
    agency: int = 1

    @property
    def facts(self) -> Facts:
        latin = (self.given_latin, self.family_latin, "")
        return facts((self.given, self.family, self.clan), latin, sex=self.sex, email=self.email, phone=self.phone,
                     agencies=frozenset({self.agency}))  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two records, whether they are one official, and by which rule they were made."""

    one: Record
    other: Record
    is_same: bool
    rule: str


def official(dice: random.Random) -> Record:
    custom = dice.choices(CUSTOMS, (70, 12, 12, 6))[0]
    number = dice.randrange(10**6)
    return Record(
        custom=custom.name,
        given=dice.choice(custom.given),
        family=dice.choice(custom.families),
        clan=dice.choice(CLANS) if custom.name == "mongolian" and dice.random() < 0.1 else "",
        sex=dice.choice((Sex.FEMALE, Sex.MALE, Sex.NOT_STATED)),
        email=f"official{number}@{dice.choice(('example.org', 'labour.example', 'mail.example'))}",
        phone=f"+976 9{dice.randrange(10**6, 10**7)}",
        agency=dice.randrange(AGENCIES),
    )


def as_typed(who: Record, dice: random.Random) -> Record:
    """What one form may say: contacts half of the time, the sex not always."""
    return replace(
        who,
        email=who.email if dice.random() < 0.6 else "",
        phone=who.phone if dice.random() < 0.35 else "",
        sex=who.sex if dice.random() < 0.8 else Sex.NOT_STATED,
    )


def _latin(who: Record, dice: random.Random) -> Record:
    return replace(who, given=in_latin(who.given, dice, who.custom), family=in_latin(who.family, dice, who.custom))


def _both_scripts(who: Record, dice: random.Random) -> Record:
    latin = _latin(who, dice)
    return replace(who, given_latin=latin.given, family_latin=latin.family)


def _swapped(who: Record, dice: random.Random) -> Record:
    return replace(who, given=who.family, family=who.given) if who.family else who


def _initial(who: Record, dice: random.Random) -> Record:
    return replace(who, family=f"{who.family[0]}.") if who.family else who


def _initial_in_one_field(who: Record, dice: random.Random) -> Record:
    if not who.family:
        return who
    return replace(who, family="", given=dice.choice((f"{who.family[0]}.{who.given}", f"{who.family[0]}. {who.given}")))


def _typo(who: Record, dice: random.Random) -> Record:
    if who.family and dice.random() < 0.5:
        return replace(who, family=mistyped(who.family, dice))
    return replace(who, given=mistyped(who.given, dice))


def _ending(who: Record, dice: random.Random) -> Record:
    bare = [father for father in FATHERS if genitive(father) == who.family]
    return replace(who, family=bare[0]) if bare else who


def _hyphen(who: Record, dice: random.Random) -> Record:
    between = dice.choice(("", " ", "–"))
    return replace(who, given=who.given.replace("-", between), family=who.family.replace("-", between))


def _letters(who: Record, dice: random.Random) -> Record:
    return replace(who, given=look_alike(who.given, dice), family=look_alike(who.family, dice))


def _capitals(who: Record, dice: random.Random) -> Record:
    return replace(who, given=who.given.upper(), family=who.family.upper())


WAYS = {
    "as it is": lambda who, _dice: who,
    "latin": _latin,
    "both scripts": _both_scripts,
    "swapped": _swapped,
    "initial": _initial,
    "initial in one field": _initial_in_one_field,
    "typo": _typo,
    "ending": _ending,
    "hyphen": _hyphen,
    "look-alikes": _letters,
    "capitals": _capitals,
    "latin, swapped": lambda who, dice: _latin(_swapped(who, dice), dice),
    "latin, initial": lambda who, dice: _latin(_initial(who, dice), dice),
    "ending, typo": lambda who, dice: _typo(_ending(who, dice), dice),
    "latin, ending": lambda who, dice: _latin(_ending(who, dice), dice),
    "latin, typo": lambda who, dice: _typo(_latin(who, dice), dice),
}


def _same(dice: random.Random) -> Pair:
    """One official, met twice: the second time spelt in some way, sometimes with a new address or from a new post.

    A form with an initial for a name and nothing else to know somebody by is no evidence of anything, so that it
    comes with the same agency or an address.
    """
    who = official(dice)
    way = dice.choice(list(WAYS))
    one, other = as_typed(who, dice), as_typed(WAYS[way](who, dice), dice)
    if dice.random() < 0.1:
        other = replace(other, email=f"new{dice.randrange(10**6)}@example.org")
    if dice.random() < 0.15 and "initial" not in way:
        other = replace(other, agency=(who.agency + 1) % AGENCIES)
    return Pair(*_either_way(one, other, dice), True, way)


def _other_given(who: Record, dice: random.Random) -> Record:
    """A brother or sister: the patronymic is the same."""
    custom = next(one for one in CUSTOMS if one.name == who.custom)
    return replace(official(dice), custom=who.custom, family=who.family, clan=who.clan, agency=who.agency,
                   given=dice.choice([name for name in custom.given if name != who.given]))  # fmt: skip


def _other_family(who: Record, dice: random.Random) -> Record:
    """The same given name in the same office, another father."""
    custom = next(one for one in CUSTOMS if one.name == who.custom)
    families = [name for name in custom.families if name != who.family]
    return replace(official(dice), custom=who.custom, given=who.given, agency=who.agency,
                   family=dice.choice(families or ["Rahman"]))  # fmt: skip


def _beginning_alike(who: Record, dice: random.Random) -> Record:
    """Батбаяр and Батболд, both of one father: compounds share their beginning."""
    alike = [name for name in MONGOLIAN if name[:3] == who.given[:3] and name != who.given]
    return replace(_other_given(who, dice), given=dice.choice(alike)) if alike else _other_given(who, dice)


def _father_and_son(who: Record, dice: random.Random) -> Record:
    if who.custom != "mongolian":
        return _other_given(who, dice)
    bare = next(father for father in FATHERS if genitive(father) == who.family)
    return replace(official(dice), custom=who.custom, given=bare, family=genitive(who.given), agency=who.agency,
                   sex=Sex.MALE)  # fmt: skip


def _namesake(who: Record, dice: random.Random) -> Record:
    """The same two common names in another office, with another address and the other sex or another telephone."""
    other = official(dice)
    sexes = (Sex.FEMALE, Sex.MALE) if dice.random() < 0.5 else (Sex.MALE, Sex.FEMALE)
    return replace(other, custom=who.custom, given=who.given, family=who.family, sex=sexes[0],
                   agency=(who.agency + 1) % AGENCIES)  # fmt: skip


def _other_initial(who: Record, dice: random.Random) -> Record:
    other = _other_family(who, dice)
    while other.family[:1] == who.family[:1]:
        other = _other_family(who, dice)
    return replace(other, family=f"{other.family[0]}.")


def _shared_address(who: Record, dice: random.Random) -> Record:
    """Two colleagues who use their office's address and telephone."""
    return replace(official(dice), email=who.email, phone=who.phone, agency=who.agency)


def _anybody(who: Record, dice: random.Random) -> Record:
    return official(dice)


OTHERS = {
    "brother or sister": (_other_given, 22),
    "other father": (_other_family, 22),
    "beginning alike": (_beginning_alike, 16),
    "father and son": (_father_and_son, 8),
    "namesake": (_namesake, 4),
    "other initial": (_other_initial, 10),
    "shared address": (_shared_address, 8),
    "anybody": (_anybody, 10),
}


def _different(dice: random.Random) -> Pair:
    who = official(dice)
    rule = dice.choices(list(OTHERS), [weight for _make, weight in OTHERS.values()])[0]
    other = OTHERS[rule][0](who, dice)
    if rule == "namesake":
        who = replace(who, sex=Sex.MALE if other.sex is Sex.FEMALE else Sex.FEMALE)
        return Pair(who, other, False, rule)
    written = dice.choice((WAYS["as it is"], _latin, _letters, _capitals))
    return Pair(*_either_way(as_typed(who, dice), as_typed(written(other, dice), dice), dice), False, rule)


def _either_way(one: Record, other: Record, dice: random.Random) -> tuple[Record, Record]:
    return (one, other) if dice.random() < 0.5 else (other, one)


def labelled() -> list[Pair]:
    """All pairs, half of them the same official; always the same ones."""
    dice = random.Random(SEED)
    return [_same(dice) if number % 2 else _different(dice) for number in range(PAIRS)]


_ALL = labelled()
TUNED = [pair for number, pair in enumerate(_ALL) if number % 4 < 2]
HELD_OUT = [pair for number, pair in enumerate(_ALL) if number % 4 >= 2]
