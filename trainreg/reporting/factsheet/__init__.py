"""A project's factsheet for its donor: composed from the records in one of four languages, as a PDF and as a page."""
