"""A workbook speaks the language it was asked for, headings and content alike."""

from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
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


@pytest.mark.parametrize("language", ["fr", "es"])
def test_every_sentence_is_translated(language: str) -> None:
    with (ROOT / "babel-reports.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}

    def ours(path: str) -> bool:
        return Path(path).relative_to(ROOT).parts[0] == "trainreg"

    found = extract_from_dir(ROOT, methods, options, keywords=keywords, directory_filter=ours)
    gathered = {message for _file, _line, message, _comments, _context in found}
    source = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    with source.open("rb") as file_:
        told = {message.id: message.string for message in read_po(file_) if message.id and not message.fuzzy}
    with source.with_suffix(".mo").open("rb") as file_:
        compiled = {message.id: message.string for message in read_mo(file_) if message.id}
    assert gathered <= told.keys() and all(told[message] for message in gathered)
    assert {message: compiled.get(message) for message in gathered} == {one: told[one] for one in gathered}


def test_words_of_other_rooms_are_gathered() -> None:
    tables: tuple[Any, ...] = (RULE_WORDS, DIMENSION_WORDS, DIRECTION_WORDS, LEVEL_WORDS, AGE_BAND_WORDS, ROLE_WORDS)
    said = chain(
        *(table.values() for table in (*tables, SEXES, EVENT_STATUSES, dict(EVENT_KINDS), dict(PRODUCT_KINDS)))
    )
    known = {str(word) for word in VOCABULARY}
    with force_locale("en"):
        assert {str(word) for word in said} <= known
