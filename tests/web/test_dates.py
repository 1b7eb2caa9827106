"""Days and spans of days read as they are written in each language."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from trainreg.web.locale import format_day, format_span

DAY = date(2026, 12, 6)


@pytest.mark.parametrize(
    ("style", "english", "mongolian"),
    [
        ("full", "Sunday 6 December 2026", "2026 оны 12 дугаар сарын 6, ням"),
        ("long", "6 December 2026", "2026 оны 12 дугаар сарын 6"),
        ("medium", "6 Dec 2026", "2026.12.06"),
        ("month", "December 2026", "2026 оны 12 дугаар сар"),
        ("short_month", "Dec 2026", "2026.12"),
    ],
)
def test_a_day_in_both_languages(app: Flask, style: str, english: str, mongolian: str) -> None:
    with app.test_request_context():
        with force_locale("en"):
            assert format_day(DAY, style).replace(",", "") == english
        with force_locale("mn"):
            assert format_day(DAY, style) == mongolian


def test_the_ordinal_follows_the_vowels_of_the_number(app: Flask) -> None:
    with app.test_request_context(), force_locale("mn"):
        words = {month: format_day(date(2026, month, 1)).split()[3] for month in range(1, 13)}
    assert {month for month, word in words.items() if word == "дүгээр"} == {1, 4, 9, 11}
    assert set(words.values()) == {"дүгээр", "дугаар"}


@pytest.mark.parametrize(
    ("last", "english", "mongolian"),
    [
        (6, "6 December 2026", "2026 оны 12 дугаар сарын 6"),
        (8, "6–8 December 2026", "2026 оны 12 дугаар сарын 6–8"),
    ],
)
def test_a_span_names_month_and_year_once(app: Flask, last: int, english: str, mongolian: str) -> None:
    first = datetime(2026, 12, 6, 1, tzinfo=UTC)
    for language, expected in (("en", english), ("mn", mongolian)):
        with app.test_request_context(), force_locale(language):
            assert format_span(first, first.replace(day=last), "Asia/Ulaanbaatar") == expected
