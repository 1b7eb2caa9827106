"""What stands for the name of somebody who asked to be forgotten."""

from flask_babel import lazy_gettext as _l

ERASED = _l("(erased)")
