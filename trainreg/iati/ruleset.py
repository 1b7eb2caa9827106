"""The standard's ruleset, applied to a file."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from trainreg.iati.data_files import data_bytes
from trainreg.iati.findings import Finding, Source, Weight, at
from trainreg.iati.reading import Opened
from trainreg.iati.ruleset_checks import CHECKS, Asked, Case
from trainreg.iati.ruleset_words import ERRORS_HERE, NOT_JUDGED, RULE_WORDS

# Of a thing that stands once for each vocabulary: more vocabularies than there are, nobody has.
MOST_ROUNDS = 40
Rules = tuple[tuple[str, str, Case], ...]


@cache
def rules_of_activities() -> Rules:
    """Each rule on activities: the path of the elements it is asked of, its kind, and the case."""
    told: Mapping[str, Mapping[str, Any]] = json.loads(data_bytes("ruleset.json"))
    return tuple(
        (path, kind, case)
        for path, kinds in told.items()
        if "/iati-organisations" not in path
        for kind, cases in kinds.items()
        for case in cases["cases"]
    )


def ruleset_findings(opened: Opened, now: datetime) -> Iterator[Finding]:
    """Everything that the ruleset finds, rule by rule."""
    for path, kind, case in rules_of_activities():
        for element in opened.nodes(path):
            yield from _asked(kind, case, Asked(element, now))


def _asked(kind: str, case: Case, asked: Asked) -> Iterator[Finding]:
    if kind == "loop":
        yield from _rounds(case, asked)
        return
    info = case["ruleInfo"]
    rule = info["id"]
    if rule in NOT_JUDGED or ("condition" in case and not asked.is_true(case["condition"])):
        return
    weight = Weight.ERROR if info["severity"] == "error" or rule in ERRORS_HERE else Weight.ADVICE
    for element, facts in CHECKS[kind](case, asked):
        yield at(Source.RULESET, weight, rule, RULE_WORDS[rule], element, **facts)


def _rounds(loop: Case, asked: Asked) -> Iterator[Finding]:
    """The rules inside, once for each different value that the loop goes over."""
    values = list(dict.fromkeys(str(one) for one in asked.find(loop["foreach"])))
    for value in values[:MOST_ROUNDS]:
        inside = Asked(asked.element, asked.now, {"one": value})
        for kind, cases in loop["do"].items():
            for case in cases["cases"]:
                yield from _asked(kind, case, inside)
