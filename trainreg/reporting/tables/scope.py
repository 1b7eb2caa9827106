"""Whose facts, and for whom: what all tables of one project share."""

from dataclasses import dataclass
from functools import cached_property

from trainreg.programme.models import Project
from trainreg.reporting.indicators import Progress
from trainreg.reporting.part_words import PartWords
from trainreg.web.links import letters_for

LETTERS = 20  # of 5 bits each: nobody finds a second number with the same key


@dataclass
class Scope:
    """One project, with the tables about individuals or without."""

    project: Project
    sees_individuals: bool

    @cached_property
    def told(self) -> Progress:
        return Progress(self.project, with_names=self.sees_individuals)

    @cached_property
    def parts(self) -> PartWords:
        return PartWords()

    def person_key(self, person_id: int) -> str:
        return self._key("person", person_id)

    def registration_key(self, registration_id: int) -> str:
        return self._key("registration", registration_id)

    def _key(self, what: str, number: int) -> str:
        """Made with the installation's own secret and this project's number: it leads to nothing outside its tables."""
        return letters_for("keys of tables", f"{self.project.id}/{what}/{number}", LETTERS)
