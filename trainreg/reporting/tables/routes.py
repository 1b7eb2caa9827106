"""Every page of the tables."""

from trainreg.reporting.tables import pages
from trainreg.reporting.tables.blueprint import blueprint

__all__ = ["blueprint", "pages"]
