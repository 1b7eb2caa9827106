"""Why a spreadsheet is not read: each refusal names the row and the column where it can."""

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid


class BadSheet(Invalid):
    """The base: the file cannot be read as the rows of one table."""

    sentence = _l("This file cannot be read.")
    field = "file"


class EmptySheet(BadSheet):
    """No bytes, or nothing but empty cells."""

    sentence = _l("This file is empty.")


class NoRows(BadSheet):
    """A heading without anything below it."""

    sentence = _l("There is a heading in row %(row)d, and nothing below it.")


class SheetTooLarge(BadSheet):
    """More bytes than are read."""

    sentence = _l("This file is larger than %(megabytes)d MB. Split it, or leave out pictures.")
    status = 413


class TooManyRows(BadSheet):
    """More rows than one import takes."""

    sentence = _l("This table has more than %(most)d rows, counted with empty ones. Split it into several files.")


class TooManyColumns(BadSheet):
    """More columns than any of our tables."""

    sentence = _l("Row %(row)d goes beyond column %(column)s: a table has at most %(most)d columns.")


class CellTooLong(BadSheet):
    """More text than any cell of ours."""

    sentence = _l("Row %(row)d, column %(column)s: more than %(most)d characters in one cell.")


class SpreadsheetBomb(BadSheet):
    """A small file that would unpack into a very large one."""

    sentence = _l(
        "Unpacked, this file would be larger than %(megabytes)d MB, so it was not opened. "
        "Copy the table alone into a new spreadsheet."
    )


class WrongKind(BadSheet):
    """Not a spreadsheet, whatever its name says."""

    sentence = _l("This is not a spreadsheet that can be read. Save it as XLSX, or as CSV.")


class OldSpreadsheet(BadSheet):
    """Excel before 2007, or a file that asks for a password: from outside they look alike."""

    sentence = _l("This is a spreadsheet in the old XLS form, or locked with a password. Save it as XLSX without one.")


class BrokenSheet(BadSheet):
    """A spreadsheet by its first bytes, and damaged further on."""

    sentence = _l("This spreadsheet is damaged. Open it, save it again as XLSX and send that.")


class BrokenQuotes(BadSheet):
    """A quotation mark that never ends, or text after the end of one."""

    sentence = _l("Row %(row)d: the quotation marks in this row do not fit together.")


class MixedEncodings(BadSheet):
    """Some lines are written in another encoding than the others."""

    sentence = _l(
        "Row %(row)d is written in another encoding than the rows before it. Save the whole file again as CSV UTF-8."
    )


class UnknownEncoding(BadSheet):
    """Neither UTF-8, UTF-16 nor Windows-1251."""

    sentence = _l("Row %(row)d: these letters cannot be read. Save the file again as CSV UTF-8.")


class NoHeader(BadSheet):
    """The first row holds data."""

    sentence = _l("Row %(row)d should say what each column holds, and column %(column)s reads “%(text)s”.")


class NamelessColumn(BadSheet):
    """A cell under no heading."""

    sentence = _l("Row %(row)d, column %(column)s holds something, and the column has no heading.")


class DoubledHeader(BadSheet):
    """Two columns of one name."""

    sentence = _l("Columns %(first)s and %(column)s are both called “%(text)s” (row %(row)d).")


class MergedCells(BadSheet):
    """Which column or row a merged cell belongs to, nobody can tell."""

    sentence = _l("Row %(row)d, column %(column)s: these cells are merged (%(range)s). Take them apart first.")


class FormulaInCell(BadSheet):
    """What a formula says depends on where it is opened."""

    sentence = _l("Row %(row)d, column %(column)s holds a formula. Put its value there instead.")


class ErrorInCell(BadSheet):
    """#N/A and the like."""

    sentence = _l("Row %(row)d, column %(column)s shows the error %(text)s.")


class UnprintableInCell(BadSheet):
    """A control character, or one that was lost when the file was made."""

    sentence = _l("Row %(row)d, column %(column)s holds a character that cannot be printed. Type it again by hand.")
