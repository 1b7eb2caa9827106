"""Every page of files that are prepared."""

from trainreg.exporting import pages
from trainreg.exporting.blueprint import blueprint

__all__ = ["blueprint", "pages"]
