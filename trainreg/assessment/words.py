"""How kinds of questions, tests and evaluations read."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flask_babel import format_decimal, format_percent
from flask_babel import lazy_gettext as _l

from trainreg.assessment.opinions import EvaluationState, ItemKind, When
from trainreg.assessment.rules import FALSE, TRUE, Kind, Occasion

KIND_WORDS: Mapping[Kind, Any] = {
    Kind.ONE_CHOICE: _l("One right choice"),
    Kind.SEVERAL_CHOICES: _l("Several right choices"),
    Kind.TRUE_FALSE: _l("True or false"),
    Kind.NUMBER: _l("A number"),
    Kind.SHORT_TEXT: _l("Short text, marked by hand"),
}
OCCASION_WORDS: Mapping[Occasion, Any] = {Occasion.PRE: _l("Pre-test"), Occasion.POST: _l("Post-test")}
TRUE_FALSE_WORDS: Mapping[str, Any] = {TRUE: _l("True"), FALSE: _l("False")}
WHEN_WORDS: Mapping[When, Any] = {When.AFTER: _l("Evaluation"), When.FOLLOW_UP: _l("Follow-up")}
ITEM_KIND_WORDS: Mapping[ItemKind, Any] = {ItemKind.SCALE: _l("Scale from 1 to 5"), ItemKind.TEXT: _l("A few words")}
EVALUATION_STATE_WORDS: Mapping[EvaluationState, Any] = {
    EvaluationState.DRAFT: _l("Not open yet"),
    EvaluationState.OPEN: _l("Takes answers"),
    EvaluationState.CLOSED: _l("Closed to answers"),
}
STEPS: tuple[Any, ...] = (
    _l("1 – not at all"),
    _l("2 – a little"),
    _l("3 – partly"),
    _l("4 – mostly"),
    _l("5 – fully"),
)


def points_words(points: Fraction | int | None) -> str:
    """Points in the reader's figures, to two places; a dash for what is not known."""
    return "–" if points is None else str(format_decimal(float(points), format="#,##0.##"))


def share_words(share: Fraction | None) -> str:
    """A share as a per cent; a dash for what is not defined."""
    return "–" if share is None else str(format_percent(float(share), format="#,##0.#%"))


def gain_words(gain: Fraction | None) -> str:
    """A normalised gain, as the literature writes it: 0.42."""
    return "–" if gain is None else str(format_decimal(float(gain), format="0.00"))
