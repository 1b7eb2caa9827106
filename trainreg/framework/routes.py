"""Every page of the results framework."""

from trainreg.framework import pages
from trainreg.framework.blueprint import blueprint

__all__ = ["blueprint", "pages"]
