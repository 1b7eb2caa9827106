"""Forms of a page that draw and say nothing are not read; whatever says a word is, however deep it lies."""

import pytest

from tests.attacks.test_papers import CATALOG, ONE_PAGE, pdf
from trainreg.certificates import reading

FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<<%b/XObject<</A 5 0 R>>>>>>" % FONT
DRAWS, LINE = b"/A Do", b"0 0 m 9 9 l S"


def content(of: bytes, head: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (head, len(of), of)


def form(of: bytes, draws: bytes = b"") -> bytes:
    resources = b"/Resources<<%b%b>>" % (FONT, b"/XObject<</A %b>>" % draws if draws else b"")
    return content(of, b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]" + resources)


def words(*forms: bytes) -> str:
    [text] = reading.texts_of_pages(pdf(CATALOG, ONE_PAGE, PAGE, content(b"BT /F 9 Tf (Bolor) Tj ET " + DRAWS), *forms))
    return " ".join(text.split())


@pytest.mark.parametrize(
    "says", [b"(hidden) Tj", b"[(hid) 0 (den)] TJ", b"(hidden) '", b'0 0 (hidden) "', b"<68696464656e>Tj"]
)
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_word_is_read_at_any_depth(says: bytes, depth: int) -> None:
    above = [form(DRAWS, b"%d 0 R" % (5 + level)) for level in range(1, depth)]
    assert words(*above, form(b"BT /F 9 Tf %b ET" % says)) == "Bolor hidden"


def test_an_ornament_says_nothing() -> None:
    assert words(form(DRAWS, b"6 0 R"), form(LINE)) == "Bolor"


def test_a_form_that_draws_itself_ends() -> None:
    assert words(form(DRAWS, b"5 0 R")) == "Bolor"
