"""Check a file that claims to be a certificate against what was issued."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from trainreg.certificates.codes import normalise
from trainreg.certificates.facts import sha256_of
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of, find_certificate_by_code, has_rendition
from trainreg.certificates.reading import texts_of_pages
from trainreg.certificates.render import draw_all, sha256_of_file
from trainreg.certificates.rules import CertificateState

_MOST_CODES = 20  # that are looked up on one page; a certificate of ours carries its code twice at most
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{4}(?:-[0-9A-Za-z]{4}){4}(?![0-9A-Za-z])")


class Check(StrEnum):
    """What is looked at, one after the other."""

    READABLE = "readable"
    CODE_KNOWN = "code_known"
    NUMBER_MATCHES = "number_matches"
    RECORD_UNCHANGED = "record_unchanged"
    FILE_AS_ISSUED = "file_as_issued"
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check, whether it held, and of which register numbers it speaks."""

    check: Check
    held: bool
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that was checked about a file; genuine only when all of it held."""

    findings: tuple[Finding, ...]
    certificates: tuple[Certificate, ...] = ()

    @property
    def is_genuine(self) -> bool:
        """Whether every check held."""
        return bool(self.findings) and all(finding.held for finding in self.findings)


def examine(content: bytes) -> Examination:
    """Check a PDF of one certificate or of many; the first check that cannot be passed ends the examination."""
    pages = texts_of_pages(content)
    if not pages:
        return Examination((Finding(Check.READABLE, False),))
    found = [_certificate_on(page) for page in pages]
    certificates = tuple(certificate for certificate in found if certificate is not None)
    findings = [Finding(Check.READABLE, True), Finding(Check.CODE_KNOWN, len(certificates) == len(pages))]
    if not findings[-1].held:
        return Examination(tuple(findings), certificates)
    altered = [c for c in certificates if sha256_of(c.facts) != c.facts_sha256]
    findings += [
        _finding(
            Check.NUMBER_MATCHES,
            [c for c, page in zip(certificates, pages, strict=True) if c.register_number not in page],
        ),
        _finding(Check.RECORD_UNCHANGED, altered),
        Finding(Check.FILE_AS_ISSUED, not altered and _is_as_issued(content, certificates)),
        _finding(Check.IN_FORCE, [c for c in certificates if c.state is not CertificateState.ISSUED]),
    ]
    return Examination(tuple(findings), certificates)


def _finding(check: Check, failing: list[Certificate]) -> Finding:
    return Finding(check, not failing, tuple(certificate.register_number for certificate in failing))


def _certificate_on(page: str) -> Certificate | None:
    for candidate in _CODE.findall(page)[:_MOST_CODES]:
        code = normalise(candidate)
        certificate = find_certificate_by_code(code) if code else None
        if certificate is not None:
            return certificate
    return None


def _is_as_issued(content: bytes, certificates: tuple[Certificate, ...]) -> bool:
    """Whether these very bytes were handed out, or are what drawing the record gives today."""
    if len(certificates) == 1 and has_rendition(certificates[0], sha256_of_file(content)):
        return True
    return draw_all([facts_of(certificate) for certificate in certificates]) == content
