"""Why somebody got nothing, as it is kept with a round and read back in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from trainreg.certificates.issuing.rules import RefusalKind
from trainreg.certificates.render import Flaw
from trainreg.certificates.rules import FAVOURABLE, Reason, ReasonKind
from trainreg.certificates.sentences import flaw_sentence, reason_sentence

_DECIMALS = ("threshold", "points", "pass_mark")


def told_flaw(flaw: Flaw) -> dict[str, Any]:
    """A flaw as plain data."""
    return asdict(flaw)


def told_reason(reason: Reason) -> dict[str, Any]:
    """A reason as plain data."""
    told = asdict(reason)
    return told | {"kind": reason.kind.value} | {name: str(told[name]) for name in _DECIMALS}


def sentences(kind: RefusalKind, details: Iterable[Mapping[str, Any]]) -> list[str]:
    """The sentences of a refusal; of a verdict, what speaks against."""
    if kind is RefusalKind.UNDRAWABLE:
        return [flaw_sentence(Flaw(**told)) for told in details]
    reasons = [_reason(told) for told in details]
    return [reason_sentence(reason) for reason in reasons if reason.kind not in FAVOURABLE]


def _reason(told: Mapping[str, Any]) -> Reason:
    decimals = {name: Decimal(told[name]) for name in _DECIMALS}
    return Reason(**{**told, **decimals, "kind": ReasonKind(told["kind"])})
