"""Golden records: certificates as an earlier version of the code drew them.

`python -m tests.certificates.golden` writes those that are missing. A record once committed is never
written again: whoever holds such a certificate must get the same one from every later version.
"""

import json
from dataclasses import replace
from pathlib import Path

from tests.certificates.samples import ENGLISH, LONGEST, SHORTEST, TRAINER
from trainreg.certificates.designs import DESIGNS, trials
from trainreg.certificates.designs.gallery import DIGESTS
from trainreg.certificates.designs.kit import kit
from trainreg.certificates.drawing.typefaces import typeface
from trainreg.certificates.facts import CertificateFacts, canonical_json, sha256_of
from trainreg.certificates.pdf.page import Text

FOLDER = Path(__file__).parent.parent / "golden" / "certificates"
RECORDS = {
    "formal-1-trainer": TRAINER,
    "formal-1-longest": LONGEST,
    "formal-1-shortest": SHORTEST,
    "formal-1-english": ENGLISH,
}


def drawing_of(facts: CertificateFacts) -> list[dict[str, object]]:
    """Every line as it stands on the page: its words, its place in millimetres, its glyphs and their advances."""
    return [
        {
            "text": line.text,
            "face": line.face,
            "size": line.size,
            "left": round(line.left, 2),
            "baseline": round(line.y, 2),
            "glyphs": [
                [glyph.number, glyph.advance, glyph.x_offset, glyph.y_offset]
                for glyph in typeface(line.face).shape(line.text).glyphs
            ],
        }
        for line in DESIGNS[facts.design].lines(facts)
    ]


def write_missing() -> None:
    for name, facts in RECORDS.items():
        path = FOLDER / f"{name}.json"
        if not path.exists():
            record = canonical_json(facts)
            content = {"record": record, "sha256": sha256_of(record), "lines": drawing_of(facts)}
            path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


FOLDER_2 = FOLDER / "format-2"
RECORDS_2 = {
    f"{design}-{case}": replace(record, languages=languages, design=design, design_sha256=digest)
    for design, digest in DIGESTS.items()
    for case, record, languages in (
        ("long-en-mn", trials.LONG, ("en", "mn")),
        ("long-fr", trials.LONG, ("fr",)),
        ("strange-mn-es", trials.STRANGE, ("mn", "es")),
    )
}


def drawing_of_2(facts: CertificateFacts) -> list[dict[str, object]]:
    """Every line as the design of the record places it."""
    page = kit(facts.design_sha256).page(facts, verify=facts.verify_url)
    return [
        {"text": line.text, "face": line.face, "size": line.size, "x": line.x, "baseline": line.y}
        for item in page.items
        if isinstance(item, Text)
        for line in item.lines
    ]


def write_missing_2() -> None:
    for name, facts in RECORDS_2.items():
        path = FOLDER_2 / f"{name}.json"
        if not path.exists():
            record = canonical_json(facts)
            content = {"record": record, "sha256": sha256_of(record), "lines": drawing_of_2(facts)}
            path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_missing()
    write_missing_2()
