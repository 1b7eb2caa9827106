"""From frozen facts to the bytes of a PDF; the same facts give the same bytes, whenever and wherever."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from itertools import groupby

from pypdf import PdfWriter
from sqlalchemy import select

from trainreg.certificates.composing import Layout, printed, signed
from trainreg.certificates.designs import DESIGNS, gallery
from trainreg.certificates.designs.kit import Flaw, find_design, kit
from trainreg.certificates.designs.schema import canonical
from trainreg.certificates.drawing.fitting import DoesNotFit
from trainreg.certificates.drawing.placed import PAGE_HEIGHT_MM, Design
from trainreg.certificates.drawing.qr import qr_operators
from trainreg.certificates.drawing.sheet import Sheet
from trainreg.certificates.drawing.typefaces import typeface
from trainreg.certificates.facts import CertificateFacts, canonical_json, facts_from_json, sha256_of
from trainreg.certificates.keys.service import current_key
from trainreg.certificates.models import Certificate
from trainreg.kernel.db import db
from trainreg.kernel.languages import in_language

__all__ = ["Flaw", "Layout", "draw", "draw_all", "draw_certificate", "flaws", "sha256_of_file"]
_AT_ONCE = 500


def usual_design() -> str:
    """The fingerprint of the design that draws certificates of events which chose none."""
    return gallery.DEFAULT


def prints_agency(design_sha256: str) -> bool:
    """Whether a design prints the agency, so that it belongs into the record."""
    return "{agency}" in canonical(find_design(design_sha256))


def flaws(facts: CertificateFacts) -> list[Flaw]:
    """Everything that stands in the way of drawing these facts; empty when they can be issued."""
    if facts.format >= 2:
        return kit(facts.design_sha256).flaws(facts)
    design = DESIGNS[facts.design]
    found = [Flaw(text, absent) for text, face in design.faces_of(facts) if (absent := typeface(face).missing(text))]
    if found:
        return list(dict.fromkeys(found))
    try:
        design.lines(facts)
    except DoesNotFit as problem:
        return [Flaw(str(problem))]
    return []


def draw(facts: CertificateFacts, *, key_id: int | None = None) -> bytes:
    """Draw one certificate as a PDF of its own; `key_id` is the key it was issued under, looked up where not given.

    Records of the first format were never signed.
    """
    if facts.format == 1:
        return _draw_first([facts])
    return signed(facts, key_id or _key_of(facts))


def draw_certificate(certificate: Certificate) -> bytes:
    """The file of a certificate as it is handed out, signed with the key that it was issued under."""
    return draw(facts_from_json(certificate.facts), key_id=certificate.signing_key_id)


def draw_all(certificates: Sequence[CertificateFacts], layout: Layout = Layout.PLAIN) -> bytes:
    """Draw certificates for the printer: one PDF, in their order, sharing fonts and border."""
    if not certificates:
        raise ValueError("a PDF needs at least one certificate")
    if layout is not Layout.PLAIN:
        return printed(certificates, _keys_of(certificates), layout)
    runs = [list(run) for _format, run in groupby(certificates, key=lambda facts: facts.format)]
    parts = [_draw_first(run) if run[0].format == 1 else printed(run, _keys_of(run), layout) for run in runs]
    if len(parts) == 1:
        return parts[0]
    merged, content = PdfWriter(), io.BytesIO()
    for part in parts:
        merged.append(io.BytesIO(part))
    merged.write(content)
    return content.getvalue()


def _key_of(facts: CertificateFacts) -> int:
    """The key of the certificate with that code; before it is written, the key that will sign it."""
    key_id = db.session.scalar(select(Certificate.signing_key_id).where(Certificate.code == facts.code))
    return key_id or current_key().id


def _keys_of(certificates: Sequence[CertificateFacts]) -> list[int | None]:
    """The keys under which certificates were issued; none for records of the first format."""
    codes = [facts.code for facts in certificates]
    statement = select(Certificate.code, Certificate.signing_key_id)
    known = {
        code: key_id
        for start in range(0, len(codes), _AT_ONCE)
        for code, key_id in db.session.execute(statement.where(Certificate.code.in_(codes[start : start + _AT_ONCE])))
    }
    return [known.get(code) for code in codes]


def _draw_first(certificates: Sequence[CertificateFacts]) -> bytes:
    first = certificates[0]
    language = first.languages[0]
    title = in_language(first.event_title, language)
    if len(certificates) == 1:
        title = f"{first.names[language]}: {title} ({first.register_number})"
    records = "\n".join(canonical_json(facts) for facts in certificates)
    sheet = Sheet(
        title=title,
        language=language,
        created_on=max(facts.issued_on for facts in certificates),
        fingerprint=sha256_of(records),
    )
    for facts in certificates:
        _draw_page(sheet, DESIGNS[facts.design], facts)
    return sheet.finished()


def _draw_page(sheet: Sheet, design: Design, facts: CertificateFacts) -> None:
    sheet.add_page()
    sheet.stamp(design.ground())
    sheet.operators(design.strokes(facts))
    for line in design.lines(facts):
        line.draw(sheet)
    left, top, side = design.qr_box()
    sheet.operators(qr_operators(facts.verify_url, left=left, bottom=PAGE_HEIGHT_MM - top - side, side=side))


def sha256_of_file(content: bytes) -> str:
    """The fingerprint of a file, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
