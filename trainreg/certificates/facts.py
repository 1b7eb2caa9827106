"""The frozen record of a certificate: everything its paper says, in one canonical form with one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from trainreg.certificates.rules import CertificateKind
from trainreg.kernel.text import one_line

FORMAT = "trainreg-certificate-1"

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody whose name stands under a line, as name and office by language."""

    name: Texts
    title: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What the paper says; made once, when the certificate is issued, and never looked up again.

    Texts map a language code to words. `verify_url` is the address in the QR code as it was then.
    """

    register_number: str
    code: str
    verify_url: str
    kind: CertificateKind
    edition: int
    design: str
    languages: tuple[str, ...]
    names: Texts
    event_title: Texts
    event_kind: str
    place: Texts
    starts_on: date
    ends_on: date
    days_planned: Decimal
    days_attended: Decimal
    hours_planned: Decimal
    hours_attended: Decimal
    project_code: str
    project_title: Texts
    organisation: Texts
    signatories: tuple[Signatory, ...]
    issued_on: date
    is_invented: bool = False

    def __post_init__(self) -> None:
        if not self.languages or self.edition < 1 or self.ends_on < self.starts_on:
            raise ValueError("a certificate needs a language, an edition and dates in their order")
        if any(not self.names.get(language) for language in self.languages):
            raise ValueError("a certificate needs the name in each of its languages")


def _plain(value: object) -> object:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, Mapping):
        return {key: one_line(text) for key, text in value.items() if text}
    if isinstance(value, Signatory):
        return {"name": _plain(value.name), "title": _plain(value.title)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"a certificate cannot hold {type(value).__name__}")


def canonical_json(facts: CertificateFacts) -> str:
    """Write the record in its one form (RFC 8785): keys sorted, no spaces, decimals and dates as text."""
    record = {entry.name: _plain(getattr(facts, entry.name)) for entry in fields(facts)}
    return json.dumps({"format": FORMAT, **record}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(text: str) -> str:
    """The fingerprint of a canonical record, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def facts_from_json(text: str) -> CertificateFacts:
    """Read a record back; `canonical_json` of the result is the text it was read from."""
    record: dict[str, Any] = json.loads(text)
    if record.pop("format", None) != FORMAT:
        raise ValueError("this is not a certificate record of a format known here")
    decimals = ("days_planned", "days_attended", "hours_planned", "hours_attended")
    dates = ("starts_on", "ends_on", "issued_on")
    record |= {name: Decimal(record[name]) for name in decimals}
    record |= {name: date.fromisoformat(record[name]) for name in dates}
    record["kind"] = CertificateKind(record["kind"])
    record["languages"] = tuple(record["languages"])
    record["signatories"] = tuple(Signatory(**signatory) for signatory in record["signatories"])
    return CertificateFacts(**record)
