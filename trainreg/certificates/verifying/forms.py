"""What somebody types or hands in who checks a certificate."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FileField
from wtforms.validators import DataRequired, Length

from trainreg.web.forms import Form, LineField


class VerifyForm(Form):
    """A code as somebody reads it off the paper; asking changes nothing, so it carries no token."""

    class Meta:
        csrf = False

    code = LineField(
        _l("Verification code"),
        [DataRequired(_l("Enter the code that stands below the QR code on the certificate.")), Length(max=80)],
    )


class FindForm(Form):
    """The register number and the name, both as the paper prints them."""

    number = LineField(_l("Register number"), [DataRequired(_l("Enter the register number.")), Length(max=60)])
    name = LineField(_l("Name on the certificate"), [DataRequired(_l("Enter the name.")), Length(max=200)])


class FileForm(Form):
    """The PDF of a certificate, or the badge or token of its credential."""

    file = FileField(_l("The certificate: its PDF, badge or credential"))
