"""Everything that tests and evaluations answer."""

from trainreg.assessment import bank_pages, entry_pages, own_pages, result_pages
from trainreg.assessment.blueprint import blueprint

__all__ = ["bank_pages", "blueprint", "entry_pages", "own_pages", "result_pages"]
