"""Are the private keys there, for the service alone, and good for a while yet?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from trainreg.certificates.keys import files, x509
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.keys.queries import list_keys
from trainreg.kernel import clock

_SOON = timedelta(days=90)
REMINDER = "A backup of this installation must hold the folder keys/: without it no certificate can be signed."


def look_at_keys() -> Iterator[tuple[bool, str]]:
    """Each thing looked at: whether it is good, and a sentence."""
    known = list_keys()
    place = files.folder()
    if not known:
        yield True, "There is no key yet: the first certificate makes it."
        return
    if place.is_dir():
        mode = files.open_to_others(place)
        yield (
            mode is None,
            "The folder keys/ is its owner's alone." if mode is None else _open("The folder keys/", mode),
        )
    for key in known:
        if key.lost_at is None and key.compromised_since is None:
            yield from _look_at(key)
    strangers = sorted({path.stem for path in place.glob("*.pem")} - {key.kid for key in known})
    if strangers:
        yield False, f"Files in keys/ that no key of the database knows: {', '.join(strangers)}."
    yield True, REMINDER


def _look_at(key: SigningKey) -> Iterator[tuple[bool, str]]:
    path = files.path_of(key.kid)
    if not path.is_file():
        yield False, f"The private key {key.kid} is not in keys/: put it back from the backup, or see docs/keys.md."
        return
    mode = files.open_to_others(path)
    yield mode is None, f"The private key {key.kid} is its owner's alone." if mode is None else _open(key.kid, mode)
    end = x509.chain_from_pem(key.certificate_chain)[0].not_valid_after_utc
    if key.is_current and end < clock.now() + _SOON:
        yield False, f"The certificate of key {key.kid} ends on {end:%Y-%m-%d}: bring in or make a new key before."


def _open(what: str, mode: int) -> str:
    return f"{what} is open to others than its owner (mode {mode:o}): chmod go= it."
