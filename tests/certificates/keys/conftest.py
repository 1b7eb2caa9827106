"""A folder of keys for each test, so that none finds the keys of another."""

from pathlib import Path

import pytest

from trainreg.certificates.keys import files


@pytest.fixture(autouse=True)
def keys_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "keys"
    monkeypatch.setattr(files, "folder", lambda: folder)
    return folder
