"""The signature of a file (PAdES B-B) in one pass: its space is written with the file, and filled at the end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from trainreg.certificates.pdf.metadata import About, moment
from trainreg.certificates.pdf.objects import Entry, text
from trainreg.certificates.pdf.page import Signer

_RANGE = "[0 " + "0" * 10 + " " + "0" * 10 + " " + "0" * 10 + "]"
_FIELD = "Signature"


class SignatureTooLarge(ValueError):
    """A signature takes more room than its signer had asked for."""


def empty_signature(signer: Signer, about: About) -> Entry:
    """The dictionary of the signature before it is made, with space for it."""
    return Entry(
        f"<</Type/Sig/Contents<{'0' * 2 * signer.room}>/ByteRange{_RANGE}/Filter/Adobe.PPKLite"
        f"/SubFilter/ETSI.CAdES.detached/M{moment(about.created_at)}/Name{text(signer.name)}>>",
        is_loose=True,
    )


def add_field(add: Callable[[Entry], str], signer: Signer, signature: str, page: str, parent: int) -> str:
    """Add the field of a signature, which shows nothing; gives its reference."""
    described = text(f"Digital signature: {signer.name}")
    return add(
        Entry(
            f"<</Type/Annot/Subtype/Widget/FT/Sig/T({_FIELD})/TU{described}/V {signature}/Rect[0 0 0 0]/F 132"
            f"/P {page}/StructParent {parent}>>"
        )
    )


def sign(content: bytearray, signer: Signer, place: int) -> None:
    """Fill the space in a finished file, whose empty signature is written at this place."""
    mark = b"/Contents<" + b"0" * 2 * signer.room + b">"
    start = content.index(mark, place) + len(b"/Contents")
    end = start + 2 * signer.room + 2
    spread = f"[0 {start} {end} {len(content) - end}]".ljust(len(_RANGE)).encode()
    between = content.index(_RANGE.encode(), end)
    content[between : between + len(spread)] = spread
    digest = hashlib.sha256(content[:start])
    digest.update(content[end:])
    signed = signer.sign(digest.digest()).hex().upper().encode()
    if len(signed) > 2 * signer.room:
        raise SignatureTooLarge(f"{len(signed) // 2} bytes, room for {signer.room}")
    content[start + 1 : start + 1 + len(signed)] = signed
