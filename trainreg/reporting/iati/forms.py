"""A file to be checked."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField

from trainreg.web.forms import Form


class CheckForm(Form):
    """Anybody's IATI file."""

    file = FileField(_l("IATI file, XML"))
