"""Is this file signed by us, all of it, and is that signature worth anything?

Nothing of the file is interpreted, because anybody may have made it: what a signature says it covers is hashed, and the
signature must be, byte for byte, what one of our own keys makes of that hash. A key or certificate that the file brings
along counts for nothing, and no reader of PDF can be led astray by what it holds.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from trainreg.certificates.keys.cms import Frame
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.keys.queries import list_keys
from trainreg.certificates.keys.rules import EVER, Worth
from trainreg.certificates.keys.x509 import chain_from_pem

_BYTE_RANGE = re.compile(rb"/ByteRange\s{0,9}\[\s{0,9}0\s{1,9}(\d{1,10})\s{1,9}(\d{1,10})\s{1,9}(\d{1,10})\s{0,9}\]")
_DATE = re.compile(rb"/M\s{0,5}\(D(?::|\\072)(\d{14})(?:Z|\+00'?00'?)?\)")
_MOST_SIGNATURES = 4  # that are looked at in one file: ours is the first, others may have signed behind it
_LARGEST_GAP = 64 * 1024
_AROUND = 500  # bytes beside its range and its gap in which the signature's dictionary tells its moment


class SignatureState(StrEnum):
    """What is found about the signature of a file."""

    UNSIGNED = "unsigned"
    FOREIGN = "foreign"  # signed, by no key of ours
    ALTERED = "altered"  # it carries the certificate of a key of ours, and is not what that key signed
    EXTENDED = "extended"  # what we signed, with something behind it that we did not
    INTACT = "intact"  # ours, from its first byte to its last


@dataclass(frozen=True, slots=True)
class SignatureFinding:
    """What is found, by which of our keys, when the file says that it was signed, and what that is worth."""

    state: SignatureState
    kid: str = ""
    signed_at: datetime | None = None
    worth: Worth | None = None
    retired_at: datetime | None = None
    compromised_since: datetime | None = None

    @property
    def is_good(self) -> bool:
        """Whether all of the file is what we signed, with a key that was ours alone."""
        return self.state is SignatureState.INTACT and self.worth is Worth.GOOD


@dataclass(frozen=True, slots=True)
class _Signed:
    """One signature of a file: its bytes, the hash of what it is about, and whether that is the whole file."""

    content: bytes
    digest: bytes
    is_whole: bool
    signed_at: datetime | None


def check_signature(content: bytes) -> SignatureFinding:
    """Look for the signature of one of our keys; any bytes at all have an answer."""
    keys = list_keys()
    signatures = list(_signatures_of(content))
    for signed in signatures:
        for key in keys:
            if _frame(key.certificate_chain).holds(signed.content, signed.digest):
                return _finding(key, signed)
    for key in keys:
        if any(trace in content for trace in _traces(key.certificate_chain)):
            return SignatureFinding(SignatureState.ALTERED, key.kid)
    return SignatureFinding(SignatureState.FOREIGN if signatures else SignatureState.UNSIGNED)


def _finding(key: SigningKey, signed: _Signed) -> SignatureFinding:
    return SignatureFinding(
        SignatureState.INTACT if signed.is_whole else SignatureState.EXTENDED,
        key.kid,
        signed.signed_at,
        key.lifetime.worth(signed.signed_at),
        key.retired_at,
        None if key.compromised_since == EVER else key.compromised_since,
    )


def _signatures_of(content: bytes) -> Iterator[_Signed]:
    for found in islice(_BYTE_RANGE.finditer(content), _MOST_SIGNATURES):
        end, start, length = map(int, found.groups())
        yield _Signed(
            _in_gap(content[end:start]) if 0 < start - end <= _LARGEST_GAP else b"",
            _digest(content, end, start, start + length),
            start + length == len(content),
            _moment(_beside(content, found.start()) + _beside(content, end) + _beside(content, start)),
        )


def _beside(content: bytes, place: int) -> bytes:
    return content[max(0, place - _AROUND) : place + _AROUND]


def _digest(content: bytes, end: int, start: int, stop: int) -> bytes:
    view = memoryview(content)
    hashed = hashlib.sha256(view[:end])
    hashed.update(view[start:stop])
    return hashed.digest() if end < start <= stop <= len(content) else b""


def _in_gap(gap: bytes) -> bytes:
    """The signature in hexadecimal, filled up with zeros, that stands there; nothing where anything else does."""
    if not (gap.startswith(b"<") and gap.endswith(b">")) or gap not in {gap.lower(), gap.upper()}:
        return b""
    try:
        filled = binascii.unhexlify(gap[1:-1])
    except ValueError:
        return b""
    length = 4 + int.from_bytes(filled[2:4], "big")  # every signature of ours has a length of two bytes
    return filled[:length] if not filled[length:].strip(b"\0") else b""


def _moment(text: bytes) -> datetime | None:
    found = _DATE.search(text)
    if found is None:
        return None
    try:
        return datetime.strptime(found.group(1).decode("ascii"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _frame(chain: str) -> Frame:
    return Frame.of(chain_from_pem(chain))


@lru_cache(maxsize=64)
def _traces(chain: str) -> list[bytes]:
    """What shows that a file carries this certificate, even where one letter of it was changed."""
    leaf, half = _frame(chain).leaf.hex(), len(_frame(chain).leaf)
    return [trace.encode() for part in (leaf[:half], leaf[half:]) for trace in (part.lower(), part.upper())]
