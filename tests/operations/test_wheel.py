"""The wheel holds what the product needs to run, and nothing of the workshop."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_wheel_holds_templates_static_files_migrations_and_catalogues(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    for folder in ("templates", "static"):
        here = {f"trainreg/{path.relative_to(ROOT)}" for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert here <= names, sorted(here - names)[:5]
    assert "trainreg/migrations/script.py.mako" in names
    assert any(name.startswith("trainreg/migrations/versions/0001") for name in names)
    assert "trainreg/translations/mn/LC_MESSAGES/messages.mo" in names
    assert any(name.startswith("trainreg/demo/data/") for name in names)
    assert not any(name.startswith(("tests/", "instance/", "docs/")) for name in names)
