"""Every page of the factsheet."""

from trainreg.reporting.factsheet import pages
from trainreg.reporting.factsheet.blueprint import blueprint

__all__ = ["blueprint", "pages"]
