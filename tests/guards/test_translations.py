"""Every sentence is marked, translated, compiled, and spoken: a page in Mongolian says nothing in English."""

import ast
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from flask import Flask

from tests import factories as make
from tests.guards.reading import text_of, tree_of
from tests.guards.sentences import Message, gathered
from tests.me.visiting import address_of, enter
from tests.pages import Page, Pages
from tests.world import World
from trainreg.kernel.db import db
from trainreg.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES
from trainreg.registration.rules import RegistrationStatus

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "trainreg" / "translations"
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.*") if path.suffix in {".html", ".txt"})
MARKS = {"_", "_l", "gettext", "ngettext", "lazy_gettext"}
A_CALL = re.compile(rf"\b(?:{'|'.join(MARKS)})\s*\(")  # where no call of a mark can be, none is looked for
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
# Words of a template that are the same in every language, or no words of the page at all.
NO_WORDS, REPORTS = {"trainreg", "UTC", "yes", "narrow", "desk", "home"}, ("workbook", "tables")


@pytest.fixture(scope="session")
def marked() -> set[Message]:
    """Every sentence of the code and the templates."""
    return gathered()


def _catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _sentences(catalogue: Catalog) -> dict[Message, Any]:
    return {_key(message): message.string for message in catalogue if message.id}


def _po(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def _key(message: Any) -> Message:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def _forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.fixture(scope="module", params=[code for code in LANGUAGES if code != DEFAULT_LANGUAGE])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_sentence_is_translated(marked: set[Message], language: str) -> None:
    catalogue = _catalogue(_po(language))
    known = {_key(message) for message in catalogue if message.id and all(_forms(message.string)) and not message.fuzzy}
    assert sorted(map(str, marked - known)) == []


def test_no_translation_outlived_its_sentence(marked: set[Message], language: str) -> None:
    catalogue = _catalogue(_po(language))
    assert sorted(map(str, {_key(message) for message in catalogue if message.id} - marked)) == []
    assert list(catalogue.obsolete) == []


def test_the_template_of_catalogues_holds_the_same_sentences(marked: set[Message]) -> None:
    assert {_key(message) for message in _catalogue(TRANSLATIONS / "messages.pot") if message.id} == marked


def test_a_translation_keeps_the_placeholders(language: str) -> None:
    wrong = [
        (source, translated)
        for message in _catalogue(_po(language))
        if message.id
        for source, translated in zip(_forms(message.id), _forms(message.string), strict=True)
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translated))
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_that_of_its_source(language: str) -> None:
    """Sentence by sentence: the header names the version of Babel that compiled it, which may be any."""
    compiled = BytesIO()
    write_mo(compiled, _catalogue(_po(language)))
    compiled.seek(0)
    stale = "run `pybabel compile -d trainreg/translations`"
    with _po(language).with_suffix(".mo").open("rb") as kept:
        assert _sentences(read_mo(kept)) == _sentences(read_mo(compiled)), stale


def test_every_mark_in_the_code_is_found(marked: set[Message]) -> None:
    """A sentence inside an f-string, or put together at run time, is marked and yet never gathered."""
    known = {form for message in marked for form in _forms(message)}
    lost = []
    for path in sorted((ROOT / "trainreg").rglob("*.py")):
        if not A_CALL.search(text_of(path)):
            continue
        for call in ast.walk(tree_of(path)):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", None) not in MARKS:
                continue
            sentence = call.args[0]
            if not isinstance(sentence, ast.Constant) or sentence.value not in known:
                lost.append(f"{path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(sentence)}")
    assert lost == []


def test_every_word_of_a_template_is_marked(app: Flask) -> None:
    unmarked = []
    for path in TEMPLATES:
        tokens = app.jinja_env.lex(path.read_text(encoding="utf-8"))
        words = "".join(text if kind == "data" else "\0" for _line, kind, text in tokens)
        words = re.sub(r"<(?!!--)[^>]*>|&\w+;", " ", words)
        found = set(re.findall(r"[^\W\d_]{2,}", words)) - NO_WORDS
        if found:
            unmarked.append((path.relative_to(ROOT).as_posix(), sorted(found)))
    assert unmarked == []


def _english(marked: set[Message]) -> set[str]:
    """What may stand in no Mongolian page: every longer piece of a sentence between its placeholders."""
    pieces = chain.from_iterable(PLACEHOLDER.split(form) for message in marked for form in _forms(message))
    own = {piece.strip() for piece in pieces}
    return {piece for piece in own if len(piece) > 12} | {"This field is", "Not a valid", "Field cannot", "Field must"}


def _heard(page: Page) -> str:
    """The words of a page and those that a screen reader adds, without texts that say they are English."""
    assert page.tree is not None
    told: list[str] = []

    def walk(element: Any) -> None:
        if isinstance(element.tag, str) and element.get("lang") != "en":
            attributes = ("aria-label", "title", "alt", "placeholder", "data-words", "data-none", "data-some")
            told.extend(filter(None, (element.text, *map(element.get, attributes))))
            for child in element:
                walk(child)
                told.append(child.tail or "")

    walk(page.tree)
    return " ".join(" ".join(told).split())


@pytest.fixture
def hush(marked: set[Message]) -> Callable[[Page], None]:
    """Fails for a page that is not in Mongolian throughout."""
    english = sorted(_english(marked))

    def check(page: Page) -> None:
        heard = _heard(page)
        assert [sentence for sentence in english if sentence in heard] == []
        assert re.search(r"[а-яөү]{4}", heard)

    return check


def _desk_paths(world: World) -> Iterator[str]:
    project, event = f"/desk/projects/{world.project.code}", f"/desk/events/{world.event.slug}"
    yield from ("/desk/", "/desk/projects", "/desk/projects/new", "/desk/users", "/desk/users/new", "/desk/me")
    yield from ("/desk/agencies", "/desk/agencies/new", "/desk/messages", f"/desk/users/{world.organizer.id}")
    yield from (project, f"{project}/edit", f"{project}/events/new", f"{project}/publications/new")
    yield from (f"/reports/{world.project.code}/rows?measure=persons", event, f"{event}/edit")
    yield from (f"{event}/registrations", f"{event}/attendance", f"{event}/certificates", f"{event}/registrations/new")
    yield from (f"{event}/form", f"{event}/form/preview", f"{event}/form/questions/new?kind=several_choices")
    yield from (f"{event}/sheets", f"{event}/badges", f"{event}/attendance/unnamed")
    yield from (f"{event}/eligibility?threshold=50", *(f"/reports/{world.project.code}/{one}" for one in REPORTS))
    yield from (f"{event}/scans", f"{event}/kiosk", "/checkin/", f"/checkin/{world.event.slug}")
    yield from (f"{event}/messages", f"{event}/messages/kinds", f"{event}/messages/write")
    yield from (f"{event}/tests", f"{event}/tests/questions/new?kind=number", f"{event}/tests/pre/entry")
    yield from (f"{event}/tests/marking", f"{event}/tests/results", f"/reports/{world.project.code}/trainers")
    yield from (f"{event}/evaluation{part}" for part in ("", "/after/questions", "/after/summary", "/after/comments"))


def _mongolian(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang=mn"


def test_public_pages_speak_mongolian(pages: Pages, world: World, hush: Callable[[Page], None]) -> None:
    event = f"/e/{world.event.slug}"
    for path in ("/", "/events", event, f"{event}/register", "/v/", "/v/NO-SUCH-CODE", "/login", "/here", "/nowhere"):
        hush(pages.get(_mongolian(path)))


def test_own_pages_speak_mongolian(pages: Pages, world: World, hush: Callable[[Page], None]) -> None:
    registration = make.registration(world.event, world.bolor)
    db.session.commit()
    enter(pages, world.bolor)
    own = address_of(registration)
    for path in ("/me", "/me/asked", "/me/data", "/me/names", "/me/consents", "/me/erase", "/me/erased", own):
        hush(pages.get(_mongolian(path)))
    for part in ("change", "cancel", "pass"):
        hush(pages.get(_mongolian(f"{own}/{part}")))
    registration.status = RegistrationStatus.NOMINATED
    db.session.commit()
    for path in (own, f"{own}/answer"):
        hush(pages.get(_mongolian(path)))


@pytest.mark.slow
def test_desk_pages_speak_mongolian(pages: Pages, world: World, hush: Callable[[Page], None]) -> None:
    registration = make.registration(world.event, world.bolor)
    pages.sign_in(world.administrator)
    sheet = make.sheet(world.event, [registration])
    db.session.commit()
    pages_of_one = (f"registrations/{registration.reference}", f"attendance/people/{registration.reference}")
    own = (f"/desk/events/{world.event.slug}/{page}" for page in (*pages_of_one, f"sheets/{sheet.key}/1"))
    for path in (*_desk_paths(world), *own):
        page = pages.get(_mongolian(path))
        assert page.status == 200, path
        hush(page)


def test_refusals_speak_mongolian(pages: Pages, world: World, hush: Callable[[Page], None]) -> None:

    def refused(path: str, data: dict[str, str], **kwargs: str) -> None:
        page = pages.post(path, data, **kwargs)
        assert page.status in {400, 409, 422}, path
        hush(page)

    pages.get("/login?lang=mn")
    refused("/login", {"email": "x" * 300, "password": "y" * 2000})
    refused(f"/e/{world.event.slug}/register", {"agency": "999999", "email": "no address"})
    refused("/login", {}, token="stale")
    pages.sign_in(world.administrator)
    pages.get("/desk/?lang=mn")
    event, project = f"/desk/events/{world.event.slug}", f"/desk/projects/{world.project.code}"
    for path in ("/desk/users/new", "/desk/agencies/new", "/desk/projects/new", f"{project}/events/new"):
        refused(path, {"role": "king", "language": "xx", "starts_on": "soon", "timezone": "Moon", "press": "save"})
    for path in (f"{event}/registrations/new", f"{project}/publications/new", f"{event}/edit"):
        refused(path, {"role": "king", "standing": "flying", "kind": "poem", "press": "save"})
