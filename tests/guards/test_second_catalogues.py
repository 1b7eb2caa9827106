"""What speaks French and Spanish too has its catalogues beside it (ADR 0023, 0030), and every sentence of them."""

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from flask import Flask

from tests.guards.test_translations import PLACEHOLDER, Message, _catalogue, _forms, _key, _sentences
from trainreg.kernel.languages import CONTENT_LANGUAGES, LANGUAGES

ROOT = Path(__file__).parents[2]
OTHERS = [code for code in CONTENT_LANGUAGES if code not in LANGUAGES]


@dataclass(frozen=True)
class Second:
    """One such set of catalogues: what is gathered for it, and where it stands."""

    gathered_by: str
    folder: str

    def catalogue(self, language: str) -> Catalog:
        return _catalogue(self.po(language))

    def po(self, language: str) -> Path:
        return ROOT / self.folder / language / "LC_MESSAGES" / "messages.po"


CERTIFICATES = Second("babel-certificates.cfg", "trainreg/certificates/translations")
REPORTS = Second("babel-reports.cfg", "trainreg/reporting/translations")


@cache
def gathered(second: Second) -> frozenset[Message]:
    """Every sentence that its configuration gathers."""
    with (ROOT / second.gathered_by).open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)

    def ours(path: str) -> bool:
        return Path(path).relative_to(ROOT).parts[0] in {"trainreg", "templates"}

    keywords = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}
    found = extract_from_dir(ROOT, methods, options, keywords=keywords, directory_filter=ours)
    return frozenset(message for _file, _line, message, _comments, _context in found)


@pytest.fixture(params=[CERTIFICATES, REPORTS], ids=lambda one: one.gathered_by)
def second(request: pytest.FixtureRequest) -> Second:
    found: Second = request.param
    return found


@pytest.fixture(params=OTHERS)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_sentence_is_translated(second: Second, language: str) -> None:
    catalogue = second.catalogue(language)
    known = {_key(message) for message in catalogue if message.id and all(_forms(message.string)) and not message.fuzzy}
    assert sorted(map(str, gathered(second) - known)) == []


def test_no_translation_outlived_its_sentence(second: Second, language: str) -> None:
    told = {_key(message) for message in second.catalogue(language) if message.id}
    assert sorted(map(str, told - gathered(second))) == []
    template = _catalogue(ROOT / second.folder / "messages.pot")
    assert {_key(message) for message in template if message.id} == gathered(second)


def test_a_translation_keeps_the_placeholders(second: Second, language: str) -> None:
    held = re.compile(rf"{PLACEHOLDER.pattern}|\{{\w+\}}")
    for message in second.catalogue(language):
        for source, said in zip(_forms(message.id), _forms(message.string), strict=False) if message.id else ():
            assert sorted(held.findall(source)) == sorted(held.findall(said)), source


def test_the_compiled_catalogue_is_that_of_its_source(second: Second, language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, second.catalogue(language))
    compiled.seek(0)
    with second.po(language).with_suffix(".mo").open("rb") as kept:
        assert _sentences(read_mo(kept)) == _sentences(read_mo(compiled)), "run `pybabel compile`"


def test_one_sentence_is_said_one_way(language: str) -> None:
    """Pages and reports read both catalogues: where they share a sentence, it must be the same."""
    one, other = (
        {_key(message): message.string for message in each.catalogue(language) if message.id}
        for each in (CERTIFICATES, REPORTS)
    )
    assert {key: (one[key], other[key]) for key in one.keys() & other.keys() if one[key] != other[key]} == {}


def test_french_holds_its_signs_to_their_words() -> None:
    """A sign of two parts never begins a line."""
    for message in REPORTS.catalogue("fr"):
        for said in _forms(message.string) if message.id else ():
            assert not re.search(r" [:;!?»]|« ", said), said


def test_the_application_reads_every_catalogue(app: Flask) -> None:
    told = app.config["BABEL_TRANSLATION_DIRECTORIES"].split(";")
    assert [ROOT / one.folder for one in (CERTIFICATES, REPORTS)] == [Path(path) for path in told[1:]]
