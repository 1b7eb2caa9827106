"""The pages of certificates: the desk's and the holder's stand in `issuing`, those for outsiders in `verifying`."""

from trainreg.certificates import eligibility_pages
from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.issuing import (
    ceremony_pages,
    certificate_pages,
    event_pages,
    holder_pages,
    job_pages,
    register_pages,
)
from trainreg.certificates.issuing import file_pages as desk_files
from trainreg.certificates.verifying import file_pages as examined_files
from trainreg.certificates.verifying import offline_pages, pages

__all__ = [
    "blueprint",
    "ceremony_pages",
    "certificate_pages",
    "desk_files",
    "eligibility_pages",
    "event_pages",
    "examined_files",
    "holder_pages",
    "job_pages",
    "offline_pages",
    "pages",
    "register_pages",
]
