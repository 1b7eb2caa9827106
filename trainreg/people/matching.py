"""How likely it is that two records are one official: points for what agrees and against what does not, with evidence.

The points and the two thresholds were decided on one half of the labelled pairs of `tests/people/pairs.py`; the other
half, which they never saw, is what the tests hold them to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from trainreg.people.naming import Agreement, Naming, agreement, is_swap_of_two_people, naming
from trainreg.people.rules import Sex

PHONE_DIGITS = 8  # what is left when the country's number is written or not


class Verdict(StrEnum):
    """Certain: act on it. Likely: somebody should look. Unlikely: leave it."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNLIKELY = "unlikely"


class Evidence(StrEnum):
    """What speaks for or against; `people.words` has the sentences."""

    SAME_NAME = "same_name"
    SAME_SPELLING = "same_spelling"
    ENDING = "ending"
    PART = "part"
    ONE_LETTER = "one_letter"
    CLOSE = "close"
    INITIAL = "initial"
    NAME_MISSING = "name_missing"
    SWAPPED = "swapped"
    SAME_CLAN = "same_clan"
    SAME_EMAIL = "same_email"
    SAME_PHONE = "same_phone"
    SAME_AGENCY = "same_agency"
    OTHER_NAME = "other_name"
    OTHER_CLAN = "other_clan"
    OTHER_EMAIL = "other_email"
    OTHER_PHONE = "other_phone"
    OTHER_AGENCY = "other_agency"
    OTHER_SEX = "other_sex"

    @property
    def is_against(self) -> bool:
        return self.value.startswith("other_")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of one person; `namings` holds the name in each script it is known in."""

    namings: tuple[Naming, ...]
    sex: Sex = Sex.NOT_STATED
    email: str = ""
    phone: str = ""
    agencies: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two records are: 0 to 100, and why."""

    score: int
    verdict: Verdict
    evidence: tuple[Evidence, ...]


_A, _E = Agreement, Evidence
_GIVEN = {_A.EXACT: 40, _A.SPELLING: 39, _A.ENDING: 37, _A.PART: 34, _A.ONE_LETTER: 29, _A.CLOSE: 20, _A.INITIAL: 10,
          _A.MISSING: 0, _A.DIFFERENT: -45}  # fmt: skip
_FAMILY = {_A.EXACT: 30, _A.SPELLING: 29, _A.ENDING: 29, _A.PART: 24, _A.ONE_LETTER: 23, _A.CLOSE: 17, _A.INITIAL: 14,
           _A.MISSING: 6, _A.DIFFERENT: -30}  # fmt: skip
_SAYS = {_A.EXACT: _E.SAME_NAME, _A.SPELLING: _E.SAME_SPELLING, _A.ENDING: _E.ENDING, _A.PART: _E.PART,
         _A.ONE_LETTER: _E.ONE_LETTER, _A.CLOSE: _E.CLOSE, _A.INITIAL: _E.INITIAL, _A.MISSING: _E.NAME_MISSING,
         _A.DIFFERENT: _E.OTHER_NAME}  # fmt: skip
_SWAP_COSTS = 2
_ONE_NAME = 10  # neither has another name to be told apart by
_POINTS = {
    _E.SAME_CLAN: 6, _E.OTHER_CLAN: -10, _E.SAME_EMAIL: 34, _E.OTHER_EMAIL: -8, _E.SAME_PHONE: 28, _E.OTHER_PHONE: -5,
    _E.SAME_AGENCY: 10, _E.OTHER_AGENCY: -5, _E.OTHER_SEX: -25,
}  # fmt: skip
LIKELY_FROM = 50


def facts(
    names: tuple[str, str, str],
    latin_names: tuple[str, str, str] = ("", "", ""),
    *,
    sex: Sex = Sex.NOT_STATED,
    email: str | None = None,
    phone: str | None = None,
    agencies: frozenset[int] = frozenset(),
) -> Facts:
    """What is compared: given, family and clan name, the same in Latin letters, and the rest."""
    found = [naming(*names)]
    if any(latin_names[:2]):
        latin = naming(latin_names[0] or names[0], latin_names[1] or names[1], latin_names[2])
        if (latin.given.sounds, latin.family.sounds) != (found[0].given.sounds, found[0].family.sounds):
            found.append(latin)
    return Facts(tuple(found), sex, (email or "").casefold(), digits_of(phone), agencies)


def digits_of(phone: str | None) -> str:
    """The digits that two spellings of one number share; nothing where they are too few to tell."""
    digits = "".join(filter(str.isdecimal, phone or ""))
    return digits[-PHONE_DIGITS:] if len(digits) >= 6 else ""


def likeness(one: Facts, other: Facts) -> Likeness:
    """Compare two records."""
    points, given, family, swapped = _best_naming(one, other)
    evidence = list(dict.fromkeys(_SAYS[part] for part in (given, family) if part is not _A.MISSING or given is part))
    if len(evidence) > 1 and _E.SAME_NAME in evidence:
        evidence.remove(_E.SAME_NAME)  # of one part only: what differs in the other is what the desk has to see
    if family is _A.MISSING and _has_family(one) != _has_family(other):
        evidence.append(_E.NAME_MISSING)
    if swapped:
        evidence.append(_E.SWAPPED)
    beside = [*_clans(one, other), *_beside(one, other)]
    points += sum(_POINTS[found] for found in beside)
    evidence += beside
    score = max(0, min(100, points))
    return Likeness(score, _verdict(score, given, family, set(evidence)), tuple(evidence))


def is_same_name(one: Facts, other: Facts) -> bool:
    """Whether every part is the same name, swapped or not, in whatever script and spelling."""
    _points, given, family, _swapped = _best_naming(one, other)
    both_have_one = not _has_family(one) and not _has_family(other)
    return given.is_same and (family.is_same or (family is _A.MISSING and both_have_one))


def _best_naming(one: Facts, other: Facts) -> tuple[int, Agreement, Agreement, bool]:
    return max(_ways(one, other), key=lambda way: (way[0], not way[3], way[1], way[2]))


def _ways(one: Facts, other: Facts) -> Iterator[tuple[int, Agreement, Agreement, bool]]:
    for mine in one.namings:
        for theirs in other.namings:
            given, family = agreement(mine.given, theirs.given), agreement(mine.family, theirs.family)
            alone = _ONE_NAME if not mine.family.sounds and not theirs.family.sounds else 0
            yield _points((given, family)) + alone, given, family, False
            if (mine.family.sounds or theirs.family.sounds) and not is_swap_of_two_people(mine, theirs):
                turned = theirs.swapped
                two = agreement(mine.given, turned.given), agreement(mine.family, turned.family)
                given, family = max(two, two[::-1], key=_points)  # which is which no longer shows
                yield _points((given, family)) - _SWAP_COSTS, given, family, True


def _points(parts: tuple[Agreement, Agreement]) -> int:
    return _GIVEN[parts[0]] + _FAMILY[parts[1]]


def _has_family(one: Facts) -> bool:
    return any(naming.family.sounds for naming in one.namings)


def _clans(one: Facts, other: Facts) -> Iterator[Evidence]:
    mine = [naming.clan for naming in one.namings if naming.clan.sounds]
    theirs = [naming.clan for naming in other.namings if naming.clan.sounds]
    if mine and theirs:
        found = max(agreement(a, b) for a in mine for b in theirs)
        yield _E.SAME_CLAN if found >= _A.CLOSE else _E.OTHER_CLAN


def _beside(one: Facts, other: Facts) -> Iterator[Evidence]:
    """What is known beside the name."""
    if one.email and other.email:
        yield _E.SAME_EMAIL if one.email == other.email else _E.OTHER_EMAIL
    if one.phone and other.phone:
        yield _E.SAME_PHONE if one.phone == other.phone else _E.OTHER_PHONE
    if one.agencies and other.agencies:
        yield _E.SAME_AGENCY if one.agencies & other.agencies else _E.OTHER_AGENCY
    if Sex.NOT_STATED not in {one.sex, other.sex} and one.sex is not other.sex:
        yield _E.OTHER_SEX


def _verdict(score: int, given: Agreement, family: Agreement, evidence: set[Evidence]) -> Verdict:
    """Certain: every part of the name the same, and the same address or telephone, or the same agency."""
    if score < LIKELY_FROM:
        return Verdict.UNLIKELY
    contact = evidence & {_E.SAME_EMAIL, _E.SAME_PHONE}
    at_home = _E.SAME_AGENCY in evidence and not evidence & {_E.OTHER_EMAIL, _E.OTHER_PHONE}
    doubt = evidence & {_E.OTHER_SEX, _E.OTHER_CLAN, _E.NAME_MISSING}
    same = given.is_same and (family.is_same or family is _A.MISSING)
    return Verdict.CERTAIN if same and (contact or at_home) and not doubt else Verdict.LIKELY
