"""Layers, templates, audit sentences, dependencies: rules of the house that a reader would otherwise have to check."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from flask import Flask

from trainreg.audit.sentences import SENTENCES

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html" and "email" not in path.parts]


def test_imports_keep_the_layers() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_hold_no_inline_script_or_style_and_ask_no_other_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "|safe" not in text.replace(" ", ""), "nothing is let through unescaped"
    text = re.sub(r"{{.*?}}|{%.*?%}|{#.*?#}", "", text, flags=re.DOTALL)  # a macro's `style=` is no attribute
    assert not re.search(r"<style|\sstyle\s*=|\son(?:click|load|change|submit|input)\s*=", text)
    # A block of data is not run, and the security policy does not ask about it.
    assert not re.search(r"<script(?![^>]*\ssrc=|\stype=\"application/ld\+json\">)", text)
    assert not re.search(r"(?:src|href)\s*=\s*\"https?://", text)


@pytest.mark.slow
def test_every_template_compiles(app: Flask) -> None:
    for path in TEMPLATES:
        if path.suffix in {".html", ".txt"}:
            app.jinja_env.get_template(path.relative_to(ROOT / "templates").as_posix())


def test_every_recorded_action_has_its_sentence(app: Flask) -> None:
    recorded = set()
    for path in (ROOT / "trainreg").rglob("*.py"):
        recorded |= set(re.findall(r"audit\.record\(\s*\"([a-z_.]+)\"", path.read_text(encoding="utf-8")))
    assert recorded, "no action found: the pattern is out of date"
    assert recorded - SENTENCES.keys() == set()


def test_every_mail_is_a_folder_of_three() -> None:
    folders = [path for path in (ROOT / "templates" / "email").iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert {path.name for path in folder.iterdir()} == {"subject.txt", "body.txt", "body.html"}, folder.name


def test_every_dependency_is_bounded_and_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").casefold()
    extras = [one for extra in project["optional-dependencies"].values() for one in extra]
    for dependency in [*project["dependencies"], *extras]:
        name = re.split(r"[\[<>=!~; ]", dependency, maxsplit=1)[0].casefold()
        if name == "trainreg":
            continue
        assert f"`{name}`" in explained, f"docs/dependencies.md does not say what {name} saves us"
        assert "<" in dependency or "==" in dependency or name == "tzdata", f"{dependency} has no upper bound"


def test_services_never_commit_and_never_see_the_request() -> None:
    for path in (ROOT / "trainreg").rglob("service.py"):
        text = path.read_text(encoding="utf-8")
        assert "session.commit(" not in text, f"{path.relative_to(ROOT)} commits"
        assert not re.search(r"from flask import .*\brequest\b", text), f"{path.relative_to(ROOT)} reads the request"
