"""Why an import is not done."""

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid, Refused


class NoFile(Invalid):
    """The button was pressed without a file."""

    sentence = _l("Choose a file first.")
    field = "file"


class ColumnMissing(Invalid):
    """A field that every row needs is no column of the file."""

    sentence = _l("No column is said to be: %(fields)s.")


class ColumnTwice(Invalid):
    """Two columns cannot be the same field."""

    sentence = _l("Two columns are said to be: %(what)s.")


class UnknownColumn(Invalid):
    """A field that this kind does not have."""

    sentence = _l("The columns did not arrive whole. Reload the page and try again.")
    status = 400


class NotReady(Refused):
    """Somebody else, or the worker, is at it."""

    sentence = _l("This import is at another step by now. Reload the page to see where it stands.")


class RowsStandInTheWay(Refused):
    """Errors, or questions that nobody answered."""

    sentence = _l("%(errors)d rows have errors and %(questions)d questions are open, so nothing was written.")


class NothingToWrite(Refused):
    """Everything is known already."""

    sentence = _l("Everything in this file is known already: there is nothing to write.")
