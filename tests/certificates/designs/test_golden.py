"""Certificates of the second format, as an earlier version of the code set them, are set so by every later one."""

import json
from pathlib import Path

import pytest

from tests.certificates.golden import FOLDER_2, RECORDS_2, drawing_of_2
from trainreg.certificates.designs.kit import kit
from trainreg.certificates.facts import canonical_json, facts_from_json, sha256_of

GOLDEN = sorted(FOLDER_2.glob("*.json"))


def test_there_are_golden_records() -> None:
    assert {path.stem for path in GOLDEN} >= set(RECORDS_2)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_an_old_record_keeps_its_fingerprint_its_design_and_its_drawing(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    facts = facts_from_json(kept["record"])

    assert canonical_json(facts) == kept["record"]
    assert sha256_of(kept["record"]) == kept["sha256"]
    assert kit(facts.design_sha256).flaws(facts) == []
    assert json.loads(json.dumps(drawing_of_2(facts))) == kept["lines"]
