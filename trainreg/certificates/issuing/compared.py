"""How the preview of a correction reads: what the paper says, and what the new one would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import format_date, format_decimal

from trainreg.certificates.facts import Signatory
from trainreg.certificates.issuing.editions import COMPARED, Difference
from trainreg.certificates.rules import CertificateKind
from trainreg.certificates.sentences import KINDS


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the preview."""

    label: str
    before: list[str]
    after: list[str]


def told(difference: Difference) -> Told:
    """A difference in words."""
    return Told(str(COMPARED[difference.field]), _lines(difference.before), _lines(difference.after))


def _lines(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return list(dict.fromkeys(str(text) for text in value.values()))
    if isinstance(value, tuple):
        return [line for one in value for line in _lines(one)]
    if isinstance(value, Signatory):
        return _lines(value.name)
    if isinstance(value, CertificateKind):
        return [str(KINDS[value])]
    if isinstance(value, date):
        return [format_date(value)]
    if isinstance(value, Decimal):
        return [format_decimal(value)]
    return [str(value)]
