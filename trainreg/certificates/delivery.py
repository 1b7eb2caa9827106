"""Files of certificates as they leave the house: one each, all in one, or in an archive, under sortable names."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO

from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import draw, draw_all

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*\s]+')
# An archive must not change with the time of day either: this is the earliest date a ZIP can hold.
_DATE = (1980, 1, 1, 0, 0, 0)
_KEPT_IN_MEMORY = 8 * 1024 * 1024


def file_name(facts: CertificateFacts) -> str:
    """Register number and Latin name, so that a folder sorts like the register book."""
    name = facts.names.get("en") or facts.names[facts.languages[0]]
    safe = _UNSAFE.sub("-", f"{facts.register_number} {name}").strip("-. ")
    return f"{safe[:120]}.pdf"


def files_of(certificates: Iterable[Certificate]) -> Iterator[tuple[str, bytes]]:
    """Each certificate as a file of its own, drawn when it is asked for."""
    for certificate in certificates:
        facts = facts_of(certificate)
        yield file_name(facts), draw(facts)


def for_printing(certificates: Sequence[Certificate]) -> bytes:
    """All certificates as one PDF, a page each, in the order of the register book."""
    return draw_all([facts_of(certificate) for certificate in certificates])


def archive(files: Iterable[tuple[str, bytes]]) -> IO[bytes]:
    """Files in one ZIP, kept on disk once it grows; PDF pages are compressed already and only put together."""
    packed = _scratch_file()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archived:
        for name, content in files:
            archived.writestr(zipfile.ZipInfo(name, _DATE), content)
    packed.seek(0)
    return packed


def _scratch_file() -> IO[bytes]:
    return SpooledTemporaryFile(_KEPT_IN_MEMORY)
