"""The pass that opens the door: a code that names a registration and proves that this installation wrote it."""

import hmac

from trainreg.outbox.delivery import Picture
from trainreg.outbox.models import Message
from trainreg.registration.qr import as_png
from trainreg.web.links import letters_for

MARK = "TR1"
_LETTERS = 13
# Mails to those who have a place; a pass that is shown after the place was lost is refused at the door.
_WITH_PASS = frozenset({"registration_confirmed", "registration_promoted", "event_reminder"})


def pass_code(reference: str) -> str:
    """What the QR code says: TR1, the reference and 65 bits of proof, in letters that QR codes pack best."""
    return f"{MARK}:{reference}:{_proof(reference)}"


def reference_in(code: str) -> str | None:
    """The reference in a pass that was scanned; None for whatever this installation did not write."""
    parts = code.strip().upper().split(":")
    if len(parts) != 3 or parts[0] != MARK:
        return None
    _mark, reference, proof = parts
    return reference if hmac.compare_digest(_proof(reference).encode(), proof.encode()) else None


def pass_for_mail(message: Message) -> Picture | None:
    """The pass as a picture, for the one registration that a mail is about."""
    thing, _slash, reference = (message.link or "").partition("/")
    if message.kind not in _WITH_PASS or thing != "r" or " " in reference:
        return None
    return Picture(as_png(pass_code(reference)), f"pass-{reference}.png")


def _proof(reference: str) -> str:
    return letters_for("pass", reference, _LETTERS)
