"""Certificates issued by earlier versions of the code are drawn as they were."""

import json
from pathlib import Path

import pytest

from tests.certificates.golden import FOLDER, RECORDS, drawing_of
from trainreg.certificates.facts import canonical_json, facts_from_json, sha256_of
from trainreg.certificates.render import flaws

GOLDEN = sorted(FOLDER.glob("*.json"))


def test_there_are_golden_records() -> None:
    assert {path.stem for path in GOLDEN} >= set(RECORDS)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_an_old_record_keeps_its_fingerprint_and_its_drawing(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    facts = facts_from_json(kept["record"])

    assert canonical_json(facts) == kept["record"]
    assert sha256_of(kept["record"]) == kept["sha256"]
    assert flaws(facts) == []
    assert json.loads(json.dumps(drawing_of(facts))) == kept["lines"]
