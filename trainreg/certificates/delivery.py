"""Files of certificates as they leave the house: one each, all in one, or in an archive, under sortable names.

Nothing is stored: a file is drawn as it leaves. The first time, and whenever it comes out otherwise than noted, its own
words are read back and compared with the record; a file that does not say what was issued leaves nobody's hands.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from zipstream import ZipStream

from trainreg.certificates.composing import Layout
from trainreg.certificates.facts import CertificateFacts, facts_from_json
from trainreg.certificates.models import Certificate
from trainreg.certificates.pdf.contents import NotOurs
from trainreg.certificates.pdf.reading import said
from trainreg.certificates.queries import facts_of, has_rendition
from trainreg.certificates.render import draw_all, draw_certificate, sha256_of_file
from trainreg.kernel.db import db, reading
from trainreg.kernel.refusals import Refused
from trainreg.kernel.text import one_line

log = logging.getLogger(__name__)
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*\s]+')
LONGEST_NAME = 120


class FileIsWrong(Refused):
    """A file that does not say what was issued is not handed out."""

    sentence = _l(
        "The file of certificate %(number)s does not say what was issued, so it is not handed out. The problem was "
        "written down for whoever looks after this site."
    )
    status = 500


def finished(certificate: Certificate) -> bytes:
    """The file of a certificate, checked; raises FileIsWrong, and writes that into the log."""
    content = draw_certificate(certificate)
    if not has_rendition(certificate, sha256_of_file(content)):
        ensure_says(content, facts_of(certificate))
    return content


def ensure_says(content: bytes, facts: CertificateFacts) -> None:
    """Read the file back: name and number stand in it as in the record; raises FileIsWrong."""
    try:
        told = _first_words(content) if facts.format == 1 else (one.text for one in said(content))
        words = _squeezed("".join(told))
    except (PyPdfError, NotOurs) as error:
        log.critical("the file of certificate %s cannot be read back: %s", facts.register_number, error)
        raise FileIsWrong(number=facts.register_number) from error
    wanted = {facts.register_number, facts.code, *(facts.names[language] for language in facts.languages)}
    missing = [text for text in wanted if _squeezed(text) not in words]
    if missing:
        # No names in the log: how many of the texts are missing says enough to look.
        log.critical("the file of certificate %s lacks %s of its texts", facts.register_number, len(missing))
        raise FileIsWrong(number=facts.register_number)


def _first_words(content: bytes) -> Iterator[str]:
    """Of files of the first format, whose lines are read as they stand."""
    return (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def _squeezed(text: str) -> str:
    """Spaces aside: a name in two lines is read back with another space than it was written with."""
    return one_line(text).replace(" ", "")


def file_name(facts: CertificateFacts) -> str:
    """Register number and Latin name, so that a folder sorts like the register book."""
    name = facts.names.get("en") or facts.names[facts.languages[0]]
    safe = _UNSAFE.sub("-", f"{facts.register_number} {name}").strip("-. ")
    return f"{safe[:LONGEST_NAME]}.pdf"


def for_printing(certificates: Sequence[Certificate], layout: Layout = Layout.PLAIN) -> bytes:
    """All certificates as one PDF, in the order of the register book: a page each, with marks to cut, or as a proof."""
    return draw_all([facts_of(certificate) for certificate in certificates], layout)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive to come: its certificate, its name, and its size where it was drawn before."""

    certificate_id: int
    name: str
    size: int | None


def entries_of(certificates: Iterable[tuple[int, str, int | None]]) -> list[Entry]:
    """The contents of an archive, from id, record and size of each certificate."""
    return [Entry(key, file_name(facts_from_json(facts)), size) for key, facts, size in certificates]


def archive(entries: Sequence[Entry], *, after_each: Callable[[], object] = lambda: None) -> ZipStream:
    """Files in one ZIP, each drawn as its turn comes and forgotten when it is sent; PDF is compressed already.

    Where each was drawn before, `len` tells the size of the whole beforehand, so that a browser can say how far it is.
    """
    packed = ZipStream(sized=all(entry.size is not None for entry in entries))
    for entry in entries:
        packed.add(_sent(entry, after_each), entry.name, size=entry.size)
    return packed


def _sent(entry: Entry, after: Callable[[], object]) -> Iterator[bytes]:
    yield drawn(entry)
    after()


def drawn(entry: Entry) -> bytes:
    """One file, in a reading transaction of its own: a slow reader holds nothing."""
    with reading():
        content = finished(db.session.get_one(Certificate, entry.certificate_id))
        db.session.rollback()
    if entry.size is not None and len(content) != entry.size:
        log.critical("the file of %s has another size than was noted", entry.name.partition(" ")[0])
    return content
