"""A workbook speaks the language it was asked for, headings and content alike."""

from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from flask_babel import force_locale

from tests.reporting.workbook.opened import made, rows
from tests.world import World
from trainreg.events.forms import KINDS as EVENT_KINDS
from trainreg.framework.words import DIMENSION_WORDS, DIRECTION_WORDS, RULE_WORDS
from trainreg.imports.export_words import EVENT_STATUSES
from trainreg.people.words import AGE_BAND_WORDS, LEVEL_WORDS
from trainreg.publications.forms import KINDS as PRODUCT_KINDS
from trainreg.registration.words import ROLE_WORDS
from trainreg.reporting.view import SEXES
from trainreg.reporting.workbook.asked import Asked
from trainreg.reporting.workbook.vocabulary import VOCABULARY

ROOT = Path(__file__).parents[3]
TRANSLATIONS = ROOT / "trainreg" / "reporting" / "translations"
HEADINGS = {
    "en": ("Indicators", "Indicator", "Attendances"),
    "mn": ("Үзүүлэлтүүд", "Үзүүлэлт", "Оролцоо"),
    "fr": ("Indicateurs", "Indicateur", "Participations"),
    "es": ("Indicadores", "Indicador", "Asistencias"),
}


@pytest.mark.parametrize("language", HEADINGS)
def test_headings_and_words_are_in_its_language(reported: World, language: str) -> None:
    sheet, heading, rule = HEADINGS[language]
    book = made(Asked(reported.project, sees_all=True, lists_people=True), language)
    assert book.sheetnames[2] == sheet
    [first, *_rest] = rows(book, sheet)
    assert heading in first and rule in first.values()
    assert len(book.sheetnames) == len(set(book.sheetnames)) == 9


def test_words_of_other_rooms_are_gathered() -> None:
    tables: tuple[Any, ...] = (RULE_WORDS, DIMENSION_WORDS, DIRECTION_WORDS, LEVEL_WORDS, AGE_BAND_WORDS, ROLE_WORDS)
    said = chain(
        *(table.values() for table in (*tables, SEXES, EVENT_STATUSES, dict(EVENT_KINDS), dict(PRODUCT_KINDS)))
    )
    known = {str(word) for word in VOCABULARY}
    with force_locale("en"):
        assert {str(word) for word in said} <= known
