"""What is not done with prepared files."""

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Refused


class TooManyFiles(Refused):
    """One account would fill the database."""

    sentence = _l(
        "You have %(count)s prepared files already. Throw one away on the page of prepared files, then ask again."
    )
    status = 429


class NotReady(Refused):
    """It is still being prepared, or was given up."""

    sentence = _l("This file is not ready.")


class FileOver(Refused):
    """Files are kept for a day."""

    sentence = _l("This file was kept for 24 hours and is deleted. Ask for it again.")
    status = 410


class RightGone(Refused):
    """The account held the right when it asked, and holds it no longer."""

    sentence = _l("Your role no longer allows you to have what is in this file.")
    status = 403


class NothingToRepeat(Refused):
    """Only what failed is tried again."""

    sentence = _l("This file did not fail, so there is nothing to try again.")
