"""Whether two records are one official: by rule, and measured on the labelled pairs."""

from collections.abc import Sequence

import pytest

from tests.people.pairs import HELD_OUT, TUNED, Pair
from trainreg.people.keys import keys_of, lookup_of
from trainreg.people.matching import Evidence, Facts, Likeness, Verdict, facts, likeness

_E = Evidence


def named(given: str, family: str = "", clan: str = "", **beside: str) -> Facts:
    return facts((given, family, clan), **beside)  # type: ignore[arg-type]


def recall_and_precision(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Of those who are the same, how many are found likely; of those found likely, how many are the same.

    Found means found: by a key that both records share, then by the rules.
    """
    found = [pair for pair in pairs if _is_found(pair)]
    right = sum(pair.is_same for pair in found)
    return right / sum(pair.is_same for pair in pairs), right / len(found)


def _is_found(pair: Pair) -> bool:
    one, other = pair.one.facts, pair.other.facts
    return bool(lookup_of(other) & keys_of(one)) and likeness(one, other).verdict is not Verdict.UNLIKELY


def test_pairs_that_the_thresholds_never_saw() -> None:
    assert len(HELD_OUT) + len(TUNED) >= 2000
    recall, precision = recall_and_precision(HELD_OUT)
    assert recall >= 0.97
    assert precision >= 0.95


def test_certainty_is_never_wrong_on_the_labelled_pairs() -> None:
    certain = [pair for pair in HELD_OUT if likeness(pair.one.facts, pair.other.facts).verdict is Verdict.CERTAIN]
    assert len(certain) > 200
    assert [pair for pair in certain if not pair.is_same] == []


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (("Өлзийбаяр", "Батын"), ("Ulziibayar", "Batyn"), _E.SAME_SPELLING),
        (("Єлзийбаяр", "Батын"), ("Өлзийбаяр", "Батын"), _E.SAME_NAME),
        (("Батсvх", "Дорж"), ("БАТСҮХ", "ДОРЖ"), _E.SAME_NAME),
        (("Сергей", "Щербаков"), ("Sergey", "Shcherbakov"), _E.SAME_SPELLING),
        (("Дмитрий", "Юдин"), ("Dmitrij", "Judin"), _E.SAME_SPELLING),
        (("Болор", "Доржийн"), ("Болор", "Дорж"), _E.ENDING),
        (("Болор", "Бямбын"), ("Bolor", "Byamba"), _E.ENDING),
        (("Батын", "Болор"), ("Болор", "Батын"), _E.SWAPPED),
        (("Bat", "Bolor"), ("Болор", "Бат"), _E.SWAPPED),
        (("Болор", "Б."), ("Болор", "Батын"), _E.INITIAL),
        (("Bat-Erdene O.", ""), ("Бат-Эрдэнэ", "Очирын"), _E.INITIAL),
        (("Мөнх-Эрдэнэ", "Цэрэн"), ("Мөнх Эрдэнэ", "Цэрэн"), _E.SAME_NAME),
        (("Наранцэцэг", "Цэрэнгийн"), ("Наранцэцгэ", "Цэрэнгийн"), _E.ONE_LETTER),
        (("Sukarno", ""), ("SUKARNO", ""), _E.SAME_NAME),
    ],
)
def test_one_name_in_two_spellings(one: tuple[str, str], other: tuple[str, str], said: Evidence) -> None:
    found = likeness(named(*one), named(*other))
    assert found.verdict is not Verdict.UNLIKELY, found
    assert said in found.evidence


def test_a_part_that_is_the_same_is_not_told_as_the_same_name() -> None:
    found = likeness(named("Баярмаа", "Пүрэвсүрэнгийн"), named("Баярма", "Пүрэвсүрэнгийн"))
    assert _E.SAME_NAME not in found.evidence and found.evidence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Болор", "Батын"), ("Номин", "Батын")),
        (("Болор", "Батын"), ("Болор", "Доржийн")),
        (("Бат", "Доржийн"), ("Дорж", "Батын")),
        (("Болор", "Б."), ("Болор", "Доржийн")),
        (("Ганболд", "Цэрэнгийн"), ("Ганбаатар", "Цэрэнгийн")),
        (("Anna", "Smith"), ("Anna", "Schmidt")),
    ],
)
def test_two_people_who_share_a_part(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert likeness(named(*one), named(*other)).verdict is Verdict.UNLIKELY


def test_likeness_does_not_depend_on_who_comes_first() -> None:
    for pair in TUNED[:400]:
        one, other = pair.one.facts, pair.other.facts
        assert summary(likeness(one, other)) == summary(likeness(other, one))


def summary(found: Likeness) -> tuple[int, Verdict, set[Evidence]]:
    return found.score, found.verdict, set(found.evidence)


def test_certain_needs_more_than_a_name() -> None:
    one = named("Болор", "Батын")
    assert likeness(one, one).verdict is Verdict.LIKELY
    assert likeness(one, named("Bolor", "Bat")).verdict is Verdict.LIKELY
    mail = {"email": "bolor@example.org"}
    assert likeness(named("Болор", "Батын", **mail), named("Bolor", "Bat", **mail)).verdict is Verdict.CERTAIN
    phones = {"phone": "+976 9911-2233"}, {"phone": "99112233"}
    assert likeness(named("Болор", "Батын", **phones[0]), named("Bolor", "Bat", **phones[1])).verdict is Verdict.CERTAIN


@pytest.mark.parametrize("name", ["", "-", ".", "Ө", "ʼ", "李明", "ᠪᠠᠲᠤ", "عمر", "a" * 400, "І І", "ß", "\u0307"])
def test_no_name_breaks_the_comparison(name: str) -> None:
    one, other = named(name, name), named("Болор", name)
    assert likeness(one, other).score <= 100
    assert not keys_of(one) & lookup_of(named("Туяа", "Доржийн"))
