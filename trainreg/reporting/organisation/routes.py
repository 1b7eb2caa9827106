"""Every page of the report."""

from trainreg.reporting.organisation import pages
from trainreg.reporting.organisation.blueprint import blueprint

__all__ = ["blueprint", "pages"]
