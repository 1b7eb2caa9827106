"""Dates and durations in words, in each language of the second wording; frozen like it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
}
# One, some, and how a part of the whole is said.
_UNITS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {"hours": ("hour", "hours"), "days": ("day", "days")},
    "mn": {"hours": ("цаг", "цаг"), "days": ("өдөр", "өдөр")},
    "fr": {"hours": ("heure", "heures"), "days": ("jour", "jours")},
    "es": {"hours": ("hora", "horas"), "days": ("día", "días")},
}


def day(when: date, language: str) -> str:
    """One date as a sentence needs it that already says "on" or "until"."""
    if language == "mn":
        return f"{when.year} оны {_mongolian_month(when)} {_mongolian_day(when)} өдөр"
    return f"{_tail(when, language, year=True, month=True)}"


def period(first: date, last: date, language: str) -> str:
    """The days of an event, naming month and year once where they are the same."""
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if language == "mn":
        return _mongolian_period(first, last)
    if first == last:
        return f"{'le ' if language == 'fr' else ''}{day(first, language)}"
    opening = _tail(first, language, year=not same_year, month=not same_month)
    closing = day(last, language)
    if language == "fr":
        return f"du {opening} au {closing}"
    if language == "es":
        return f"del {opening} al {closing}"
    return f"{opening}–{closing}" if same_month else f"{opening} – {closing}"


def duration(attended: Decimal, planned: Decimal, unit: str, language: str) -> str:
    """How many hours or days, and of how many where it is less than all; empty where nothing was planned."""
    if planned <= 0:
        return ""
    said = _amount(attended, language)
    if attended == planned:
        return f"{said} {_unit(attended, unit, language)}"
    whole = _amount(planned, language)
    if language == "mn":
        return f"{whole} {'цагаас' if unit == 'hours' else 'өдрөөс'} {said} {_unit(attended, unit, language)}"
    if language == "fr":
        return f"{said} {_unit(attended, unit, language)} sur {whole}"
    return f"{said} {'of' if language == 'en' else 'de'} {whole} {_unit(planned, unit, language)}"


def _tail(when: date, language: str, *, year: bool, month: bool) -> str:
    number = "1er" if language == "fr" and when.day == 1 else str(when.day)
    joint = " de " if language == "es" else " "
    parts = [number, *([_MONTHS[language][when.month - 1]] if month else []), *([str(when.year)] if year else [])]
    return joint.join(parts)


def _amount(value: Decimal, language: str) -> str:
    said = f"{value.normalize():f}"
    return said.replace(".", ",") if language in {"fr", "es"} else said


def _unit(value: Decimal, unit: str, language: str) -> str:
    one, some = _UNITS[language][unit]
    # In French what is less than two is singular, in English and Spanish only one is.
    return one if (value < 2 if language == "fr" else value == 1) else some


def _mongolian_period(first: date, last: date) -> str:
    opening = f"{first.year} оны {_mongolian_month(first)}"
    if first == last:
        return f"{opening} {_mongolian_day(first)} өдөр"
    if (first.year, first.month) == (last.year, last.month):
        return f"{opening} {first.day}–{_mongolian_day(last)} өдрүүдэд"
    year = "" if first.year == last.year else f"{last.year} оны "
    return f"{opening} {first.day} – {year}{_mongolian_month(last)} {_mongolian_day(last)} өдрүүдэд"


def _mongolian_month(when: date) -> str:
    return f"{when.month} {'дүгээр' if _has_front_vowels(when.month) else 'дугаар'} сарын"


def _mongolian_day(when: date) -> str:
    return f"{when.day}-{'ний' if _has_front_vowels(when.day) else 'ны'}"


def _has_front_vowels(number: int) -> bool:
    # Vowel harmony goes by the last word of the numeral: one, four and nine are front, as are 11, 24, ...
    return number % 10 in {1, 4, 9}
