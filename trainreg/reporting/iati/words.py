"""What the two modes are called."""

from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.reporting.iati.rules import Mode

MODE_WORDS: dict[Mode, Any] = {
    Mode.DIMENSIONS: _l("Breakdowns as dimensions"),
    Mode.INDICATORS: _l("One indicator for each part"),
}
MODE_HINTS: dict[Mode, Any] = {
    Mode.DIMENSIONS: _l(
        "Each figure carries its parts as dimensions. Two dimensions of one figure mean what they have in common."
    ),
    Mode.INDICATORS: _l("For readers that know no dimensions: each part of a breakdown is an indicator of its own."),
}
