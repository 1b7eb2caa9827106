"""What issuing refuses, each with its sentence."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Refused


class NotNow(Refused):
    """A round that is over takes no orders."""

    sentence = _l("This round is over, or stands differently now. Reload the page to see how.")


class NothingChosen(Refused):
    """A selection of nobody."""

    sentence = _l("Tick at least one person.")


class NoneOfThese(Refused):
    """Those ticked hold nothing that could be taken back."""

    sentence = _l("None of those ticked holds a paper to which this can be done.")


class BeginsLater(Refused):
    """Papers are prepared before the last day; afterwards certificates are issued."""

    sentence = _l("The event is over, so there is nothing to prepare: issue the certificates instead.")


class NotOverYet(Refused):
    """Papers are voided once it is certain who did not earn them."""

    sentence = _l("The event is not over yet: who has not earned the paper is certain after its last session.")


class NothingChanges(Refused):
    """A correction that would say the same."""

    sentence = _l("The new edition would say the same as this one. Correct the record first.")


class NoNames(Refused):
    """A paper carries a name in each of its languages."""

    sentence = _l("Enter the name in each language of the certificate.")


class NotOfTheScript(Refused):
    """What stands in the line of traditional Mongolian is written in another script."""

    sentence = _l("This does not belong to traditional Mongolian script: %(characters)s.")


class HolderErased(Refused):
    """Who was forgotten cannot be printed again."""

    sentence = _l("This person asked to be forgotten, so no new edition can be printed.")


class CannotBeDrawn(Refused):
    """The new edition cannot be drawn; `sentences` name the characters."""

    sentence = _l("The new edition cannot be printed: %(why)s")


class NotLapsing(Refused):
    """Only what lapses can be renewed, and only in its last days or after."""

    sentence = _l("This certificate cannot be renewed: it does not lapse soon, or it was replaced or revoked.")
