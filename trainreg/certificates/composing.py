"""Records of the second format: page, credential and signature put into one file, or pages alone for the printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time
from enum import StrEnum

from trainreg.certificates.credentials.build import attachment_of
from trainreg.certificates.credentials.compact import compact_of
from trainreg.certificates.designs import gallery
from trainreg.certificates.designs.kit import kit
from trainreg.certificates.facts import CertificateFacts, canonical_json, sha256_of
from trainreg.certificates.keys.service import credential_key_of, signer_of
from trainreg.certificates.pdf.imposition import four_up, with_crop_marks
from trainreg.certificates.pdf.page import Page
from trainreg.certificates.pdf.writer import About, draw
from trainreg.kernel.languages import in_language


def page_of(facts: CertificateFacts, *, offline: str = "") -> Page:
    """The page of a record by its own design; one of the first format by the design that grew out of its own."""
    return kit(facts.design_sha256 or gallery.DEFAULT).page(facts, verify=facts.verify_url, offline=offline)


def signed(facts: CertificateFacts, key_id: int) -> bytes:
    """One certificate as it is handed out: its page, its credential as an attachment, signed with that key."""
    language = facts.languages[0]
    title = f"{facts.names[language]}: {in_language(facts.event_title, language)} ({facts.register_number})"
    key = credential_key_of(key_id)
    attachments = [attachment_of(facts, key)] if facts.status_list is not None else []
    page = page_of(facts, offline=compact_of(facts, key))
    return draw([page], about=_about([facts], title), signer=signer_of(key_id), attachments=attachments)


class Layout(StrEnum):
    """How pages stand on the printer's sheets."""

    PLAIN = "plain"
    CROP = "crop"  # larger sheets with marks where to cut
    PROOF = "proof"  # four to a sheet, to be filed or read through


_SHEETS: Mapping[Layout, Callable[[Sequence[Page]], Sequence[Page]]] = {
    Layout.PLAIN: lambda pages: pages,
    Layout.CROP: with_crop_marks,
    Layout.PROOF: four_up,
}


def printed(certificates: Sequence[CertificateFacts], key_ids: Sequence[int | None], layout: Layout) -> bytes:
    """Many pages for the printer, in one file that nobody signs: a signature is of one certificate.

    The second QR code is signed all the same, each with the key of its certificate.
    """
    first = certificates[0]
    pages = [page_of(facts, offline=_offline(facts, key)) for facts, key in zip(certificates, key_ids, strict=True)]
    title = in_language(first.event_title, first.languages[0])
    return draw(_SHEETS[layout](pages), about=_about(certificates, title))


def _offline(facts: CertificateFacts, key_id: int | None) -> str:
    return compact_of(facts, credential_key_of(key_id)) if key_id is not None else ""


def _about(certificates: Sequence[CertificateFacts], title: str) -> About:
    first = certificates[0]
    language = first.languages[0]
    moments = [facts.issued_at or datetime.combine(facts.issued_on, time(), UTC) for facts in certificates]
    return About(
        title=title,
        language=language,
        created_at=max(moments),
        fingerprint=sha256_of("\n".join(canonical_json(facts) for facts in certificates)),
        author=in_language(first.organisation, language),
        subject=in_language(first.event_title, language),
    )
