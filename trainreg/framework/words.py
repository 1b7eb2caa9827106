"""What rules, dimensions and filters are called."""

from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.framework.rules import Breakdown, CountingRule, Dimension, Direction

RULE_WORDS: dict[CountingRule, Any] = {
    CountingRule.ATTENDANCES: _l("Attendances"),
    CountingRule.UNIQUE_PERSONS: _l("Unique officials"),
    CountingRule.UNIQUE_PERSONS_PER_KIND: _l("Unique officials per kind of event"),
    CountingRule.COMPLETERS: _l("Completers"),
    CountingRule.PERSON_DAYS: _l("Person-days"),
    CountingRule.PERSON_HOURS: _l("Person-hours"),
    CountingRule.EVENTS_HELD: _l("Events held"),
    CountingRule.COPIES_DISTRIBUTED: _l("Copies distributed"),
    CountingRule.PRODUCTS_COMPLETED: _l("Products completed"),
    CountingRule.CERTIFICATES_ISSUED: _l("Certificates issued"),
    CountingRule.KNOWLEDGE_GAIN: _l("Average knowledge gain, in percentage points"),
    CountingRule.HAND_ENTERED: _l("Entered by hand, with its source"),
}
DIMENSION_WORDS: dict[Dimension, Any] = {
    Dimension.SEX: _l("Sex"),
    Dimension.AGENCY: _l("Agency"),
    Dimension.LEVEL: _l("Level"),
    Dimension.PROVINCE: _l("Province"),
    Dimension.AGE_BAND: _l("Age band"),
    Dimension.EVENT_KIND: _l("Kind of event"),
    Dimension.ROLE: _l("Role"),
    Dimension.GROUP: _l("Group"),
    Dimension.PRODUCT_KIND: _l("Kind of publication"),
}
FILTER_WORDS: dict[str, Any] = {
    "event_kinds": _l("Kinds of events"),
    "roles": _l("Roles"),
    "agencies": _l("Agencies"),
    "levels": _l("Levels"),
    "provinces": _l("Provinces"),
    "sexes": _l("Sex"),
    "age_bands": _l("Age bands"),
    "groups": _l("Groups"),
    "product_kinds": _l("Kinds of publications"),
    "minimum_hours": _l("Least hours attended"),
    "from_day": _l("From"),
    "until_day": _l("Until"),
    "own_outcome": _l("Only what serves its outcome"),
}
DIRECTION_WORDS: dict[Direction, Any] = {
    Direction.INCREASE: _l("It should rise"),
    Direction.DECREASE: _l("It should fall"),
}
_WITH_SEX = (Dimension.AGENCY, Dimension.LEVEL, Dimension.PROVINCE, Dimension.AGE_BAND, Dimension.EVENT_KIND)
OFFERED_PAIRS: tuple[Breakdown, ...] = (
    *((Dimension.SEX, other) for other in _WITH_SEX),
    (Dimension.PRODUCT_KIND, Dimension.AGENCY),
)


def breakdown_words(breakdown: Breakdown) -> str:
    """Sex × agency."""
    return " × ".join(str(DIMENSION_WORDS[one]) for one in breakdown)


def breakdown_code(breakdown: Breakdown) -> str:
    """sex*agency: as forms and spreadsheets have it."""
    return "*".join(breakdown)


def breakdown_from(code: str) -> Breakdown:
    """Back; raises ValueError."""
    found = tuple(Dimension(one.strip()) for one in code.split("*"))
    if len(found) > 2 or len(set(found)) != len(found):
        raise ValueError
    return found
