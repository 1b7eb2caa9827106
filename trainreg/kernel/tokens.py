"""Unguessable values: references people read out, secrets that are kept hashed."""

import hashlib
import secrets
import unicodedata

# Crockford's base 32: no I, L, O, U, so that a reference survives being read out over the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")


def random_letters(count: int) -> str:
    """`count` random letters of Crockford's alphabet: 5 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def grouped(letters: str, size: int = 4) -> str:
    """ABCDEFGH → ABCD-EFGH."""
    return "-".join(letters[start : start + size] for start in range(0, len(letters), size))


def normalised(typed: str) -> str:
    """What a person typed from paper, as the alphabet writes it: case, look-alikes, spaces and dashes aside."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    return "".join(one for one in plain if not one.isspace() and unicodedata.category(one) != "Pd")


def new_reference() -> str:
    """A reference for a registration, such as 7K3F-9Q2M (40 random bits: a name for a thing, not a secret)."""
    return grouped(random_letters(8))


def new_secret() -> str:
    """A secret for a link or a cookie: 256 random bits."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """How a secret is kept: its SHA-256, hex."""
    return hashlib.sha256(secret.encode()).hexdigest()
