"""Every page of publications."""

from trainreg.publications import copies_pages, file_pages, handed_pages, pages
from trainreg.publications.blueprint import blueprint

__all__ = ["blueprint", "copies_pages", "file_pages", "handed_pages", "pages"]
