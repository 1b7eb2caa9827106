"""Designs that are as plain as can be, unless the house has better ones."""

from collections.abc import Iterator

import pytest

from tests.certificates.editor.plain import PlainDesigns
from trainreg.certificates.editor import kits


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[PlainDesigns]:
    designs = PlainDesigns()
    monkeypatch.setattr(kits, "_in_use", [])
    kits.use(designs)
    yield designs
