"""Every page of attendance on paper."""

from trainreg.paper import badge_pages, entry_pages, sheet_pages
from trainreg.paper.blueprint import blueprint

__all__ = ["badge_pages", "blueprint", "entry_pages", "sheet_pages"]
