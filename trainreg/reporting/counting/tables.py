"""A figure and its parts: every breakdown has a "not stated", and its cells sum to the total."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from trainreg.framework.rules import Breakdown, CountingRule, Dimension
from trainreg.people.rules import AgeBand, Level, Sex

# One part of a breakdown: a code or an agency's id for each dimension; None where it was not stated.
Part = str | int | None
Key = tuple[Part, ...]
NOT_STATED: Part = None


class Amount(NamedTuple):
    """A sum, and of how many things: registrations, persons, events or products."""

    sum: Fraction = Fraction(0)
    of: int = 0

    def __add__(self, other: object) -> "Amount":
        if not isinstance(other, Amount):
            return NotImplemented
        return Amount(self.sum + other.sum, self.of + other.of)


NOTHING = Amount()
# What a reader looks for even where nobody was: the parts of a dimension that are always shown.
ALWAYS: Mapping[Dimension, tuple[str, ...]] = {
    Dimension.SEX: tuple(one.value for one in Sex if one is not Sex.NOT_STATED),
    Dimension.LEVEL: tuple(one.value for one in Level if one is not Level.NOT_STATED),
    Dimension.AGE_BAND: tuple(one.value for one in AgeBand if one is not AgeBand.NOT_STATED),
}


@dataclass(frozen=True)
class Table:
    """One figure, named and unnamed apart. `unnamed` is None where a rule knows no count without names.

    `cells` and `unnamed_cells` go by the parts of `dimensions`; where somebody may not see small cells, `hidden` holds
    the keys that are not told (see `hiding`), with () for the total.
    """

    rule: CountingRule
    dimensions: Breakdown = ()
    total: Amount = NOTHING
    cells: Mapping[Key, Amount] = field(default_factory=dict)
    unnamed: Amount | None = None  # of: the people counted
    unnamed_cells: Mapping[Key, Amount] = field(default_factory=dict)
    hidden: frozenset[Key] = frozenset()
    hidden_unnamed: frozenset[Key] = frozenset()

    @property
    def is_average(self) -> bool:
        return self.rule is CountingRule.KNOWLEDGE_GAIN

    def shown(self, amount: Amount) -> Fraction | None:
        """What an amount says: its sum, or for an average the mean; None where there is nothing to average."""
        if not self.is_average:
            return amount.sum
        return amount.sum / amount.of if amount.of else None

    @property
    def value(self) -> Fraction | None:
        """The figure itself; None where nothing can be averaged, or where it is hidden."""
        return None if () in self.hidden else self.shown(self.total)

    def cell(self, *key: Part) -> Fraction | None:
        """One part's figure; None where it is hidden."""
        return None if key in self.hidden else self.shown(self.cells.get(key, NOTHING))

    def unnamed_cell(self, *key: Part) -> Fraction | None:
        """How many of one part were counted without names; None where it is hidden, or nobody counts so."""
        if self.unnamed is None or key in self.hidden_unnamed:
            return None
        return self.unnamed_cells.get(key, NOTHING).sum

    def parts(self, place: int = 0) -> list[Part]:
        """The parts of one dimension: those always shown, then what occurs, "not stated" last."""
        always = ALWAYS.get(self.dimensions[place], ())
        keys = [*self.cells, *self.unnamed_cells]
        occurring = {key[place] for key in keys} - {NOT_STATED, *always}
        return [*always, *sorted(occurring, key=lambda part: (str(type(part)), part or 0)), NOT_STATED]

    def margin(self, place: int) -> Mapping[Key, Amount]:
        """The cells of one dimension alone: sums over the other."""
        return added((((key[place],), amount) for key, amount in self.cells.items()))


def added(pairs: Iterable[tuple[Key, Amount]]) -> dict[Key, Amount]:
    """Amounts of one key as one."""
    found: dict[Key, Amount] = {}
    for key, amount in pairs:
        found[key] = found.get(key, NOTHING) + amount
    return found
