"""What cannot be said of a publication, its copies and its files."""

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid, Refused


class WrongCopies(Invalid):
    """Copies are a plain number of them."""

    sentence = _l("Enter a number of copies between 1 and ten million.")
    field = "copies"


class WrongPublicationDay(Invalid):
    """A year nothing was published in."""

    sentence = _l("Check the year: this day lies too far away.")
    field = "published_on"


class NoPublicAddress(Invalid):
    """Readers elsewhere could not open it."""

    sentence = _l("This is not a public address of the web. It should look like https://example.org/handbook.pdf.")
    field = "web_address"


class NotYet(Invalid):
    """What is planned is not yet printed or handed out."""

    sentence = _l("This day is still to come. Enter it when it has happened.")
    field = "day"


class BeforePublished(Invalid):
    """Copies are handed out when there is something to hand out."""

    sentence = _l("The publication came out on %(day)s. Copies cannot have been handed out before.")
    field = "day"


class OutcomeOfAnother(Invalid):
    """A publication serves an outcome of its own project."""

    sentence = _l("Choose an outcome of this project.")
    field = "outcome"


class UnknownLanguage(Invalid):
    """Not a language that publications are printed in here."""

    sentence = _l("Choose one of the languages on the list.")
    field = "translated_into"


class NoRecipient(Invalid):
    """Nobody is named."""

    sentence = _l("Say who received the copies: an agency, an event, or in words.")
    field = "agency"


class TwoRecipients(Invalid):
    """The same copies went to one of them."""

    sentence = _l("Choose the agency or the event, not both. Copies for both are two entries.")
    field = "event"


class EventOfAnother(Invalid):
    """Copies are handed out at events of the same project."""

    sentence = _l("Choose an event of this project.")
    field = "event"


class MoreThanPrinted(Invalid):
    """More copies than there are."""

    sentence = _l("Only %(left)s copies are left of those printed. If more were printed, enter that first.")
    field = "copies"


class FewerThanHanded(Refused):
    """A print run that is smaller, or gone, leaves less than was handed out."""

    sentence = _l("%(handed)s copies were handed out: fewer cannot have been printed.")
    field = "copies"


class BadEvidence(Invalid):
    """Not a file that is taken."""

    sentence = _l("Send a PDF, Word, PNG or JPEG file of at most %(most)s MB.")
    field = "file"


class SameEvidence(Refused):
    """The very same file is kept already."""

    sentence = _l("This very file is kept here already.")
    field = "file"


class ManyFiles(Refused):
    """A bound on what one publication keeps."""

    sentence = _l("A publication keeps %(most)s files at most. Delete one first.")
    field = "file"
