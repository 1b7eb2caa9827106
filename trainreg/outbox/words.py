"""How states and failures of messages read."""

from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.outbox.models import Failure, Message, MessageStatus

STATUS_WORDS: dict[MessageStatus, Any] = {
    MessageStatus.WAITING: _l("Waiting"),
    MessageStatus.SENT: _l("Sent"),
    MessageStatus.GAVE_UP: _l("Given up"),
}
FAILURE_WORDS: dict[Failure, Any] = {
    Failure.NO_MAIL: _l("The address or the subject cannot stand in a mail. Check the address."),
    Failure.NO_SUCH_RECIPIENT: _l("The mail server of the recipient does not know this address. Check its spelling."),
    Failure.RECIPIENT_BUSY: _l("The mail server of the recipient asked us to come again later."),
    Failure.REFUSED: _l("The mail server refused the message, perhaps as unwanted mail."),
    Failure.PUT_OFF: _l("The mail server could not take the message and asked us to come again later."),
    Failure.SENDER_REFUSED: _l("The mail server does not let this installation send. Tell the administrator."),
    Failure.TOO_SLOW: _l("The mail server did not answer in time."),
    Failure.CUT_OFF: _l("The connection broke while the message was handed over."),
    Failure.SERVER_AWAY: _l("The mail server could not be reached."),
    Failure.NOT_LET_IN: _l("The mail server refused our name and password. Tell the administrator."),
}
UNKNOWN_FAILURE = _l("The message could not be handed to the mail server.")


def failure_sentence(message: Message) -> Any:
    """Why the last try failed, for a reader who is no technician; empty where none did."""
    if message.failure is not None:
        return FAILURE_WORDS[message.failure]
    return UNKNOWN_FAILURE if message.last_error else ""
