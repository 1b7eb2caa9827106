"""The words of the door: those that the app needs without a network, and those of the desk's list of scans."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.checkin.answers import SENTENCES, TITLES
from trainreg.checkin.rules import ScanKind
from trainreg.checkin.service import WALKED_IN
from trainreg.registration.words import STATUS_WORDS

KIND_WORDS: dict[ScanKind, Any] = {
    ScanKind.QR: _l("Pass"),
    ScanKind.NAME: _l("By name"),
    ScanKind.WALK_IN: _l("New at the door"),
    ScanKind.KIOSK: _l("Code on the screen"),
}
# {n} and {time} are filled in by the page.
APP: dict[str, Any] = {
    "state_unknown": _l("Connecting"),
    "state_online": _l("Online"),
    "state_offline": _l("Offline"),
    "state_busy": _l("The server is busy"),
    "state_refused": _l("The server refuses the scans"),
    "state_denied": _l("Not open to your role"),
    "state_signed_out": _l("Signed out"),
    "no_list": _l("No list yet"),
    "list_now": _l("List of this minute"),
    "none_waiting": _l("All sent"),
    "session_auto": _l("By the clock"),
    "no_session": _l("No session is on now"),
    "is_in": _l("Is in"),
    "check_in": _l("Check in"),
    "nobody": _l("Nobody of this name is on the list."),
    "walk_in_kept": _l("Noted. The registration is made as soon as there is a network."),
    "title_kept": _l("Kept"),
    "said_kept": _l("There is no list on this device yet, so this is judged as soon as there is a network."),
    "scan_waits": _l("waits"),
    "scan_sent": _l("sent"),
    "camera_start": _l("Scan with the camera"),
    "camera_stop": _l("Stop the camera"),
    "camera_denied": _l("The camera was not allowed. Allow it in the browser's settings, or type the reference."),
    "camera_none": _l("No camera was found. Use a hand-held reader, or type the reference."),
    "cannot_keep": _l(
        "This browser keeps nothing on the device (a private window, perhaps). Open the page in a usual window, "
        "or take attendance on the desk's list."
    ),
    "insecure": _l("This works only over a secure address (https). Take attendance on the desk's list."),
    "others_refused": _l("The server refuses scans of another event. They stay on this device."),
    "foreign_waits": _l(
        "Scans that somebody else made on this device wait to be sent. They are handed in with your sign-in."
    ),
    "still_signed_in": _l(
        "The list is gone from this device, but you are still signed in. Connect to the network: "
        "signing out is done then."
    ),
    "not_kept": _l("This scan could not be kept on the device. Scan once more, or write the name down."),
    "complete": _l("Complete"),
    "over": _l("The event is over. Its list is gone from this device."),
}


def app_words() -> dict[str, str]:
    """Everything that the app says, in the reader's language."""
    said = {name: str(words) for name, words in APP.items()}
    said |= {
        "list_minutes": _("List %(n)s min old", n="{n}"),
        "list_hours": _("List %(n)s h old", n="{n}"),
        "waiting": _("%(n)s wait to be sent", n="{n}"),
        "already_at": _("Already in at %(time)s.", time="{time}"),
        "counts": _("%(inside)s in, %(missing)s missing", inside="{in}", missing="{missing}"),
        "sign_out_waiting": _(
            "%(n)s scans are not sent yet, and signing out deletes them. Sign out all the same?", n="{n}"
        ),
    }
    said |= {f"title_{outcome.value}": str(words) for outcome, words in TITLES.items()}
    said |= {f"said_{outcome.value}": str(words) for outcome, words in SENTENCES.items()}
    return said | {f"status_{status.value}": str(words) for status, words in STATUS_WORDS.items()}


def reason_words(reason: str) -> str:
    """Why somebody was let in, as it was typed; the door's own reason in the reader's language."""
    return _("New at the door; the desk has yet to confirm") if reason == WALKED_IN else reason
