"""Files made to do harm: they get a sentence, quickly, and nothing is unpacked or fetched."""

import time
from pathlib import Path

import pytest

from tests.iati.sample import NOW, SOUND, verdict_of
from trainreg.iati.validator import check

pytestmark = pytest.mark.usefixtures("session")
BILLION = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><iati-activities>&j;</iati-activities>"
)


def sentence(data: str | bytes) -> str:
    started = time.perf_counter()
    verdict = verdict_of(data)
    assert time.perf_counter() - started < 5
    assert not verdict.is_valid
    return str(verdict.findings[0])


@pytest.mark.parametrize("head", ["", '<?xml version="1.0"?>\n', "\ufeff"])
def test_entities_are_refused(head: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    own = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]><iati-activities>&s;</iati-activities>'
    far = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><iati-activities/>'
    parameter = f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]><iati-activities/>'
    for text in (own, far, parameter, BILLION):
        assert "document type" in sentence(head + text)
        assert "the secret" not in sentence(head + text)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-7"])
def test_no_other_encoding_hides_them(encoding: str) -> None:
    told = sentence(f'<?xml version="1.0" encoding="{encoding}"?>{BILLION}'.encode(encoding))
    assert "UTF-8" in told or "no XML" in told or "document type" in told


def test_what_a_file_says_of_its_encoding_is_not_believed() -> None:
    assert verdict_of(SOUND.replace('encoding="UTF-8"', 'encoding="utf-7"')).is_valid
    assert "document type" in sentence(f'<?xml version="1.0" encoding="cp037"?>{BILLION}')


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"\x89PNG\r\n\x1a\n", "not written in UTF-8"),
        (b"PK\x03\x04\x00\x00", "not written in UTF-8"),
        ("just words", "no XML: something goes wrong in line 1"),
        ("<iati-activities>\n<a>\n</iati-activities>", "in line 3"),
        ("<html/>", "begins with html"),
        ("<iati-organisations version='2.03'/>", "begins with iati-organisations"),
        ("<a>" * 300 + "</a>" * 300, "no XML"),
        ("<iati-activities " + " ".join(f'a{n}="1"' for n in range(20_000)) + "/>", ""),
    ],
)
def test_what_is_no_activity_gets_a_sentence(data: str | bytes, words: str) -> None:
    assert words in sentence(data)


def test_a_huge_file_is_not_read() -> None:
    verdict = check(b"<" * 2_000_001, now=NOW, largest=2_000_000)
    assert "larger than 1 MB" in str(verdict.findings[0])


def test_values_do_not_become_paths() -> None:
    """A vocabulary with a quotation mark in it is a value, whatever a rule puts it into."""
    hostile = "']|//*|x['"
    changed = SOUND.replace('<sector vocabulary="1" code="15190"', f'<sector vocabulary="{hostile}" code="1"')
    assert any("SectorVocabulary" in one.rule for one in verdict_of(changed).findings)


def test_many_vocabularies_do_not_take_for_ever() -> None:
    sectors = "".join(f'<sector vocabulary="v{n}" code="1" percentage="1"/>' for n in range(5_000))
    assert sentence(SOUND.replace('<sector vocabulary="1" code="15190" percentage="60"/>', sectors))
