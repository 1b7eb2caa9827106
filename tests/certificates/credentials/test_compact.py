"""The second QR code: short enough, read back by a verifier that shares no code with us, and not to be altered."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
import segno
import zxingcpp
from PIL import Image

from tests.certificates.credentials.reference import Refused, read
from tests.certificates.credentials.samples import HELD, LAPSED, LONG, at, new_key
from trainreg.certificates.credentials.compact import ENOUGH, compact_of
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.keys.jose import CredentialKey, jwk_of

TODAY = "20261128"
PAPER = 30  # millimetres: the side of the code with its quiet zone
HOST = "https://training-registration.some-ministry.gov.mn"
SAMPLES = [HELD, LONG, at(HOST), at(HOST, LONG), replace(LONG, languages=("mn",), names={"mn": LONG.names["mn"]})]


def keys_of(*keys: CredentialKey) -> str:
    return json.dumps({"keys": [jwk_of(key.kid, key.key.public_key()) for key in keys]})


def test_it_says_what_the_paper_says() -> None:
    key = new_key()
    told = read(compact_of(HELD, key), keys_of(new_key(), key), TODAY)
    assert told == {
        "kind": "T",
        "number": "MN-2012/0001",
        "code": HELD.code,
        "dates": ("20130312", "20130314", "20261120", ""),
        "title": "Training for trainers",
        "names": HELD.names,
    }


def test_the_same_facts_and_key_give_the_same_address() -> None:
    key = new_key()
    assert compact_of(HELD, key) == compact_of(HELD, key)
    assert compact_of(HELD, key).startswith("https://training.example.org/v/offline#1.")


@pytest.mark.parametrize("facts", SAMPLES, ids=["usual", "long", "long host", "long both", "long Mongolian"])
def test_it_is_short_and_the_name_is_whole(facts: CertificateFacts) -> None:
    key = new_key()
    address = compact_of(facts, key)
    # A hundred Cyrillic letters, each two bytes, are more than the rest together: then only the name stays whole.
    assert len(address) <= (ENOUGH if "en" in facts.languages else 1.2 * ENOUGH)
    language = "en" if "en" in facts.languages else "mn"
    told = read(address, keys_of(key), TODAY)
    assert told["names"][language] == facts.names[language]
    title = facts.event_title[language]
    assert told["title"] == title or (told["title"].endswith("…") and title.startswith(told["title"][:-1]))


@pytest.mark.parametrize("facts", SAMPLES, ids=["usual", "long", "long host", "long both", "long Mongolian"])
def test_a_camera_reads_it_in_thirty_millimetres(facts: CertificateFacts) -> None:
    """Modules of a third of a millimetre at least; read from a scan of 200 dots per inch."""
    address = compact_of(facts, new_key())
    code = segno.make_qr(address, error="l", boost_error=False)
    modules = code.symbol_size(border=4)[0]
    assert PAPER / modules > 0.33
    drawn = io.BytesIO()
    code.save(drawn, kind="png", scale=8)
    drawn.seek(0)
    dots = round(PAPER / 25.4 * 200)
    (found,) = zxingcpp.read_barcodes(Image.open(drawn).convert("L").resize((dots, dots), Image.Resampling.BICUBIC))
    assert found.text == address


def test_nothing_in_it_can_be_changed() -> None:
    key = new_key()
    address, keys = compact_of(HELD, key), keys_of(key)
    start = address.index("#1.") + 3
    for place in range(start, len(address) - 1):
        other = address[:place] + ("A" if address[place] != "A" else "B") + address[place + 1 :]
        with pytest.raises((Refused, ValueError)):
            read(other, keys, TODAY)


def test_another_key_or_a_lapsed_certificate_is_refused() -> None:
    key = new_key()
    with pytest.raises(Refused, match="key"):
        read(compact_of(HELD, key), keys_of(new_key()), TODAY)
    with pytest.raises(Refused, match="lapsed"):
        read(compact_of(LAPSED, key), keys_of(key), TODAY)


def test_a_name_longer_than_all_the_rest_is_still_whole() -> None:
    key, name = new_key(), "Ө" * 180
    facts: Any = replace(HELD, languages=("mn",), names={"mn": name})
    assert read(compact_of(facts, key), keys_of(key), TODAY)["names"] == {"mn": name}
