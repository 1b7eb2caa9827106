"""The pages on which a stranger checks a certificate speak French and Spanish too, every sentence of them."""

import re
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from flask import Flask
from jinja2.meta import find_referenced_templates

from tests.guards.test_translations import PLACEHOLDER, Message, _catalogue, _forms, _key, _sentences
from trainreg.kernel.languages import CONTENT_LANGUAGES, LANGUAGES

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "trainreg" / "certificates" / "translations"
PAGES = "certificates/verifying"
# What may speak on these pages beside their own: refusals, forms, and the throttle.
MODULES = {"trainreg/web/errors.py", "trainreg/web/forms.py", "trainreg/web/throttle.py"}


def _po(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def catalogue_of(language: str) -> Catalog:
    """The translations of these pages in one language."""
    return _catalogue(_po(language))


@cache
def gathered() -> frozenset[Message]:
    """Every sentence that `babel-certificates.cfg` gathers."""
    with (ROOT / "babel-certificates.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)

    def ours(path: str) -> bool:
        return Path(path).relative_to(ROOT).parts[0] in {"trainreg", "templates"}

    keywords = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}
    found = extract_from_dir(ROOT, methods, options, keywords=keywords, directory_filter=ours)
    return frozenset(message for _file, _line, message, _comments, _context in found)


@pytest.fixture(params=[code for code in CONTENT_LANGUAGES if code not in LANGUAGES])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _with_what_they_use(app: Flask, names: Iterable[str]) -> set[str]:
    """These templates and all that they extend, include or import."""
    known: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in known:
            continue
        known.add(name)
        source = (ROOT / "templates" / name).read_text(encoding="utf-8")
        waiting += [used for used in find_referenced_templates(app.jinja_env.parse(source)) if used]
    return known


def test_every_template_of_these_pages_is_gathered(app: Flask) -> None:
    own = [f"{PAGES}/{path.name}" for path in (ROOT / "templates" / PAGES).glob("*.html")]
    used = {f"templates/{name}" for name in _with_what_they_use(app, [*own, "errors/error.html"])}
    with (ROOT / "babel-certificates.cfg").open(encoding="utf-8") as file:
        patterns = [pattern for pattern, _method in parse_mapping_cfg(file)[0]]
    listed = {path.relative_to(ROOT).as_posix() for pattern in patterns for path in ROOT.glob(_globbed(pattern))}
    assert used | MODULES <= listed
    assert {name for name in listed if name.startswith("templates/")} <= used, "nothing else is translated"


def _globbed(pattern: str) -> str:
    return pattern.replace("**.", "**/*.")


def test_every_sentence_is_translated(language: str) -> None:
    catalogue = catalogue_of(language)
    known = {_key(message) for message in catalogue if message.id and all(_forms(message.string)) and not message.fuzzy}
    assert sorted(map(str, gathered() - known)) == []


def test_no_translation_outlived_its_sentence(language: str) -> None:
    catalogue = catalogue_of(language)
    assert sorted(map(str, {_key(message) for message in catalogue if message.id} - gathered())) == []
    with (TRANSLATIONS / "messages.pot").open("rb") as file:
        assert {_key(message) for message in read_po(file) if message.id} == gathered()


def test_a_translation_keeps_the_placeholders(language: str) -> None:
    held = re.compile(rf"{PLACEHOLDER.pattern}|\{{\w+\}}")
    for message in catalogue_of(language):
        for source, said in zip(_forms(message.id), _forms(message.string), strict=False) if message.id else ():
            assert sorted(held.findall(source)) == sorted(held.findall(said)), source


def test_the_compiled_catalogue_is_that_of_its_source(language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue_of(language))
    compiled.seek(0)
    with _po(language).with_suffix(".mo").open("rb") as kept:
        assert _sentences(read_mo(kept)) == _sentences(read_mo(compiled)), "run `pybabel compile`"
