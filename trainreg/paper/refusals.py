"""What cannot be done with paper."""

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid, Refused


class NothingToSign(Invalid):
    """The sessions or the day chosen are not of this event, or not planned."""

    sentence = _l("Choose a session, or a day with two to four sessions.")
    field = "what"


class NobodyToPrint(Refused):
    """Badges are printed for confirmed people."""

    sentence = _l("Nobody is chosen, or nobody chosen is confirmed.")


class BadScan(Invalid):
    """The file is not what a scanner makes."""

    sentence = _l("Send a PDF, PNG or JPEG file of at most %(most)s MB.")
    field = "file"


class WrongSheet(Invalid):
    """The code on the paper names another event's sheet."""

    sentence = _l("The code on this page names a sheet of another event. The file was not kept.")
    field = "file"


class WhichSession(Invalid):
    """The scan does not say of which session of the event it is, and nobody did."""

    sentence = _l(
        "The code in this file could not be read, or its session was removed. Choose the session it belongs to."
    )
    field = "session"


class OtherSession(Invalid):
    """The paper and whoever sends it say different sessions."""

    sentence = _l("The code on this page says another session than the one chosen. The file was not kept.")
    field = "session"


class NoSessionLeft(Refused):
    """What the sheet was printed for was removed from the event."""

    sentence = _l("No session of this sheet is left in the event, so it cannot be drawn.")


class NoBlankRow(Refused):
    """Others took the last blank row."""

    sentence = _l("There is no blank row left on this sheet.")


class SentBefore(Refused):
    """The same file is kept with this session already."""

    sentence = _l("This very file is kept with the session already.")
