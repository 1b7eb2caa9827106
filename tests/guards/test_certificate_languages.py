"""The pages on which a stranger checks a certificate speak French and Spanish: every template is gathered."""

from collections.abc import Iterable
from pathlib import Path

from babel.messages import Catalog
from babel.messages.frontend import parse_mapping_cfg
from flask import Flask
from jinja2.meta import find_referenced_templates

from tests.guards.test_second_catalogues import CERTIFICATES
from tests.guards.test_second_catalogues import gathered as gathered_for
from tests.guards.test_translations import Message

ROOT = Path(__file__).parents[2]
PAGES = "certificates/verifying"
# What may speak on these pages beside their own: refusals, forms, and the throttle.
MODULES = {"trainreg/web/errors.py", "trainreg/web/forms.py", "trainreg/web/throttle.py"}


def catalogue_of(language: str) -> Catalog:
    """The translations of these pages in one language."""
    return CERTIFICATES.catalogue(language)


def gathered() -> frozenset[Message]:
    """Every sentence that is gathered for them."""
    return gathered_for(CERTIFICATES)


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
