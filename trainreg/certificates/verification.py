"""Check a file that claims to be a certificate or its credential: the one door, for the page and the command."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from trainreg.certificates.codes import normalise
from trainreg.certificates.credentials.build import ATTACHED_AS
from trainreg.certificates.credentials.checking import (
    CredentialFinding,
    CredentialState,
    carries_credential,
    check_credential,
)
from trainreg.certificates.credentials.status import LISTED_AS_HOLDING
from trainreg.certificates.facts import CertificateFacts, sha256_of
from trainreg.certificates.keys.checking import SignatureFinding, SignatureState, check_signature
from trainreg.certificates.keys.rules import Worth
from trainreg.certificates.models import Certificate
from trainreg.certificates.pdf.contents import NotOurs
from trainreg.certificates.pdf.reading import carried, said
from trainreg.certificates.queries import facts_of, find_certificate_by_code, has_rendition
from trainreg.certificates.reading import AT_THE_OFFICE, Bounds, Reading, read_pages
from trainreg.certificates.render import draw_all, draw_certificate, sha256_of_file
from trainreg.certificates.verifying.printed import bears, names_on, titles_on
from trainreg.certificates.verifying.standing import Standing, standing_of

_MOST_CODES = 20  # that are looked up on one page; a certificate of ours carries its code twice at most
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{4}(?:-[0-9A-Za-z]{4}){4}(?![0-9A-Za-z])")


class Check(StrEnum):
    """What is looked at, one after the other."""

    READABLE = "readable"
    CODE_KNOWN = "code_known"
    NUMBER_MATCHES = "number_matches"
    NAME_MATCHES = "name_matches"
    TITLE_MATCHES = "title_matches"
    RECORD_UNCHANGED = "record_unchanged"
    FILE_AS_ISSUED = "file_as_issued"
    SIGNED = "signed"
    KEY_TRUSTED = "key_trusted"
    CREDENTIAL_SIGNED = "credential_signed"
    CREDENTIAL_MATCHES = "credential_matches"
    STATUS_LIST = "status_list"
    IN_FORCE = "in_force"


_ABOUT_TODAY = frozenset({Check.IN_FORCE, Check.STATUS_LIST})


@dataclass(frozen=True, slots=True)
class Finding:
    """One check, whether it held, of which register numbers it speaks, and what exactly was found where that helps."""

    check: Check
    held: bool
    about: tuple[str, ...] = ()
    found: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that was checked about a file; genuine only when all of it held.

    `expects_signature` is false for files of the first version, which signed nothing, and for sheets of many
    certificates made for printing: they are compared byte for byte, and no signature is asked of them. Of a badge or
    token (`is_credential`) the credential alone was judged, not what the picture around it shows.
    """

    findings: tuple[Finding, ...]
    certificates: tuple[Certificate, ...] = ()
    expects_signature: bool = False
    is_credential: bool = False

    @property
    def is_genuine(self) -> bool:
        """Whether every check held."""
        return bool(self.findings) and all(finding.held for finding in self.findings)

    @property
    def is_ours(self) -> bool:
        """Whether the file is what was issued, be it in force or not."""
        about_file = [finding.held for finding in self.findings if finding.check not in _ABOUT_TODAY]
        return bool(self.certificates) and all(about_file)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One page, what is told beside its glyphs, the certificate whose code it carries, and the record of that."""

    page: str
    told: str
    certificate: Certificate
    facts: CertificateFacts

    def bears(self, texts: Iterable[str]) -> bool:
        """Whether each of these texts stands on the page."""
        return bears(self.page, texts, self.told)


def examine(content: bytes, bounds: Bounds = AT_THE_OFFICE) -> Examination:
    """Check a PDF of one certificate or of many, or a badge or token of one.

    The first check that cannot be passed ends the examination.
    """
    if not content.startswith(b"%PDF") and carries_credential(content):
        return _examine_credential(content)
    signature = check_signature(content)
    reading = _read(content, signature, bounds)
    if reading.problem is not None:
        return Examination((Finding(Check.READABLE, False, found=reading.problem.value),))
    found = [_certificate_on(page) for page in reading.pages]
    certificates = tuple(certificate for certificate in found if certificate is not None)
    known = Finding(Check.CODE_KNOWN, len(certificates) == len(reading.pages))
    opening = (Finding(Check.READABLE, True), known)
    if not known.held:
        return Examination(opening, certificates)
    pages = zip(reading.pages, reading.told, certificates, strict=True)
    leaves = [_Leaf(page, told, one, facts_of(one)) for page, told, one in pages]
    is_signed = len(leaves) == 1 and leaves[0].facts.format >= 2
    findings = (
        *opening,
        *_of_words(leaves),
        *_of_file(content, leaves),
        *(_of_seals(signature, reading.carried, leaves[0]) if is_signed else ()),
    )
    issued = [(leaf.certificate, leaf.facts) for leaf in leaves]
    return Examination((*findings, _of_force(issued)), certificates, is_signed)


def _examine_credential(content: bytes) -> Examination:
    found = check_credential(content)
    judged, certificate = tuple(_of_credential(found, found.certificate)), found.certificate
    if certificate is None:
        return Examination(judged, expects_signature=True, is_credential=True)
    today = _of_list(certificate), _of_force([(certificate, facts_of(certificate))])
    return Examination((*judged, *today), (certificate,), expects_signature=True, is_credential=True)


def _of_words(leaves: Sequence[_Leaf]) -> Iterable[Finding]:
    yield _finding(Check.NUMBER_MATCHES, leaves, lambda leaf: leaf.bears([leaf.certificate.register_number]))
    yield _finding(Check.NAME_MATCHES, leaves, lambda leaf: leaf.bears(names_on(leaf.facts)))
    yield _finding(Check.TITLE_MATCHES, leaves, lambda leaf: leaf.bears(titles_on(leaf.facts)))


def _of_file(content: bytes, leaves: Sequence[_Leaf]) -> Iterable[Finding]:
    unchanged = _finding(
        Check.RECORD_UNCHANGED, leaves, lambda leaf: sha256_of(leaf.certificate.facts) == leaf.certificate.facts_sha256
    )
    yield unchanged
    yield Finding(Check.FILE_AS_ISSUED, unchanged.held and _is_as_issued(content, leaves))


def _read(content: bytes, signature: SignatureFinding, bounds: Bounds) -> Reading:
    """What our key sealed is read as we wrote it, here; bytes that anybody may have made, in a process of their own."""
    if signature.is_good:
        with suppress(NotOurs):
            words = " ".join(one.text for one in said(content))
            return Reading((words,), ("",), tuple(carried(content, ATTACHED_AS)))
    return read_pages(content, bounds, carried_as=ATTACHED_AS)


def _of_seals(signature: SignatureFinding, credentials: Sequence[bytes], leaf: _Leaf) -> Iterable[Finding]:
    yield Finding(Check.SIGNED, signature.state is SignatureState.INTACT, found=signature.state.value)
    if signature.worth is not None:
        yield Finding(Check.KEY_TRUSTED, signature.worth is Worth.GOOD, found=signature.worth.value)
    if leaf.facts.status_index is None:
        return
    # Of the first only: it is the one that readers of PDF show.
    found = check_credential(credentials[0]) if credentials else CredentialFinding(CredentialState.NONE)
    yield from _of_credential(found, leaf.certificate)
    yield _of_list(leaf.certificate)


def _of_list(certificate: Certificate) -> Finding:
    listed = certificate.state
    return Finding(Check.STATUS_LIST, listed in LISTED_AS_HOLDING, found=f"listed_{listed.value}")


def _of_credential(found: CredentialFinding, certificate: Certificate | None) -> Iterable[Finding]:
    if found.worth is None:
        yield Finding(Check.CREDENTIAL_SIGNED, False, found=f"credential_{found.state.value}")
        return
    is_signed = found.worth is Worth.GOOD
    yield Finding(Check.CREDENTIAL_SIGNED, is_signed, found="" if is_signed else f"credential_{found.worth.value}")
    is_it = found.state is CredentialState.OURS and found.certificate is certificate
    other = found.certificate is not None and found.certificate is not certificate
    yield Finding(Check.CREDENTIAL_MATCHES, is_it, found="credential_other" if other else "")


def _of_force(issued: Iterable[tuple[Certificate, CertificateFacts]]) -> Finding:
    out = [one.register_number for one, facts in issued if standing_of(one, facts).standing is not Standing.VALID]
    return Finding(Check.IN_FORCE, not out, tuple(out))


def _finding(check: Check, leaves: Sequence[_Leaf], holds: Callable[[_Leaf], bool]) -> Finding:
    failing = tuple(leaf.certificate.register_number for leaf in leaves if not holds(leaf))
    return Finding(check, not failing, failing)


def _certificate_on(page: str) -> Certificate | None:
    codes = (normalise(found.group()) for found in islice(_CODE.finditer(page), _MOST_CODES))
    return next(filter(None, map(find_certificate_by_code, filter(None, codes))), None)


def _is_as_issued(content: bytes, leaves: Sequence[_Leaf]) -> bool:
    """Whether these very bytes were handed out, or are what drawing the record gives today."""
    if len(leaves) == 1:
        certificate = leaves[0].certificate
        return has_rendition(certificate, sha256_of_file(content)) or draw_certificate(certificate) == content
    return draw_all([leaf.facts for leaf in leaves]) == content
