"""Everything about spreadsheets at the desk: sending one, following it, and handing lists out."""

from trainreg.imports import error_sheets, export_pages, run_pages, templates, upload_pages
from trainreg.imports.blueprint import blueprint

__all__ = ["blueprint", "error_sheets", "export_pages", "run_pages", "templates", "upload_pages"]
