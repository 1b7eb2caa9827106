"""A design made ready once per process: from its fingerprint and a record to a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from trainreg.certificates.designs import gallery
from trainreg.certificates.designs.layout import Layout
from trainreg.certificates.designs.ornaments import ground
from trainreg.certificates.designs.schema import Design, digest, parse
from trainreg.certificates.drawing.fitting import DoesNotFit
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.pdf import faces
from trainreg.certificates.pdf.page import Page

# Who else keeps designs, by fingerprint: the editor's published versions. Each gives the canonical JSON or None.
loaders: list[Callable[[str], str | None]] = []


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a certificate cannot be drawn: the text, and the characters no typeface of its family has.

    Without characters, the text is too long for its place even in the smallest type.
    """

    text: str
    characters: str = ""


class UnknownDesign(LookupError):
    """No design of this fingerprint is kept here."""


class UnspokenLanguage(ValueError):
    """A record asks for a language, or for more languages, than the design speaks."""


class Kit:
    """A design with its ground drawn and its words at hand."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self._ground = ground(design)

    def page(self, facts: CertificateFacts, *, verify: str, offline: str = "") -> Page:
        """The certificate of a record; raises DoesNotFit where words are too long for their box."""
        self._check(facts)
        width, height = self.design.size
        items = Layout(self.design, facts, verify=verify, offline=offline).items()
        return Page(width=width, height=height, language=facts.languages[0], ground=self._ground, items=items)

    def flaws(self, facts: CertificateFacts) -> list[Flaw]:
        """Everything that stands in the way of drawing a record; empty when it can be issued."""
        self._check(facts)
        layout = Layout(self.design, facts, verify=facts.verify_url, offline="")
        found = [Flaw(text, absent) for text, face in layout.words() if (absent := faces.missing(text, face))]
        if found:
            return list(dict.fromkeys(found))
        try:
            layout.items()
        except DoesNotFit as problem:
            return [Flaw(str(problem))]
        return []

    def _check(self, facts: CertificateFacts) -> None:
        if not 1 <= len(facts.languages) <= 2 or not set(facts.languages) <= set(self.design.languages):
            raise UnspokenLanguage(", ".join(facts.languages))


def find_design(fingerprint: str) -> Design:
    """A design of the gallery, or one that a loader keeps; raises UnknownDesign."""
    if fingerprint in gallery.BY_DIGEST:
        return gallery.BY_DIGEST[fingerprint]
    for load in loaders:
        kept = load(fingerprint)
        if kept is not None:
            design = parse(kept)
            if digest(design) != fingerprint:
                raise UnknownDesign(fingerprint)
            return design
    raise UnknownDesign(fingerprint)


@lru_cache(maxsize=64)
def kit(fingerprint: str) -> Kit:
    """The design of this fingerprint made ready, once per process."""
    return Kit(find_design(fingerprint))
