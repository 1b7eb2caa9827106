"""A file that is sent: a picture, or a design that was exported."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import FileField

from trainreg.certificates.editor.refusals import NoPicture
from trainreg.certificates.editor.rules import PictureUse
from trainreg.web.fields import OptionsField
from trainreg.web.forms import Form

USES = [
    (PictureUse.LOGO.value, _l("Logo or emblem")),
    (PictureUse.SEAL.value, _l("Seal or stamp")),
    (PictureUse.SIGNATURE.value, _l("Signature")),
    (PictureUse.BACKGROUND.value, _l("Background of the whole page")),
]


class FileForm(Form):
    """One file."""

    file = FileField(_l("Picture: PNG, JPEG or SVG"))

    def sent(self) -> bytes:
        """The bytes that came; raises NoPicture."""
        file = request.files.get("file")
        if file is None or not file.filename:
            raise NoPicture
        content: bytes = file.read()
        return content


class SignatureForm(FileForm):
    """The signature of one signatory."""

    file = FileField(_l("Picture of the signature: PNG, JPEG or SVG"))

    def of(self, position: int) -> SignatureForm:
        """The same with a name of its own on a page that shows several."""
        self.file.id = f"file-{position}"
        return self


class PictureForm(FileForm):
    """A picture for a design, and what it is for."""

    use = OptionsField(_l("What it is"), choices=USES, default=PictureUse.LOGO.value)
