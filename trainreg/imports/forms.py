"""The forms of an import: the file, what its columns are, and the buttons."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, RadioField

from trainreg.imports.plan import Column, Options
from trainreg.imports.refusals import NoFile
from trainreg.imports.words import STANDINGS
from trainreg.registration.rules import RegistrationStatus
from trainreg.web.forms import Form

FIRST_COLUMN = "column-"
FIRST_ROW = "row-"


class UploadForm(Form):
    """A spreadsheet."""

    file = FileField(_l("Spreadsheet, XLSX or CSV"))

    def upload(self) -> tuple[bytes, str]:
        """The bytes and the name of the file that was sent; raises NoFile."""
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            raise NoFile
        return sent.read(), sent.filename

    def options(self) -> Options:
        return Options()


class RegistrationsForm(UploadForm):
    """The same with where the imported registrations stand."""

    standing = RadioField(
        _l("They are put on the list as"), choices=STANDINGS, default=RegistrationStatus.CONFIRMED.value
    )
    sends_mail = BooleanField(_l("Write to them that they are on the list"))

    def options(self) -> Options:
        return Options(RegistrationStatus(self.standing.data), bool(self.sends_mail.data))


class ColumnsForm(Form):
    """What each column is; the page draws one select for each heading."""


class ButtonForm(Form):
    """A button and nothing else."""


def columns_typed(values: Mapping[str, str], count: int) -> list[str]:
    """The fields chosen for the columns, in the order of the file."""
    return [values.get(f"{FIRST_COLUMN}{place}", "") for place in range(count)]


def answers_typed(values: Iterable[tuple[str, str]]) -> dict[int, str]:
    """The answers given to open questions, by row."""
    found = {}
    for name, answer in values:
        number = name.removeprefix(FIRST_ROW)
        if number != name and answer and number.isascii() and number.isdecimal() and len(number) < 8:
            found[int(number)] = answer
    return found


def column_choices(columns: Iterable[Column]) -> list[tuple[str, Any]]:
    """What a column can be, for a select."""
    return [("", _("Leave this column out")), *((column.field, column.label) for column in columns)]
