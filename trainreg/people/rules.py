"""What can be said of a person."""

from enum import StrEnum


class Sex(StrEnum):
    """As stated by the person; "not stated" is an answer."""

    FEMALE = "female"
    MALE = "male"
    NOT_STATED = "not_stated"


class Level(StrEnum):
    """The level of a position."""

    SENIOR = "senior"
    MIDDLE = "middle"
    JUNIOR = "junior"
    NOT_STATED = "not_stated"


class AgeBand(StrEnum):
    """An age as a band, where somebody states it: no day of birth is kept."""

    UNDER_25 = "under_25"
    TO_34 = "25_34"
    TO_44 = "35_44"
    TO_54 = "45_54"
    FROM_55 = "55_over"
    NOT_STATED = "not_stated"


class ConsentPurpose(StrEnum):
    """What a person can agree to; none is ever assumed."""

    RUN_EVENT = "run_event"
    SHARE_NAME = "share_name"
    PHOTOGRAPHS = "photographs"
    CONTACT_LATER = "contact_later"
    PUBLIC_NAME = "public_name"


class PairStatus(StrEnum):
    """What is decided of two persons who may be one."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


LONGEST_NAME = 100
# As it is printed on a certificate, all parts together.
LONGEST_PRINTED = 220
LONGEST_POSITION = 200
LONGEST_MATCH_KEY = 420
# Which words people agreed to: a new number whenever the sentences of the form change their meaning.
CONSENT_WORDS = "1"
