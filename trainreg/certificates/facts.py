"""The frozen record of a certificate: everything its paper says, in one canonical form with one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from trainreg.certificates.rules import CertificateKind
from trainreg.kernel.text import one_line

FORMATS = {1: "trainreg-certificate-1", 2: "trainreg-certificate-2"}
LATEST_FORMAT = 2
# What records of the second format tell beside those of the first. A record of the first is still written without.
ADDED_IN_2 = frozenset(
    {"design_sha256", "issued_at", "is_prepared", "valid_until", "replaces", "status_list", "status_index", "agency"}
)

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody whose name stands under a line, as name and office by language.

    `image` is the SHA-256 of the picture of their signature, empty where there is none.
    """

    name: Texts
    title: Texts
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What the paper says; made once, when the certificate is issued, and never looked up again.

    Texts map a language code to words. `verify_url` is the address in the QR code as it was then.
    From format 2 on: `design_sha256` is the fingerprint of the design version that draws it; `issued_at` the moment of
    issue in UTC, in whole seconds; `is_prepared` marks a paper printed before the event was over, which tells the
    planned duration and not the attended one; `valid_until` its last day, if it lapses; `replaces` the register number
    of the edition it corrects; `status_list` and `status_index` where its state stands in the published status lists.
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
    format: int = 1
    design_sha256: str = ""
    issued_at: datetime | None = None
    is_prepared: bool = False
    valid_until: date | None = None
    replaces: str = ""
    status_list: int | None = None
    status_index: int | None = None
    agency: Texts = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.languages or self.edition < 1 or self.ends_on < self.starts_on:
            raise ValueError("a certificate needs a language, an edition and dates in their order")
        if any(not self.names.get(language) for language in self.languages):
            raise ValueError("a certificate needs the name in each of its languages")
        if self.format == 2 and not (self.design_sha256 and self.issued_at):
            raise ValueError("a certificate names the design that draws it and the moment it was issued")


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, Mapping):
        return {key: one_line(text) for key, text in value.items() if text}
    if isinstance(value, Signatory):
        told = {"name": _plain(value.name), "title": _plain(value.title)}
        return told | {"image": value.image} if value.image else told
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"a certificate cannot hold {type(value).__name__}")


def canonical_json(facts: CertificateFacts) -> str:
    """Write the record in its one form (RFC 8785): keys sorted, no spaces, decimals and dates as text."""
    left_out = ADDED_IN_2 if facts.format == 1 else frozenset()
    names = (entry.name for entry in fields(facts) if entry.name not in left_out)
    record = {name: _plain(getattr(facts, name)) for name in names}
    return json.dumps(
        record | {"format": FORMATS[facts.format]}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def sha256_of(text: str) -> str:
    """The fingerprint of a canonical record, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def facts_from_json(text: str) -> CertificateFacts:
    """Read a record back; `canonical_json` of the result is the text it was read from."""
    record: dict[str, Any] = json.loads(text)
    known = {name: number for number, name in FORMATS.items()}
    if record.get("format") not in known:
        raise ValueError("this is not a certificate record of a format known here")
    record["format"] = known[record["format"]]
    decimals = ("days_planned", "days_attended", "hours_planned", "hours_attended")
    dates = ("starts_on", "ends_on", "issued_on")
    record |= {name: Decimal(record[name]) for name in decimals}
    record |= {name: date.fromisoformat(record[name]) for name in dates}
    record["kind"] = CertificateKind(record["kind"])
    record["languages"] = tuple(record["languages"])
    record["signatories"] = tuple(_signatory(told) for told in record["signatories"])
    if record["format"] >= 2:
        record["issued_at"] = datetime.fromisoformat(record["issued_at"])
        record["valid_until"] = date.fromisoformat(record["valid_until"]) if record["valid_until"] else None
    return CertificateFacts(**record)


def _signatory(told: Mapping[str, Any]) -> Signatory:
    return Signatory(told.get("name", {}), told.get("title", {}), told.get("image", ""))
