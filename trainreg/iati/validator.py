"""Check a file of IATI activities, and say in sentences what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from babel.numbers import list_currencies
from flask_babel import lazy_gettext as _l

from trainreg.iati.codelists import CURRENCIES, PLACES, codelist
from trainreg.iati.findings import MOST, Finding, Source, Weight, at
from trainreg.iati.house_rules import house_findings
from trainreg.iati.reading import LARGEST, CannotBeRead, Opened, open_file
from trainreg.iati.ruleset import ruleset_findings
from trainreg.iati.schema import schema_findings

_UNKNOWN = _l("“%(code)s” is not on the list %(list)s. Choose a code that is on it.")
_WITHDRAWN = _l("“%(code)s” was taken off the list %(list)s. Choose a code that is still on it.")


@dataclass(frozen=True)
class Verdict:
    """What was found, errors first; `has_more` where there is more than is told."""

    findings: Sequence[Finding]
    activities: int = 0
    has_more: bool = False

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self.findings if one.is_error]

    @property
    def advice(self) -> list[Finding]:
        return [one for one in self.findings if not one.is_error]

    @property
    def is_valid(self) -> bool:
        return not self.errors


def check(data: bytes, *, now: datetime, largest: int = LARGEST) -> Verdict:
    """The verdict on a file, whatever it is."""
    try:
        opened = open_file(data, largest=largest)
    except CannotBeRead as refusal:
        told = Finding(
            Source.FILE,
            Weight.ERROR,
            type(refusal).__name__,
            type(refusal).sentence,
            tuple(refusal.facts.items()),
            refusal.line,
        )
        return Verdict([told])
    return check_opened(opened, now)


def check_opened(opened: Opened, now: datetime) -> Verdict:
    """The verdict on a file that could be read."""
    if opened.root.tag != "iati-activities":
        return Verdict(list(schema_findings(opened)))
    found = list(islice(_findings(opened, now), MOST + 1))
    ordered = sorted(found[:MOST], key=lambda one: (not one.is_error, one.line or 0))
    return Verdict(ordered, len(opened.root.findall("iati-activity")), len(found) > MOST)


def _findings(opened: Opened, now: datetime) -> Iterator[Finding]:
    yield from schema_findings(opened)
    yield from _codes(opened)
    yield from ruleset_findings(opened, now)
    yield from house_findings(opened)


def _codes(opened: Opened) -> Iterator[Finding]:
    for path, name in PLACES:
        known = codelist(name)
        for value in opened.nodes(path):
            element, code = value.getparent(), str(value)
            if code not in known:
                weight = Weight.ERROR if known.is_complete else Weight.ADVICE
                yield at(Source.CODELIST, weight, name, _UNKNOWN, element, code=code[:80], list=name)
            elif known.codes[code].is_withdrawn:
                yield at(Source.CODELIST, Weight.ADVICE, name, _WITHDRAWN, element, code=code[:80], list=name)
    for path in CURRENCIES:
        for value in opened.nodes(path):
            if str(value) not in list_currencies():
                yield at(
                    Source.CODELIST,
                    Weight.ERROR,
                    "Currency",
                    _UNKNOWN,
                    value.getparent(),
                    code=str(value)[:80],
                    list="Currency",
                )
