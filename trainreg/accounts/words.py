"""The names of roles, as pages say them."""

from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.kernel.permissions import Role

ROLE_WORDS: dict[Role, Any] = {
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.ORGANIZER: _l("Organizer"),
    Role.FOCAL_POINT: _l("Focal point"),
    Role.TRAINER: _l("Trainer"),
    Role.ME_OFFICER: _l("M&E officer"),
    Role.VIEWER: _l("Viewer"),
}
ROLE_NOTES: dict[Role, Any] = {
    Role.ADMINISTRATOR: _l("Everything, accounts and agencies included"),
    Role.ORGANIZER: _l("Events, registrations, attendance and certificates of a project"),
    Role.FOCAL_POINT: _l("The registrations of one agency"),
    Role.TRAINER: _l("Sees who comes, without contacts, and takes attendance"),
    Role.ME_OFFICER: _l("Sees figures and the rows behind them"),
    Role.VIEWER: _l("Sees figures without names"),
}


def role_words() -> dict[Role, str]:
    """The names in the reader's language; plain text, which pages escape (a lazy text they would not)."""
    return {role: str(words) for role, words in ROLE_WORDS.items()}
