"""The pages of designs, gathered."""

from trainreg.certificates.editor import editor_pages, gallery_pages, name_pages, picture_pages, plan_pages
from trainreg.certificates.editor.blueprint import blueprint

__all__ = ["blueprint", "editor_pages", "gallery_pages", "name_pages", "picture_pages", "plan_pages"]
