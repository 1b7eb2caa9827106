"""The language of a page, and how texts, dates and numbers read in it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from babel import Locale, dates, lists
from babel.numbers import format_decimal
from flask import Flask, Response, current_app, g, has_request_context, request
from flask_babel import Babel, LazyString, format_percent, get_locale, refresh
from flask_login import current_user
from markupsafe import escape

from trainreg.kernel.languages import CONTENT_LANGUAGES, DEFAULT_LANGUAGE, LANGUAGES, in_language

# As it comes, a lazy text calls itself safe HTML, whatever it holds: an "&" in it, or a name put into it.
LazyString.__html__ = lambda text: escape(str(text))

COOKIE = "language"
# Styles of days beyond Babel's own, and those where Babel does not write as the offices of a country do: it spells
# Mongolian months out, which is too long for a table. {th} makes the month's number an ordinal.
_PATTERNS: dict[str, dict[str, str]] = {
    "en": {"month": "MMMM y", "short_month": "MMM y"},
    "mn": {
        "full": "y 'оны' M '{th} сарын' d, EEEE",
        "long": "y 'оны' M '{th} сарын' d",
        "medium": "y.MM.dd",
        "month": "y 'оны' M '{th} сар'",
        "short_month": "y.MM",
    },
    "fr": {"month": "MMMM y", "short_month": "MMM y"},
    "es": {"month": "MMMM 'de' y", "short_month": "MMM y"},
}
# Dates are written as in this country: English as the rest of the world writes it, 16 December and not December 16.
_REGIONS = {"en": "en_GB"}
babel = Babel()
View = TypeVar("View", bound=Callable[..., Any])
_SPEAKS: dict[Callable[..., Any], Mapping[str, str]] = {}


@dataclass(frozen=True)
class LanguageLink:
    """The present page in one of the languages."""

    code: str
    name: str
    url: str
    current: bool


def speaks(languages: Mapping[str, str]) -> Callable[[View], View]:
    """Let this page, and its errors, speak other languages than the application's own: code and name of each."""

    def decorate(view: View) -> View:
        _SPEAKS[view] = languages
        return view

    return decorate


def languages_here() -> Mapping[str, str]:
    """The languages that the page being made can speak."""
    view = current_app.view_functions.get(request.endpoint or "")
    return LANGUAGES if view is None else _SPEAKS.get(view, LANGUAGES)


def choose_language() -> str:
    """Asked for in the address, else chosen before, else the account's, else the browser's, else that of the thing."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    spoken = languages_here()
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE), _language_of_account()):
        if wanted is not None and wanted in spoken:
            return wanted
    of_the_thing: str = g.get("language_of_the_thing", DEFAULT_LANGUAGE)
    return request.accept_languages.best_match(list(spoken)) or of_the_thing


def fall_back_on(language: str) -> None:
    """Read the page in this language, that of the thing it shows, where its reader has told none that it speaks."""
    if language in languages_here():
        g.language_of_the_thing = language
        refresh()


def _language_of_account() -> str | None:
    return current_user.language if current_user.is_authenticated else None


def current_language() -> str:
    """The language code of the page being made; English outside a page."""
    locale = get_locale()
    return locale.language if locale is not None and locale.language in CONTENT_LANGUAGES else DEFAULT_LANGUAGE


def language_links() -> list[LanguageLink]:
    """The present address once per language."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    now = current_language()
    return [
        LanguageLink(code, name, f"{quote(request.path)}?{urlencode([*kept, ('lang', code)])}", code == now)
        for code, name in languages_here().items()
    ]


def tr(text: Mapping[str, str] | None) -> str:
    """A text kept in several languages, in the reader's."""
    return in_language(text, current_language())


def format_day(day: date | datetime | None, style: str = "long") -> str:
    """A calendar day in the reader's language: full, long, medium, month (without the day), or short_month."""
    if day is None:
        return ""
    return _format_day(day.date() if isinstance(day, datetime) else day, style, current_language())


@lru_cache(maxsize=4096)
def _format_day(day: date, style: str, language: str) -> str:
    """A long list says the same few days over and over."""
    pattern = _PATTERNS.get(language, _PATTERNS[DEFAULT_LANGUAGE]).get(style, style)
    if "{th}" in pattern:  # vowel harmony goes by the numeral's last word: one, four, nine and eleven are front
        pattern = pattern.replace("{th}", "дүгээр" if day.month in {1, 4, 9, 11} else "дугаар")
    return str(dates.format_date(day, format=pattern, locale=_REGIONS.get(language, language)))


def format_moment(moment: datetime | None, timezone: str, style: str = "medium") -> str:
    """Day and time on the wall clock of a place; the page says which place."""
    if moment is None:
        return ""
    at = moment.astimezone(ZoneInfo(timezone))
    return f"{format_day(at, style)}, {at:%H:%M}"


def format_clock(moment: datetime | None, timezone: str) -> str:
    """The time of day on the wall clock of a place."""
    return "" if moment is None else f"{moment.astimezone(ZoneInfo(timezone)):%H:%M}"


def format_span(starts: datetime | None, ends: datetime | None, timezone: str, style: str = "long") -> str:
    """The days something lasts: 16 December 2026, 16–17 December 2026, 30 November 2026 – 2 December 2026."""
    if starts is None or ends is None:
        return ""
    zone = ZoneInfo(timezone)
    return format_days(starts.astimezone(zone).date(), ends.astimezone(zone).date(), style)


def format_days(first: date, last: date, style: str = "long") -> str:
    """The days from one to another, naming month and year once where they are the same."""
    if first == last:
        return format_day(first, style)
    if (first.year, first.month) != (last.year, last.month):
        return f"{format_day(first)} – {format_day(last)}"
    day_stands_first = format_day(first).startswith(str(first.day))
    return f"{first.day}–{format_day(last)}" if day_stands_first else f"{format_day(first)}–{last.day}"


def format_number(value: float | Decimal | Fraction | None) -> str:
    """A number with the reader's separators; 10.0 reads 10."""
    return "" if value is None else _format_number(value, current_language())


@lru_cache(maxsize=4096)
def _format_number(value: float | Decimal | Fraction, language: str) -> str:
    """A page of figures says the same few numbers over and over."""
    return format_decimal(float(value) if isinstance(value, Fraction) else value, format="#,##0.##", locale=language)


def format_share(value: float | Decimal | Fraction | None) -> str:
    """A share of one as a percentage, rounded to whole numbers."""
    return "" if value is None else str(format_percent(float(value), format="#,##0%"))


def format_items(items: Iterable[object]) -> str:
    """Things one after another, the last one joined as the language does: 7, 3 and 1."""
    return str(lists.format_list([str(item) for item in items], locale=get_locale()))


def _remember_choice(response: Response) -> Response:
    wanted = request.args.get("lang")
    if wanted is not None and wanted in languages_here() and request.cookies.get(COOKIE) != wanted:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])  # behind a proxy the request itself looks like http
        response.set_cookie(COOKIE, wanted, max_age=31536000, samesite="Lax", httponly=True, secure=secure)
    return response


def init_app(app: Flask) -> None:
    """Speak every language on every page."""
    babel.init_app(app, locale_selector=choose_language, default_locale=DEFAULT_LANGUAGE)
    app.after_request(_remember_choice)
    app.jinja_env.filters.update(
        tr=tr,
        date=format_day,
        datetime=format_moment,
        time=format_clock,
        number=format_number,
        percent=format_share,
        items_in_words=format_items,
    )
    app.jinja_env.globals.update(span=format_span, days=format_days)
    app.context_processor(lambda: {"languages": language_links() if request else [], "language": current_language()})


def language_name(code: str) -> str:
    """A language's name in the reader's."""
    return str(Locale.parse(current_language()).languages.get(code, code))
