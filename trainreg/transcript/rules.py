"""What stands in a transcript, what came of each training, and how it flows over pages: without a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """What came of one training."""

    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"  # it is not over, or a test waits for its marks
    ABSENT = "absent"
    NOT_MEASURED = "not_measured"  # trainers, resource persons, observers: the rule is for participants


def belongs(*, is_confirmed: bool, is_called_off: bool, has_begun: bool, attended: int, papers: int) -> bool:
    """Whether a registration is history: somebody came, or has a certificate, or had a place when it began."""
    return attended > 0 or papers > 0 or (is_confirmed and has_begun and not is_called_off)


def result_of(*, is_decided: bool, attended: int, is_participant: bool, has_earned: bool) -> Result:
    """One word on a training; nobody is judged before the end."""
    if not is_decided:
        return Result.UNDECIDED
    if attended == 0:
        return Result.ABSENT
    if not is_participant:
        return Result.NOT_MEASURED
    return Result.MET if has_earned else Result.NOT_MET


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is not divided, of that height; `holds_next`: it is no last thing on a page."""

    height: float
    holds_next: bool = False


def flow(pieces: Sequence[Piece], *, first: float, others: float) -> list[list[int]]:
    """Which pieces stand on which page, by their numbers: as many as there is room for, never a heading alone.

    `first` is the room on the first page. What is held together and taller than a page is divided all the same.
    """
    pages: list[list[int]] = [[]]
    left = first
    for group in _held_together(pieces):
        height = sum(pieces[number].height for number in group)
        if height > left and (pages[-1] or left < others):
            pages.append([])
            left = others
        for number in group:
            if pieces[number].height > left and pages[-1]:
                pages.append([])
                left = others
            pages[-1].append(number)
            left -= pieces[number].height
    return pages


def _held_together(pieces: Sequence[Piece]) -> list[list[int]]:
    groups: list[list[int]] = [[]]
    for number, piece in enumerate(pieces):
        groups[-1].append(number)
        if not piece.holds_next:
            groups.append([])
    return [group for group in groups if group]
