"""Everything that the door answers."""

from trainreg.checkin import app_pages, desk_pages, device_pages
from trainreg.checkin.blueprint import blueprint

__all__ = ["app_pages", "blueprint", "desk_pages", "device_pages"]
