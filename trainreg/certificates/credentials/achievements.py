"""What was achieved: one achievement for each event and kind of certificate, from the frozen facts alone."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from trainreg.certificates.credentials.did import base_of
from trainreg.certificates.credentials.encoding import canonical
from trainreg.certificates.credentials.wording import FALLBACK, words_of
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.rules import CertificateKind
from trainreg.kernel.languages import in_language

# What each kind is called in the vocabulary of Open Badges 3.0 (AchievementType).
_TYPES = {
    CertificateKind.ATTENDANCE: "Certificate",
    CertificateKind.COMPLETION: "CertificateOfCompletion",
    CertificateKind.TRAINER: "Certificate",
    CertificateKind.APPRECIATION: "Award",
}
KEY_LENGTH = 20


def achievement_key(facts: CertificateFacts) -> str:
    """The name of the achievement in addresses: the same for all who earned it at one event as it was called then."""
    told = {
        "kind": facts.kind.value,
        "event": facts.event_kind,
        "title": dict(facts.event_title),
        "project": facts.project_code,
        "starts": facts.starts_on.isoformat(),
        "ends": facts.ends_on.isoformat(),
        "hours": str(facts.hours_planned),
        "languages": list(facts.languages),
        "organisation": dict(facts.organisation),
        "site": base_of(facts),
    }
    return hashlib.sha256(canonical(told)).hexdigest()[:KEY_LENGTH]


def language_of(facts: CertificateFacts) -> str:
    """The language in which a credential speaks: English where the paper does, else the first of the paper."""
    return FALLBACK if FALLBACK in facts.languages else facts.languages[0]


def number(value: Decimal) -> int | float:
    """A figure as JSON writes it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def achievement_of(facts: CertificateFacts) -> dict[str, Any]:
    """The achievement as Open Badges 3.0 describes it."""
    language, base = language_of(facts), base_of(facts)
    words, title = words_of(facts.kind, language), in_language(facts.event_title, language)
    address = f"{base}/credentials/achievements/{achievement_key(facts)}"
    dates = " – ".join(dict.fromkeys((facts.starts_on.isoformat(), facts.ends_on.isoformat())))
    said = ", ".join(part for part in (in_language(facts.place, language), dates) if part)
    return {
        "id": address,
        "type": ["Achievement"],
        "achievementType": _TYPES[facts.kind],
        "name": f"{words.name}: {title}",
        "description": f"{title} ({said}). {in_language(facts.project_title, language)}".strip(),
        "criteria": {"narrative": words.criteria},
        "creditsAvailable": number(facts.hours_planned),
        "humanCode": facts.project_code,
        "image": {"id": f"{address}.svg", "type": "Image"},
        "inLanguage": language,
    }
