"""Files are what their content says."""

import pytest

from tests.questions.asking import PDF, docx, jpeg, png
from trainreg.questions.uploads import LARGEST, BadFile, FileKind, FileProblem, judged


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(PDF, FileKind.PDF, id="pdf"),
        pytest.param(png(800, 600), FileKind.PNG, id="png"),
        pytest.param(jpeg(800, 600), FileKind.JPEG, id="jpeg"),
        pytest.param(docx(), FileKind.DOCX, id="docx"),
    ],
)
@pytest.mark.parametrize("name", ["letter.exe", "letter", "C:\\Users\\x\\letter.pdf", "../../letter.html"])
def test_the_content_decides_and_the_name_follows(content: bytes, kind: FileKind, name: str) -> None:
    upload = judged(name, content)
    assert (upload.kind, upload.name) == (kind, f"letter.{kind.value}")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"", FileProblem.EMPTY, id="nothing"),
        pytest.param(b"x", FileProblem.UNKNOWN, id="one letter"),
        pytest.param(b"MZ\x90\x00" + b"\x00" * 100, FileProblem.UNKNOWN, id="a program"),
        pytest.param(b"<html><script>alert(1)</script>", FileProblem.UNKNOWN, id="a page"),
        pytest.param(b"<html>%PDF-1.7", FileProblem.UNKNOWN, id="a page saying PDF"),
        pytest.param(b"GIF89a" + b"\x00" * 20, FileProblem.UNKNOWN, id="a GIF"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileProblem.UNKNOWN, id="an SVG"),
        pytest.param(b"\xff\xd8\xff", FileProblem.UNKNOWN, id="three bytes of a JPEG"),
        pytest.param(b"\xff\xd8\xff\xe0\xff\xff" + b"\x00" * 50, FileProblem.UNKNOWN, id="a JPEG cut short"),
        pytest.param(b"\x89PNG\r\n\x1a\n", FileProblem.UNKNOWN, id="a PNG cut short"),
        pytest.param(png(0, 10), FileProblem.UNKNOWN, id="a PNG without width"),
        pytest.param(png(60_000, 60_000), FileProblem.TOO_WIDE, id="a PNG of 60,000"),
        pytest.param(png(12_001, 1), FileProblem.TOO_WIDE, id="a PNG of 12,001"),
        pytest.param(jpeg(11_000, 11_000), FileProblem.TOO_WIDE, id="a JPEG of 11,000"),
        pytest.param(docx("[Content_Types].xml", "xl/workbook.xml"), FileProblem.UNKNOWN, id="a workbook"),
        pytest.param(
            docx("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            FileProblem.UNKNOWN,
            id="a document with macros",
        ),
        pytest.param(docx()[:60], FileProblem.UNKNOWN, id="a document cut short"),
        pytest.param(PDF + b"0" * LARGEST, FileProblem.TOO_LARGE, id="too large"),
    ],
)
def test_what_is_not_taken(content: bytes, problem: FileProblem) -> None:
    with pytest.raises(BadFile) as caught:
        judged("letter.pdf", content)
    assert caught.value.problem is problem


@pytest.mark.parametrize(
    "name", [None, "", "...", ".pdf", "\u202egnp.exe", "a\r\nSet-Cookie: x.pdf", "\x00.pdf", "x" * 300]
)
def test_a_name_that_cannot_be_shown_is_replaced(name: str | None) -> None:
    shown = judged(name, PDF).name
    assert shown.endswith(".pdf") and len(shown) <= 120
    assert all(character.isprintable() for character in shown) and "\u202e" not in shown
