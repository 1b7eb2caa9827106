"""Every page of the workbook."""

from trainreg.reporting.workbook import pages, people_pages
from trainreg.reporting.workbook.blueprint import blueprint

__all__ = ["blueprint", "pages", "people_pages"]
