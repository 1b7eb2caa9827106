"""What a group learned between two tests: exact fractions, pairs only, and never a per cent of the first score."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Pair:
    """One person's points before and after, and the most there were to get in both tests."""

    pre: Fraction
    post: Fraction
    most: Fraction

    def __post_init__(self) -> None:
        if not (0 <= self.pre <= self.most and 0 <= self.post <= self.most and self.most > 0):
            raise ValueError("points lie between nothing and the most there is")

    @property
    def gain(self) -> Fraction:
        """In points; negative for whoever did worse."""
        return self.post - self.pre

    @property
    def could_gain(self) -> bool:
        """Whoever had everything right before could not do better: a normalised gain is not defined."""
        return self.pre < self.most

    @property
    def normalised(self) -> Fraction | None:
        """The gain as a share of what was left to gain: 1 at most."""
        return self.gain / (self.most - self.pre) if self.could_gain else None


@dataclass(frozen=True)
class Gains:
    """A group's gain. Each share comes with its numerator and denominator, so that it can be checked by hand."""

    pairs: int
    pre_points: Fraction
    post_points: Fraction
    improved: int
    # Over those who could gain: the points gained, and the points that were left to gain.
    gained: Fraction
    left_to_gain: Fraction
    left_out: int

    @property
    def mean_pre(self) -> Fraction | None:
        return self.pre_points / self.pairs if self.pairs else None

    @property
    def mean_post(self) -> Fraction | None:
        return self.post_points / self.pairs if self.pairs else None

    @property
    def mean_gain(self) -> Fraction | None:
        """In points."""
        return (self.post_points - self.pre_points) / self.pairs if self.pairs else None

    @property
    def normalised(self) -> Fraction | None:
        """(post − pre) / (max − pre), summed over everybody who could gain."""
        return self.gained / self.left_to_gain if self.left_to_gain else None

    @property
    def share_improved(self) -> Fraction | None:
        return Fraction(self.improved, self.pairs) if self.pairs else None


def gains_of(pairs: Iterable[Pair]) -> Gains:
    """The gain of everybody who sat both tests."""
    known = list(pairs)
    could = [pair for pair in known if pair.could_gain]
    return Gains(
        pairs=len(known),
        pre_points=sum((pair.pre for pair in known), Fraction(0)),
        post_points=sum((pair.post for pair in known), Fraction(0)),
        improved=sum(pair.gain > 0 for pair in known),
        gained=sum((pair.gain for pair in could), Fraction(0)),
        left_to_gain=sum((pair.most - pair.pre for pair in could), Fraction(0)),
        left_out=len(known) - len(could),
    )
