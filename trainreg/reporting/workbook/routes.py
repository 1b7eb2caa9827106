"""Every page of the workbook."""

from trainreg.reporting.workbook import pages
from trainreg.reporting.workbook.blueprint import blueprint

__all__ = ["blueprint", "pages"]
