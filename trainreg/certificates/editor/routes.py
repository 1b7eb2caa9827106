"""The pages of designs, gathered."""

from trainreg.certificates.editor import picture_pages
from trainreg.certificates.editor.blueprint import blueprint

__all__ = ["blueprint", "picture_pages"]
