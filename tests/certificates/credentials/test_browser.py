"""`static/js/credential.js` in a real browser: the compact form, the token, and the token inside a PDF."""

import base64
import json
import zlib

import pytest
from playwright.sync_api import Page

from tests.certificates.credentials.browsing import call, outcomes
from tests.certificates.credentials.samples import HELD, LAPSED, LAPSING, LONG, new_key
from trainreg.certificates.credentials.build import credential_of, jwt_of, token_of
from trainreg.certificates.credentials.compact import compact_of
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.keys.jose import CredentialKey, base64url, jwk_of

pytestmark = pytest.mark.slow
KEY = new_key()
KEYS = {"keys": [jwk_of(key.kid, key.key.public_key()) for key in (new_key(), KEY)]}


def pdf_with(token: bytes, *, packed: bool, indirect: bool = False) -> dict[str, str]:
    """Something like a PDF with an embedded file, and with other streams before and behind it."""
    content = zlib.compress(token) if packed else token
    length = b"9 0 R" if indirect else str(len(content)).encode()
    filters = b"/Filter /FlateDecode " if packed else b""
    parts = [
        b"%PDF-1.7\n%\xe9\xeb\n1 0 obj\n<< /Length 6 >>\nstream\n\x00\x01eyJ.\nendstream\nendobj\n",
        b"2 0 obj\n<< /Type /EmbeddedFile " + filters + b"/Subtype /application#2Fjwt /Length " + length + b" >>\n",
        b"stream\n" + content + b"\nendstream\nendobj\n9 0 obj\n" + str(len(content)).encode() + b"\nendobj\n",
    ]
    return {"base64": base64.b64encode(b"".join(parts)).decode()}


@pytest.mark.parametrize("facts", [HELD, LAPSING, LONG], ids=["usual", "lapsing", "long"])
def test_the_second_code_is_read_and_its_checks_are_named(page: Page, facts: CertificateFacts) -> None:
    address = compact_of(facts, KEY)
    result = call(page, "verifyCompact", "#" + address.partition("#")[2], KEYS)
    assert outcomes(result) == dict.fromkeys(("form", "key_known", "key_trusted", "signature", "not_lapsed"), True)
    told = result["facts"]
    assert (told["kind"], told["number"], told["name"]) == (facts.kind.value, facts.register_number, facts.names["en"])
    assert (told["startsOn"], told["endsOn"]) == (facts.starts_on.isoformat(), facts.ends_on.isoformat())
    assert told["validUntil"] == (facts.valid_until.isoformat() if facts.valid_until else None)
    assert told["code"] == facts.code and told["stateAt"] == f"/v/{facts.code}" and told["kid"] == KEY.kid
    assert call(page, "verifyCompact", address, KEYS) == result, "the whole address does as well"


def test_names_in_other_scripts_are_whole(page: Page) -> None:
    told = call(page, "verifyCompact", compact_of(HELD, KEY), KEYS)["facts"]
    assert told["names"] == HELD.names


def test_the_token_is_read_and_its_checks_are_named(page: Page) -> None:
    result = call(page, "verifyJwt", jwt_of(LAPSING, KEY), KEYS)
    names = ("form", "key_known", "key_trusted", "signature", "claims", "begun", "not_lapsed")
    assert outcomes(result) == dict.fromkeys(names, True)
    told = result["facts"]
    assert told["names"] == ["Batbayar Enkhtuya", "Батбаярын Энхтуяа"]
    assert (told["number"], told["validUntil"], told["issuedOn"]) == ("MN-2012/0001", "2099-12-31", "2026-11-20")
    assert told["stateAt"] == HELD.verify_url and told["status"]["statusListIndex"] == "94567"
    assert result["credential"]["id"] == f"{HELD.verify_url}/credential"


@pytest.mark.parametrize("name", ["verifyCompact", "verifyJwt"])
def test_what_does_not_hold_is_told_and_nothing_behind_it(page: Page, name: str) -> None:
    def made(facts: CertificateFacts, key: CredentialKey = KEY) -> str:
        return compact_of(facts, key) if name == "verifyCompact" else jwt_of(facts, key)

    right = made(HELD)
    start, end = right[:-10], right[-10:]
    for text, keys, failing in (
        ("nonsense", KEYS, "form"),
        ("", KEYS, "form"),
        (right.replace(".", ".!"), KEYS, "form"),
        (right, {"keys": []}, "key_known"),
        (made(HELD, new_key()), KEYS, "key_known"),
        (right, {"keys": [], "compromised": [{"kid": KEY.kid}]}, "key_trusted"),
        (start + ("A" if end[0] != "A" else "B") + end[1:], KEYS, "signature"),
        (made(HELD, CredentialKey(KEY.kid, new_key().key)), KEYS, "signature"),
        (made(LAPSED), KEYS, "not_lapsed"),
    ):
        result = call(page, name, text, keys)
        checks = outcomes(result)
        assert [check for check, held in checks.items() if not held] == [failing], text
        assert list(checks)[-1] == failing
        assert (result["facts"] is None) == (failing != "not_lapsed")


def test_a_token_whose_claims_are_not_its_credentials_is_told(page: Page) -> None:
    credential = credential_of(LAPSING)
    for changes in ({"issuer": credential["issuer"] | {"id": "did:web:elsewhere.example"}}, {"vc": {}}, {"exp": 1}):
        token = token_of(credential, KEY)
        head, payload, _signature = token.split(".")
        told = json.loads(base64.urlsafe_b64decode(payload + "==")) | changes
        signed = f"{head}.{base64url(json.dumps(told).encode())}"
        result = call(page, "verifyJwt", f"{signed}.{base64url(KEY.sign(signed.encode()))}", KEYS)
        assert outcomes(result)["signature"] and not outcomes(result)["claims"], changes


def test_another_algorithm_or_an_own_key_is_not_taken(page: Page) -> None:
    _head, payload, signature = jwt_of(HELD, KEY).split(".")
    for header in ({"alg": "none"}, {"alg": "HS256"}, {"alg": "ES256", "crit": ["b64"]}, {"alg": "ES256", "jwk": {}}):
        kid = {} if "jwk" in header else {"kid": f"did:web:training.example.org#{KEY.kid}"}
        head = base64url(json.dumps(header | kid).encode())
        assert outcomes(call(page, "verifyJwt", f"{head}.{payload}.{signature}", KEYS)) == {"form": False}


@pytest.mark.parametrize(("packed", "indirect"), [(True, False), (False, False), (True, True), (False, True)])
def test_the_token_is_found_in_a_pdf(page: Page, packed: bool, indirect: bool) -> None:
    token = jwt_of(HELD, KEY)
    assert call(page, "credentialInPdf", pdf_with(token.encode(), packed=packed, indirect=indirect)) == token


def test_a_pdf_without_one_or_with_a_bomb_gives_nothing(page: Page) -> None:
    for content in (b"", b"%PDF-1.7\n%%EOF", b"\x00" * 1000, b"stream\n" * 1000):
        assert call(page, "credentialInPdf", {"base64": base64.b64encode(content).decode()}) is None
    assert call(page, "credentialInPdf", pdf_with(b"no token", packed=True)) is None
    assert call(page, "credentialInPdf", pdf_with(b"eyJ" + b"A" * 50_000_000, packed=True)) is None
