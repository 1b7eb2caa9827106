"""What is wrong with a file: a sentence, and where."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lxml import etree

MOST = 200


class Weight(StrEnum):
    """An error makes the file invalid; advice does not."""

    ERROR = "error"
    ADVICE = "advice"


class Source(StrEnum):
    """Who says so."""

    FILE = "file"
    SCHEMA = "schema"
    CODELIST = "codelist"
    RULESET = "ruleset"
    OURS = "ours"


@dataclass(frozen=True)
class Finding:
    """One thing: what it is and how to mend it in one sentence or two, the line, and the path of the element.

    `rule` is the number that the standard's ruleset gives it, or a name of ours.
    """

    source: Source
    weight: Weight
    rule: str
    sentence: Any
    facts: tuple[tuple[str, object], ...] = ()
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        return str(self.sentence) % dict(self.facts) if self.facts else str(self.sentence)

    @property
    def is_error(self) -> bool:
        return self.weight is Weight.ERROR


def at(source: Source, weight: Weight, rule: str, sentence: Any, element: "etree._Element", **facts: object) -> Finding:
    """A finding at an element."""
    path = element.getroottree().getpath(element)
    line: Any = element.sourceline
    return Finding(source, weight, rule, sentence, tuple(facts.items()), line, path)
