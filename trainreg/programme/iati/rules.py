"""What the settings of a project's IATI file must be."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

SECTORS = 4
LONGEST_REF = 80
LONGEST_IDENTIFIER = 120
# The vocabularies of sectors that are offered, and their codelists.
VOCABULARIES: Mapping[str, str] = {"1": "Sector", "7": "UNSDG-Goals"}
DAC = "1"
_REF = re.compile(r"[^\s/&|?]+")


def is_ref(text: str) -> bool:
    """An identifier of an organisation or an activity: one word, without the signs that addresses use."""
    return _REF.fullmatch(text) is not None


def begins_with(identifier: str, reporting_ref: str) -> bool:
    """Whether the activity's identifier is the organisation's, a hyphen, and something of its own."""
    start = f"{reporting_ref}-"
    return identifier.startswith(start) and len(identifier) > len(start)


def adds_up(percentages: Iterable[Decimal | None]) -> bool:
    """Whether the sectors of one vocabulary are told in full: one alone needs no percentage, several sum to 100."""
    told = list(percentages)
    if any(one is not None and not 0 < one <= 100 for one in told):
        return False
    if len(told) == 1:
        return told[0] is None or told[0] == 100
    return None not in told and sum((one for one in told if one is not None), Decimal(0)) == 100
