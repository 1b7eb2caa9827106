"""Badges: drawn for every kind, language and length of words, with the credential baked in as the standard says."""

import io
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from defusedxml import ElementTree
from openbadgeslib import baking as judge
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from tests.certificates.credentials.samples import HELD, LONG, new_key
from trainreg.certificates.credentials.badge_words import EVENTS
from trainreg.certificates.credentials.badges import SIDE, Words, badge_of
from trainreg.certificates.credentials.baking import NAMESPACE, as_png, as_svg
from trainreg.certificates.credentials.build import jwt_of
from trainreg.certificates.rules import CertificateKind
from trainreg.events.rules import EventKind

TOKEN = jwt_of(HELD, new_key())


def test_the_credential_is_in_the_picture_as_the_standard_says() -> None:
    picture = Image.open(io.BytesIO(as_png(badge_of(HELD), TOKEN)))
    assert isinstance(picture, PngImageFile) and picture.size == (SIDE, SIDE)
    assert picture.text == {"openbadgecredential": TOKEN}
    root = ElementTree.fromstring(as_svg(badge_of(HELD), TOKEN))
    (baked,) = root.iter(f"{{{NAMESPACE}}}credential")
    assert baked.get("verify") == TOKEN and not baked.text


def test_a_judge_finds_it() -> None:
    assert judge.extract_png(as_png(badge_of(HELD), TOKEN), keyword=judge.ITXT_KEYWORD_OB3) == TOKEN
    assert judge.extract_svg(as_svg(badge_of(HELD), TOKEN), element=judge.SVG_ELEMENT_OB3) == TOKEN


def test_without_a_token_nothing_is_baked() -> None:
    assert Image.open(io.BytesIO(as_png(badge_of(HELD)))).info.get("openbadgecredential") is None
    assert b"credential" not in as_svg(badge_of(HELD)).replace(NAMESPACE.encode(), b"")


def test_the_same_badge_gives_the_same_bytes_and_is_small() -> None:
    badge = badge_of(HELD)
    assert as_png(badge, TOKEN) == as_png(badge_of(HELD), TOKEN)
    assert len(as_png(badge, TOKEN)) < 60_000 and len(as_svg(badge, TOKEN)) < 60_000


@pytest.mark.parametrize(("kind", "language"), list(product(CertificateKind, EVENTS)))
def test_all_words_stay_inside_the_seal(kind: CertificateKind, language: str) -> None:
    for event in EventKind:
        facts = replace(
            LONG, kind=kind, event_kind=event.value, languages=(language,), names={language: "X"},
            organisation={language: "International Organization for Migration, Mission in Mongolia"},
        )  # fmt: skip
        words = [one for one in badge_of(facts).shapes if isinstance(one, Words)]
        assert {"2013"} < {one.text for one in words}
        for one in words:
            assert one.size >= 10
            for y in (one.baseline - one.size, one.baseline):
                assert (one.width / 2) ** 2 + (y - SIDE / 2) ** 2 < 176**2, one.text


def test_words_are_escaped_and_letters_without_a_typeface_left_out() -> None:
    root = ElementTree.fromstring(as_svg(badge_of(replace(HELD, organisation={"en": 'A & B <"Co">', "mn": "А"}))))
    assert 'A & B <"Co">' in [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "王" not in "".join(one.text for one in badge_of(replace(HELD, organisation={"en": "王"})).shapes
                              if isinstance(one, Words))  # fmt: skip


def test_every_kind_of_event_has_its_word() -> None:
    for language, words in EVENTS.items():
        assert set(words) == {kind.value for kind in EventKind}, language


def test_what_is_drawn_is_not_blank(tmp_path: Path) -> None:
    picture = Image.open(io.BytesIO(as_png(badge_of(HELD)))).convert("RGBA")
    assert picture.getpixel((2, 2))[3] == 0, "outside the seal it is clear"  # type: ignore[index]
    assert picture.getpixel((SIDE // 2, 228))[:3] != (255, 255, 255)  # type: ignore[index]
    assert len(picture.getcolors(100_000) or []) > 20
