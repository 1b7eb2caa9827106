"""What a password must be, and how long a sign-in lasts."""

from datetime import timedelta
from enum import StrEnum

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
SIGN_IN_LASTS = timedelta(hours=12)


class PasswordProblem(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    TOO_PLAIN = "too plain"
    LIKE_EMAIL = "like the e-mail"


def problem_with_password(password: str, email: str) -> PasswordProblem | None:
    """Long rather than intricate: at least 12 characters, not all alike, not the e-mail address."""
    if len(password) < SHORTEST_PASSWORD:
        return PasswordProblem.TOO_SHORT
    if len(password) > LONGEST_PASSWORD:
        return PasswordProblem.TOO_LONG
    if len(set(password.casefold())) < 5:
        return PasswordProblem.TOO_PLAIN
    if password.casefold() in {email.casefold(), email.casefold().split("@")[0]}:
        return PasswordProblem.LIKE_EMAIL
    return None
