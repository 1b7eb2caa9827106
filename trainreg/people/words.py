"""How what is known of a person reads."""

from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.people.rules import Level, Sex

SEX_WORDS: dict[Sex, Any] = {
    Sex.FEMALE: _l("Woman"),
    Sex.MALE: _l("Man"),
    Sex.NOT_STATED: _l("Not stated"),
}
LEVEL_WORDS: dict[Level, Any] = {
    Level.SENIOR: _l("Senior"),
    Level.MIDDLE: _l("Middle"),
    Level.JUNIOR: _l("Junior"),
    Level.NOT_STATED: _l("Not stated"),
}
