"""A factsheet as plain data, in one language: what it says, and nothing about how a page or a PDF shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar


@dataclass(frozen=True)
class Words:
    """A text as somebody wrote it, and the language it is in: not every text stands in every language."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Fact:
    """One thing to know of the project: a label, and lines."""

    label: str
    lines: Sequence[Words]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `tone` is "lead" for what stands first, "quiet" for a remark."""

    kind: ClassVar[str] = "paragraph"
    words: Words
    tone: str = ""


@dataclass(frozen=True)
class Numbered:
    """Things in their order, each with its number."""

    kind: ClassVar[str] = "numbered"
    items: Sequence[tuple[str, Words]]


@dataclass(frozen=True)
class Tiles:
    """The largest figures, each with what it counts."""

    kind: ClassVar[str] = "tiles"
    tiles: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Achievement:
    """An event or a publication: its title, what it was, what its record says of it, and whom it reached."""

    kind: ClassVar[str] = "achievement"
    title: Words
    what: str
    about: Words
    reached: Sequence[str]


@dataclass(frozen=True)
class Bar:
    """One part of a chart; `told` is its figure in words, `value` None where it is not told."""

    label: str
    value: Decimal | None
    told: str


@dataclass(frozen=True)
class Bars:
    """Parts of a figure, one below the other, or beside each other `in_time`."""

    kind: ClassVar[str] = "bars"
    title: str
    head: str
    unit: str
    bars: Sequence[Bar]
    in_time: bool = False

    @property
    def largest(self) -> Decimal:
        return max((bar.value for bar in self.bars if bar.value is not None), default=Decimal(0))

    def share(self, bar: Bar) -> float:
        """The length of a bar against the longest."""
        return float(bar.value / self.largest) if bar.value and self.largest else 0.0


@dataclass(frozen=True)
class Cell:
    """Target and actual of one indicator in one period."""

    actual: str
    target: str
    note: str = ""


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator over the periods shown, and over all time."""

    code: str
    title: Words
    unit: Words
    baseline: str
    cells: Sequence[Cell]
    total: str


@dataclass(frozen=True)
class Indicators:
    """The table of indicators; `periods` are its columns, each with a remark ("handed in").

    `baseline` heads the column of baselines, and is empty where no indicator has one: the column is left out.
    """

    kind: ClassVar[str] = "indicators"
    head: str
    baseline: str
    all_time: str
    periods: Sequence[tuple[str, str]]
    lines: Sequence[IndicatorLine]


@dataclass(frozen=True)
class Picture:
    """A photograph that may be shown."""

    id: int
    sha256: str
    width: int
    height: int
    caption: Words
    alternative: Words


@dataclass(frozen=True)
class Pictures:
    """Photographs in their order."""

    kind: ClassVar[str] = "pictures"
    pictures: Sequence[Picture]


Block = Paragraph | Numbered | Tiles | Achievement | Bars | Indicators | Pictures


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; `key` names it in addresses and styles."""

    key: str
    heading: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Factsheet:
    """The whole of it."""

    language: str
    code: str
    kind: str
    organisation: Words
    title: Words
    place: str
    warning: str
    facts: Sequence[Fact]
    sections: Sequence[Section]
    contact: Fact | None
    made: Sequence[str]
    footer: str
