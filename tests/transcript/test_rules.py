"""What belongs into a transcript, its words, and how it flows over pages."""

import random
from itertools import product

import pytest

from trainreg.transcript.rules import Piece, Result, belongs, flow, result_of


def test_what_is_history() -> None:
    for confirmed, off, begun, attended, papers in product((False, True), (False, True), (False, True), (0, 2), (0, 1)):
        told = belongs(is_confirmed=confirmed, is_called_off=off, has_begun=begun, attended=attended, papers=papers)
        if attended or papers:
            assert told, "who came, or was given a paper, was there whatever the list says"
        else:
            assert told == (confirmed and begun and not off)


@pytest.mark.parametrize(
    ("is_decided", "attended", "is_participant", "has_earned", "result"),
    [
        (False, 0, True, False, Result.UNDECIDED),
        (False, 2, True, True, Result.UNDECIDED),
        (True, 0, True, False, Result.ABSENT),
        (True, 0, False, False, Result.ABSENT),
        (True, 1, True, False, Result.NOT_MET),
        (True, 1, True, True, Result.MET),
        (True, 1, False, True, Result.NOT_MEASURED),
        (True, 1, False, False, Result.NOT_MEASURED),
    ],
)
def test_one_word(is_decided: bool, attended: int, is_participant: bool, has_earned: bool, result: Result) -> None:
    told = result_of(is_decided=is_decided, attended=attended, is_participant=is_participant, has_earned=has_earned)
    assert told is result


def test_it_flows_without_losing_anything_and_no_heading_stands_last() -> None:
    for seed in range(300):
        dice = random.Random(seed)
        pieces = [Piece(dice.choice((5.0, 12.0, 20.0)), dice.random() < 0.3) for _n in range(dice.randrange(1, 120))]
        pages = flow(pieces, first=dice.choice((10.0, 100.0)), others=200.0)
        assert [number for page in pages for number in page] == list(range(len(pieces)))
        for page in pages[1:]:
            assert sum(pieces[number].height for number in page) <= 200.0
        for page in pages[:-1]:
            assert not page or not pieces[page[-1]].holds_next


def test_what_is_held_together_and_taller_than_a_page_is_divided() -> None:
    assert flow([Piece(60, True)] * 4 + [Piece(60)], first=150, others=150) == [[0, 1], [2, 3], [4]]


def test_nothing_is_one_page() -> None:
    assert flow([], first=100, others=100) == [[]]
