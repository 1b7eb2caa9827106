"""Passwords, hashed with argon2id."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

# OWASP's floor: 19 MiB, two passes, one lane: about 25 ms of CPU, a quarter of the library's default.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hash_password(password: str) -> str:
    """The password as it is kept."""
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the right one; takes as long when there is no such account."""
    try:
        return _hasher.verify(password_hash or _of_nobody(), password) and password_hash is not None
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _of_nobody() -> str:
    return _hasher.hash("nobody's password")
