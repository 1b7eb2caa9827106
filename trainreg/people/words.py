"""How what is known of a person reads."""

from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.people.matching import Evidence
from trainreg.people.printing import TRADITIONAL
from trainreg.people.rules import AgeBand, Level, Sex

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
AGE_BAND_WORDS: dict[AgeBand, Any] = {
    AgeBand.UNDER_25: _l("Under 25"),
    AgeBand.TO_34: _l("25 to 34"),
    AgeBand.TO_44: _l("35 to 44"),
    AgeBand.TO_54: _l("45 to 54"),
    AgeBand.FROM_55: _l("55 and over"),
    AgeBand.NOT_STATED: _l("Not stated"),
}


def age_band_choices() -> list[tuple[str, Any]]:
    """What can be chosen; "not stated" comes first, for nobody has to say."""
    stated = [(band.value, words) for band, words in AGE_BAND_WORDS.items() if band is not AgeBand.NOT_STATED]
    return [(AgeBand.NOT_STATED.value, AGE_BAND_WORDS[AgeBand.NOT_STATED]), *stated]


PRINTED_NAME_WORDS: dict[str, Any] = {
    "en": _l("Name on certificates in English"),
    "mn": _l("Name on certificates in Mongolian"),
    "fr": _l("Name on certificates in French"),
    "es": _l("Name on certificates in Spanish"),
    TRADITIONAL: _l("Name in traditional Mongolian script"),
}
EVIDENCE_WORDS: dict[Evidence, Any] = {
    Evidence.SAME_NAME: _l("the same name"),
    Evidence.SAME_SPELLING: _l("the same spelling in Latin letters"),
    Evidence.ENDING: _l("the patronymic with and without its ending"),
    Evidence.PART: _l("one name is part of the other"),
    Evidence.ONE_LETTER: _l("one letter differs"),
    Evidence.CLOSE: _l("two letters differ"),
    Evidence.INITIAL: _l("the initial fits"),
    Evidence.NAME_MISSING: _l("one record lacks a part of the name"),
    Evidence.SWAPPED: _l("the names are swapped"),
    Evidence.SAME_CLAN: _l("the same clan name"),
    Evidence.SAME_EMAIL: _l("the same e-mail address"),
    Evidence.SAME_PHONE: _l("the same telephone number"),
    Evidence.SAME_AGENCY: _l("the same agency"),
    Evidence.OTHER_NAME: _l("a part of the name differs"),
    Evidence.OTHER_CLAN: _l("another clan name"),
    Evidence.OTHER_EMAIL: _l("another e-mail address"),
    Evidence.OTHER_PHONE: _l("another telephone number"),
    Evidence.OTHER_AGENCY: _l("another agency"),
    Evidence.OTHER_SEX: _l("another sex"),
}
KEPT_APART = _l("Not the same person as record %(other)s")
