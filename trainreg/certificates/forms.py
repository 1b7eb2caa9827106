"""The forms of certificates."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import DataRequired, Length

from trainreg.web.forms import Form, LineField


class RevokeForm(Form):
    """Why a certificate is no longer valid."""

    reason = LineField(
        _l("Reason"),
        [
            DataRequired(_l("Say why the certificate is revoked.")),
            Length(max=500, message=_l("Keep the reason within %(max)d characters.")),
        ],
    )


class CorrectionForm(Form):
    """What becomes of the names that were typed for a new edition; the names have a field for each language."""

    keep = BooleanField(
        _l("Keep these as the person’s names on certificates"),
        description=_l("Later certificates print them too. The person is asked to confirm them."),
    )


class ButtonForm(Form):
    """A button, and nothing to fill in that every such page has."""


class TakeBackForm(Form):
    """Why papers are voided or certificates revoked, one reason for all."""

    reason = LineField(
        _l("Reason"),
        [
            DataRequired(_l("Say why they are taken back.")),
            Length(max=500, message=_l("Keep the reason within %(max)d characters.")),
        ],
    )
