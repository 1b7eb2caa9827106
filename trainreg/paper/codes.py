"""What the QR code of a page says: which sheet and which page of it, and that this installation printed it."""

import hmac
from dataclasses import dataclass

from trainreg.kernel.numbers import whole_number
from trainreg.kernel.tokens import random_letters
from trainreg.paper.rules import CODE_MARK
from trainreg.web.links import letters_for

_PROOF, _KEY = 13, 10


@dataclass(frozen=True)
class PageCode:
    """A page of a sheet; the sheet's record says for which event and sessions it was printed."""

    key: str
    page: int


def new_key() -> str:
    """A name for a sheet that stands on the paper and in addresses."""
    return random_letters(_KEY)


def page_code(key: str, page: int) -> str:
    """What the QR code says: TS1, the sheet's key, the page and 65 bits of proof."""
    return f"{CODE_MARK}:{key}:{page}:{_proof(key, page)}"


def read_page_code(code: str) -> PageCode | None:
    """Which page it is; None for whatever this installation did not print."""
    parts = code.strip().upper().split(":")
    if len(parts) != 4 or parts[0] != CODE_MARK:
        return None
    key, page, proof = parts[1], whole_number(parts[2], digits=4), parts[3]
    if page is None or not hmac.compare_digest(_proof(key, page).encode(), proof.encode()):
        return None
    return PageCode(key, page)


def _proof(key: str, page: int) -> str:
    return letters_for("sheet", f"{key}/{page}", _PROOF)
