"""What a file says is read back word for word, in the order and the languages in which it was given."""

import contextlib
import unicodedata

import pytest

from tests.certificates.pdf.names import all_names
from tests.certificates.pdf.sheets import ABOUT, certificate, line, several, sheet, spoken
from tests.certificates.pdf.signing import SmallSigner
from tests.certificates.samples import TRAINER
from trainreg.certificates import render
from trainreg.certificates.pdf.contents import NotOurs
from trainreg.certificates.pdf.cuts import cut
from trainreg.certificates.pdf.faces import chain, setting
from trainreg.certificates.pdf.imposition import four_up
from trainreg.certificates.pdf.page import Tag
from trainreg.certificates.pdf.reading import Said, said
from trainreg.certificates.pdf.writer import draw


def test_a_certificate_says_its_lines_in_their_order() -> None:
    told = said(draw([certificate()], about=ABOUT, signer=SmallSigner()))

    assert told[0] == Said("Certificate of Training", "en", Tag.HEADING)
    assert told[4] == Said("Батбаярын Энхтуяа", "mn", Tag.PARAGRAPH)
    assert told[6].text == "Training for trainers on labour migration and counter trafficking"
    assert told[-1].text == "Register number MN-2012/0001"


@pytest.mark.parametrize("face", ["serif", "sans-bold"])
def test_every_name_is_said_as_it_was_given(face: str) -> None:
    names = [unicodedata.normalize("NFC", name) for _, name in all_names()]
    page = sheet(*(spoken(line(name, 10, face=face), language="mul") for name in names))

    assert [one.text for one in said(draw([page], about=ABOUT))] == names


def test_threads_that_open_a_typeface_at_once_draw_what_reads_back() -> None:
    """Each may have come to an object of its own, and lines that were set with either are kept."""
    page = sheet(spoken(line("Set by the first", 20)), spoken(line("quick zebra by another", 30)))
    setting("Set by the first", "serif")
    cut.cache_clear()
    chain.cache_clear()
    setting("quick zebra by another", "serif")

    assert [one.text for one in said(draw([page], about=ABOUT))] == ["Set by the first", "quick zebra by another"]


@pytest.mark.parametrize("middle", ["शर्मा", "محمد", "Bold", "x̄y̋"])
def test_lines_of_one_paragraph_are_parted_by_a_space_whatever_their_script(middle: str) -> None:
    paragraph = spoken(*(line(text, 20 + 6 * count) for count, text in enumerate(["Dr.", middle, "Батбаяр"])))

    assert [one.text for one in said(draw([sheet(paragraph)], about=ABOUT))] == [f"Dr. {middle} Батбаяр"]


def test_pages_are_said_one_after_the_other_on_larger_sheets_too() -> None:
    pages = several(6)
    alone, together = (said(draw(given, about=ABOUT)) for given in (pages, four_up(pages)))

    assert alone == together
    assert [one.text for one in alone if "Register" in one.text] == [
        f"Register number MN-2012/000{number}" for number in range(6)
    ]


def test_other_bytes_are_not_ours_whatever_they_are() -> None:
    ours = draw([certificate()], about=ABOUT, signer=SmallSigner())
    others = [b"", b"%PDF-1.7", b"startxref\n9\n%%EOF", render.draw(TRAINER), ours[:-20], ours[:9000] + ours[-2000:]]

    for content in others:
        with pytest.raises(NotOurs):
            said(content)


def test_a_file_with_bytes_changed_is_read_or_not_ours_and_never_an_accident() -> None:
    ours = draw([certificate()], about=ABOUT)
    for place in range(0, len(ours), 97):
        changed = bytearray(ours)
        changed[place] ^= 0x55
        with contextlib.suppress(NotOurs):
            said(bytes(changed))
