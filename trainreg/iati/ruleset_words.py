"""The rules of the standard's ruleset as sentences that also say how to mend it, by the number of the rule."""

from typing import Any

from flask_babel import lazy_gettext as _l

_ORGANISATION = _l(
    "This organisation has neither an identifier nor a name. Give it a ref, or a narrative with its name."
)
_SPACES = _l("This identifier begins or ends with a space or a new line. Take it away.")
_SIGNS = _l("This identifier holds one of the signs / & | ?. Use an identifier without them.")
_START_END = _l("The start comes after the end. Put the two days in order.")
_FUTURE = _l("This day is told as something that happened, and lies in the future. Correct it, or call it planned.")
_SUM = _l("The percentages add up to %(sum)s, not to 100. Correct them.")
_RANGE = _l("This percentage is not between 0 and 100. Correct it.")
_EACH = _l("There is more than one of these, so each needs its percentage. Add it.")
_SINGLE = _l("There is only one of these: leave out its percentage, or write 100.")
_COUNTRY = _l("No country and no region is named. Name one at the activity, or at every transaction.")
_AID_TYPE = _l("An aid type of the OECD DAC vocabulary is missing. Name one beside the other.")
_AID_TYPES = _l("There are two aid types of one vocabulary. Keep one.")
_YEAR = _l("This budget is for longer than a year. Write one for each year.")
_VALUE = _l("A figure that is not qualitative needs its value here. Write it, or leave the element out.")
_NUMBER = _l("The value here is no number. Write it in digits with a point, for example 37.5.")
_NO_VALUE = _l("A qualitative indicator has no values. Leave the value out and say it in a comment.")
_NO_TEXT = _l("This has no text. Put a narrative with words into it.")

RULE_WORDS: dict[str, Any] = {
    "1.1.3": _l(
        "The activity has the same identifier as the reporting organisation. Put a hyphen and a code of the activity "
        "behind it, for example XX-EXAMPLE-1-PROJECT."
    ),
    "1.1.21": _l(
        "The activity identifier does not begin with the identifier of the reporting organisation and a hyphen. "
        "Write it so, for example XX-EXAMPLE-1-PROJECT."
    ),
    "6.11.1": _l("The activity has no start. Give it an activity-date of type 1 (planned) or 2 (actual)."),
    "6.2.2": _l("The activity has no sector. Name one, at the activity or at every transaction."),
    "4.1.1": _l("A text does not say its language. Give the activity an xml:lang, or every narrative its own."),
    "6.7.2": _l("Some transactions have a sector and others have none. Give every one its sector."),
    "7.8.1": _l("An amount does not say its currency. Give the activity a default-currency, or every value its own."),
    "11.1.1": _l("The file says that it was last changed in the future. Correct last-updated-datetime."),
    **dict.fromkeys(("11.1.2", "11.1.3", "8.6.1", "8.6.3"), _START_END),
    **dict.fromkeys(("11.1.4", "11.1.5", "11.2.1", "11.2.2"), _FUTURE),
    **dict.fromkeys(("1.3.13", "1.14.13", "1.11.13", "1.10.13", "1.15.13", "1.8.13"), _SIGNS),
    **dict.fromkeys(("1.3.1", "1.14.1", "1.16.1", "1.6.1", "1.7.1", "1.11.1", "1.10.1", "1.4.1"), _SPACES),
    **dict.fromkeys(("1.15.1", "1.5.1", "1.8.1", "1.9.1"), _SPACES),
    **dict.fromkeys(("2.1.2", "3.1.2", "3.4.2", "7.9.2"), _SUM),
    **dict.fromkeys(("12.1.1", "12.2.1", "12.3.1"), _RANGE),
    **dict.fromkeys(("2.1.1", "3.1.1", "3.4.1", "7.9.1"), _EACH),
    **dict.fromkeys(("2.1.4", "3.1.4", "3.4.4", "7.9.4"), _SINGLE),
    "2.2.1": _l("A sector of the organisation's own list has no words. Put a narrative into it."),
    "102.1.1": _l("A sector of the OECD DAC list is missing. Name one beside those of other lists."),
    **dict.fromkeys(("107.1.1", "107.2.1"), _AID_TYPE),
    **dict.fromkeys(("107.1.2", "107.2.2"), _AID_TYPES),
    "6.6.2": _l("Sectors stand at the activity and at its transactions. Keep them in one of the two places."),
    "3.6.2": _l("Countries stand at the activity and at its transactions. Keep them in one of the two places."),
    **dict.fromkeys(("3.7.1", "3.7.2"), _COUNTRY),
    **dict.fromkeys(("6.8.1", "6.9.1", "6.9.2", "6.10.1"), _ORGANISATION),
    "6.14.1": _l("This policy marker does not say how much it matters. Give it a significance."),
    "6.13.1": _l("A policy marker of the organisation's own list has no words. Put a narrative into it."),
    "7.5.3": _YEAR,
    "8.11.1": _l("A reference stands at the result and at its indicator. Keep it in one of the two places."),
    **dict.fromkeys(("8.8.1", "8.9.1", "8.10.1"), _VALUE),
    **dict.fromkeys(("8.8.2", "8.9.2", "8.10.2"), _NUMBER),
    **dict.fromkeys(("8.8.3", "8.9.3", "8.10.3"), _NO_VALUE),
    **dict.fromkeys(("4.3.1", "4.4.1"), _NO_TEXT),
}
# The standard advises these; a file that breaks them is not found again by whoever looks for its publisher.
ERRORS_HERE = frozenset({"1.1.21"})
# What can only be judged with the registers of organisations, which are not in the file.
NOT_JUDGED = frozenset({"1.14.8"})
