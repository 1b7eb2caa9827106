"""Everything that registration answers: the public pages, the desk's and the focal point's."""

from trainreg.registration import public_pages
from trainreg.registration.blueprint import blueprint

__all__ = ["blueprint", "public_pages"]
