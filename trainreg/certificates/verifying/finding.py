"""Find a certificate by its register number and the name on it, for who has a paper whose code cannot be read."""

from __future__ import annotations

from hmac import compare_digest

from sqlalchemy import select

from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.kernel.db import db
from trainreg.kernel.text import fold, one_line

_LONGEST = 200
# A register number as people copy it: any dash or slash, with spaces or without, the zeros in front left out.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def find_certificate_by_number_and_name(number: str, name: str) -> Certificate | None:
    """The certificate with this number, if it bears this name in one of the forms printed on it; both must be right."""
    certificate = db.session.scalar(select(Certificate).where(Certificate.register_number.in_(_written(number))))
    # A number that nobody has is compared too, so that it takes the time of one that somebody has.
    printed = _forms(facts_of(certificate)) if certificate is not None else {_as_compared("Nobody of this name")}
    asked = _as_compared(name[:_LONGEST]).encode()
    is_right = [compare_digest(asked, form.encode()) for form in printed if form]
    return certificate if any(is_right) and asked else None


def _forms(facts: CertificateFacts) -> set[str]:
    return {_as_compared(name) for name in facts.names.values()}


def _as_compared(name: str) -> str:
    """A name with its parts in any order, case, width and look-alike letters aside: as the desk compares names."""
    return " ".join(sorted(fold(name).split()))


def _written(number: str) -> list[str]:
    """The ways in which the register may write what was typed."""
    typed = one_line(number)[:_LONGEST].translate(_DASHES).replace(" ", "")
    series, slash, counted = typed.rpartition("/")
    padded = f"{series}/{counted.lstrip('0').zfill(4)}" if slash and counted.isascii() and counted.isdigit() else typed
    return [typed, padded, typed.upper(), padded.upper()]
