"""A verifier of the compact form, written from docs/verification-offline.md alone: it shares no code with us."""

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256


class Refused(Exception):
    """The check that failed."""


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def read(address: str, key_set: str, today: str) -> dict[str, Any]:
    """The facts in an address; raises Refused with the name of the check. `today` is YYYYMMDD."""
    version, kid, payload, signature = address.partition("#")[2].split(".")
    if version != "1":
        raise Refused("form")
    keys = {key["kid"]: key for key in json.loads(key_set)["keys"]}
    if kid not in keys:
        raise Refused("key")
    x, y = (int.from_bytes(_bytes(keys[kid][name]), "big") for name in ("x", "y"))
    raw = _bytes(signature)
    numbers = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    try:
        ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key().verify(
            utils.encode_dss_signature(*numbers), f"1.{kid}.{payload}".encode("ascii"), ec.ECDSA(SHA256())
        )
    except InvalidSignature as problem:
        raise Refused("signature") from problem
    kind, number, code, starts, ends, issued, until, language, title, name, *others = (
        _bytes(payload).decode().split("\n")
    )
    if until and until < today:
        raise Refused("lapsed")
    names = {language: name} | dict(line.split("=", 1) for line in others)
    return {
        "kind": kind,
        "number": number,
        "code": "-".join(code[at : at + 4] for at in range(0, 20, 4)),
        "dates": (starts, ends or starts, issued, until),
        "title": title,
        "names": names,
    }
