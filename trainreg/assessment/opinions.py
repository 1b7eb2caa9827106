"""The anonymous evaluation: its occasions, what may be shown of it, and names in free text."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

FEWEST = 5  # fewer answers than this are neither shown nor broken down
LOWEST, HIGHEST = 1, 5
MOST_ITEMS = 30
LONGEST_COMMENT = 2000
FOLLOW_UP_MONTHS = (3, 6)
BLACKED_OUT = "▇▇▇"


class When(StrEnum):
    """At the end of the event, or some months later."""

    AFTER = "after"
    FOLLOW_UP = "follow_up"


class ItemKind(StrEnum):
    """A scale from 1 to 5, or a few words."""

    SCALE = "scale"
    TEXT = "text"


class EvaluationState(StrEnum):
    """A draft can be changed; an open one takes answers; only a closed one shows them."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


def may_show(state: EvaluationState, sheets: int) -> bool:
    """Whether results can be seen.

    Never while it is open: whoever looks before and after one person answers would read that answer in the difference.
    """
    return state is EvaluationState.CLOSED and sheets >= FEWEST


def may_reopen(sheets: int) -> bool:
    """Whether a closed evaluation can open again: not once its results could be seen, for the same reason."""
    return sheets < FEWEST


@dataclass(frozen=True)
class Spread:
    """How often each step of a scale was chosen. None of it is known where too few answered."""

    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def is_shown(self) -> bool:
        return self.total >= FEWEST

    @property
    def mean(self) -> Fraction | None:
        if not self.total:
            return None
        return Fraction(sum(step * count for step, count in enumerate(self.counts, LOWEST)), self.total)


def spread_of(answers: Iterable[int]) -> Spread:
    """The distribution of the answers to one scale."""
    counted = Counter(answers)
    return Spread(tuple(counted[step] for step in range(LOWEST, HIGHEST + 1)))


def blacked_out(text: str, names: Collection[str]) -> str:
    """The text with these names covered, whatever ending is put on them; a name of one or two letters is left alone."""
    known = sorted({name for name in names if len(name) > 2}, key=len, reverse=True)
    if not known:
        return text
    pattern = "|".join(rf"(?<!\w){re.escape(name)}\w*" for name in known)
    return re.sub(pattern, BLACKED_OUT, text, flags=re.IGNORECASE)
