"""The words of the scan page and of the page that works without a network, which its script puts in. {n} and the
like are filled in by the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.certificates.rules import CertificateKind
from trainreg.certificates.verifying.words import KINDS

_SCAN: Mapping[str, Any] = {
    "start": _l("Start the camera"),
    "stop": _l("Stop the camera"),
    "denied": _l("The camera was not allowed. Allow it in the browser’s settings, or type the code."),
    "no_camera": _l("No camera was found. Choose a picture, or type the code."),
    "reading": _l("The picture is being read."),
    "no_code": _l("No QR code was found on the picture. Take it from nearer, in good light."),
    "foreign": _l("This code leads elsewhere, to {host}: it is no certificate of this house, and it was not followed."),
    "no_certificate": _l("This code is no certificate of this house."),
}
_OFFLINE: Mapping[str, Any] = {
    "title": _l("Check a certificate without a network"),
    "lede": _l(
        "This page checks the seal of a certificate on your own device. Nothing that you check leaves it, "
        "and no server is asked."
    ),
    "keys_none": _l("No keys are on this device yet. Open this page once with a network."),
    "keys_kept": _l("The keys of this house are on this device, as of {day}."),
    "ready": _l("From now on this page works here without a network."),
    "by_camera": _l("The second QR code of the certificate"),
    "by_camera_hint": _l("It holds what the paper says, sealed. It is the larger of the two codes."),
    "by_text": _l("The text of the second QR code"),
    "by_text_hint": _l("As another reader of codes wrote it down."),
    "by_picture": _l("Or a picture of it"),
    "by_file": _l("The certificate as a PDF file"),
    "by_file_hint": _l("The sealed record that lies inside the file is checked. The file stays on this device."),
    "check": _l("Check"),
    "verdict_good": _l("The seal is genuine. Whether the certificate is still valid is not known without a network."),
    "verdict_listed": _l("The seal is genuine, and the list of {day} says that the certificate is in force."),
    "verdict_out": _l("The seal is genuine, but the certificate is no longer in force."),
    "verdict_expired": _l("The seal is genuine, but the certificate has expired."),
    "verdict_bad": _l("The seal is not genuine. Do not trust this certificate."),
    "verdict_nothing": _l("There is no sealed certificate in this."),
    "checks": _l("What was checked, and what was not"),
    "holds": _l("Holds:"),
    "fails": _l("Does not hold:"),
    "open": _l("Not checked:"),
    "seal_holds": _l("The seal was made with a key of this house over exactly these words."),
    "seal_fails": _l("The seal does not fit what it seals: something was changed."),
    "key_unknown": _l("The seal names a key that is not among the keys of this house, as of {day}."),
    "key_holds": _l("The key was in use and trusted when the keys were fetched, on {day}."),
    "key_fails": _l("The key is marked as one that cannot be trusted."),
    "begun_fails": _l("By the clock of this device it is not valid yet."),
    "time_holds": _l("By the clock of this device it has not expired."),
    "time_none": _l("It has no last day."),
    "time_fails": _l("By the clock of this device it has expired."),
    "state_holds": _l("It was not revoked or replaced by the list of {day}."),
    "state_fails": _l("It was revoked or replaced, by the list of {day}."),
    "state_open": _l("Whether it was revoked or replaced since it was issued: that needs a network."),
    "words_open": _l("Whether paper or page show the same words: compare each line below with them."),
    "says": _l("What the seal says"),
    "name": _l("Name"),
    "certificate": _l("Certificate"),
    "event": _l("Event"),
    "dates": _l("Dates"),
    "issued_by": _l("Issued by"),
    "issued_on": _l("Issued on"),
    "valid_until": _l("Valid until"),
    "number": _l("Register number"),
    "code": _l("Verification code"),
    "language": _l("Language"),
    "online": _l("With a network: read its state of today"),
    "take_along": _l("Take this page along as one file, for machines without any network"),
}


def scan_words() -> dict[str, str]:
    """The words of the camera."""
    return {name: str(words) for name, words in _SCAN.items()}


def offline_words() -> dict[str, str]:
    """Everything that the page without a network says."""
    kinds = {f"kind_{kind.value}": KINDS[kind] for kind in CertificateKind}
    return {name: str(words) for name, words in {**_SCAN, **_OFFLINE, **kinds}.items()}
