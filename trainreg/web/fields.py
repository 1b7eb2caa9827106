"""Fields that read days, times, numbers and choices the way people type them, and keep what was typed."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, DateInput, DateTimeLocalInput, ListWidget, TextInput, TimeInput

from trainreg.kernel import clock
from trainreg.web.forms import LineField

_DAY = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?")
_WHOLE = re.compile(r"[0-9]{1,18}")
_DECIMAL = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,3})?")
_MONEY = re.compile(r"(-?)([0-9]{1,12})(?:[.,]([0-9]{1,2}))?")
_THOUSANDS = re.compile(r"(?<=[0-9])[\s'\u2019](?=[0-9]{3}(?![0-9]))|(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
FIRST_YEAR, LAST_YEAR = 1950, 2100


def day_from(text: str) -> date:
    """2026-03-05 (or with dots or slashes); raises ValueError for what no calendar of our time has."""
    match = _DAY.fullmatch(text)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise ValueError
    return date(*(int(part) for part in match.groups()))


def clock_from(text: str) -> time:
    """09:30 or 9.30; raises ValueError."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError
    return time(int(match[1]), int(match[2]))


def moment_from(text: str) -> datetime:
    """2026-03-05T09:30 or 2026-03-05 09:30 on some wall clock; raises ValueError."""
    day, _between, at = text.replace("T", " ").partition(" ")
    return datetime.combine(day_from(day), clock_from(at))


def whole_from(text: str) -> int:
    """A whole number without a sign; raises ValueError."""
    if _WHOLE.fullmatch(text) is None:
        raise ValueError
    return int(text)


def decimal_from(text: str) -> Decimal:
    """0.5 or 0,5; raises ValueError."""
    if _DECIMAL.fullmatch(text) is None:
        raise ValueError
    return Decimal(text.replace(",", "."))


def money_from(text: str) -> Decimal:
    """100000, 100 000, 100,000.50: up to twelve digits and two more for cents; raises ValueError."""
    match = _MONEY.fullmatch(_THOUSANDS.sub("", text))
    if match is None:
        raise ValueError
    return Decimal(f"{match[1]}{match[2]}.{match[3] or '0'}")


def timezone_from(text: str) -> str:
    """An IANA time zone, however it is capitalised; raises ValueError."""
    known = {name.casefold(): name for name in clock.timezone_names()}
    name = known.get(text.replace(" ", "_").casefold())
    if name is None:
        raise ValueError
    return name


class ReadField(LineField):
    """A line with a meaning: `value` is what was read, None when empty or not understood."""

    read: Callable[[str], Any]
    not_understood: Any

    value: Any = None

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if not self.data:
            return
        try:
            self.value = type(self).read(self.data)
        except ValueError as error:
            raise ValidationError(str(self.not_understood)) from error


class DayField(ReadField):
    widget = DateInput()
    read = staticmethod(day_from)
    not_understood = _l("This day is not in the calendar. Write year, month and day, for example 2026-03-05.")


class ClockField(ReadField):
    widget = TimeInput()
    read = staticmethod(clock_from)
    not_understood = _l("Write the time of day in hours and minutes, for example 09:30.")


class MomentField(ReadField):
    widget = DateTimeLocalInput()
    read = staticmethod(moment_from)
    not_understood = _l("Write the day and the time, for example 2026-03-05 09:30.")


class WholeField(ReadField):
    widget = TextInput()
    read = staticmethod(whole_from)
    not_understood = _l("Write a whole number in digits.")


class DecimalField(ReadField):
    widget = TextInput()
    read = staticmethod(decimal_from)
    not_understood = _l("Write a number in digits, for example 0.5.")


class MoneyField(ReadField):
    widget = TextInput()
    read = staticmethod(money_from)
    not_understood = _l("Write an amount in digits, for example 100000 or 100000.50.")


class TimezoneField(ReadField):
    """Typed or chosen from the page's list of time zones."""

    read = staticmethod(timezone_from)
    not_understood = _l("Choose a time zone from the list, for example Asia/Ulaanbaatar.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.render_kw = {"list": "timezones", "autocomplete": "off", "spellcheck": "false", "maxlength": 64}


def _ensure_offered(value: Any, choices: Any) -> None:
    """Whatever else is sent was not on the page."""
    if value not in {choice[0] for choice in choices}:
        raise ValidationError(str(_l("Choose one of these.")))


class ChoiceField(SelectField):
    """One of a list."""

    def pre_validate(self, form: Any) -> None:
        _ensure_offered(self.data, self.choices)


class OptionsField(RadioField):
    """One of a few, all in sight."""

    def pre_validate(self, form: Any) -> None:
        _ensure_offered(self.data, self.choices)


class TicksField(SelectMultipleField):
    """Some of a list, each with a tick; `attributes` are of single ticks, by their code."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    attributes: Mapping[str, dict[str, str]] = {}

    def __iter__(self) -> Iterator[Any]:
        for tick in super().__iter__():
            tick.render_kw = self.attributes.get(tick.data, {})
            yield tick

    def pre_validate(self, form: Any) -> None:
        if not set(self.data or ()) <= {choice[0] for choice in self.choices or ()}:
            raise ValidationError(
                str(_l("One of those ticked is no longer on the list. Look through the ticks again."))
            )


if TYPE_CHECKING:  # generic for the type checker only
    Rows = FieldList[Any]
else:
    Rows = FieldList


class RowsField(Rows):
    """Rows of a form; row numbers that no page of ours would send are left alone."""

    def take_out(self, number: int) -> None:
        """Remove one row; those after it move up."""
        pop: Any = self.pop_entry
        pop(number)

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        for name in formdata:
            match = re.match(rf"{re.escape(prefix)}-([0-9]{{1,4}})-", name)
            if match is not None:
                yield int(match[1])
