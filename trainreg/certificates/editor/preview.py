"""The real page, as it would be issued, drawn with a name that nobody has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from trainreg.certificates.editor.kits import designs
from trainreg.certificates.editor.pixels import as_png, first_page
from trainreg.certificates.editor.rules import WORDED
from trainreg.certificates.editor.samples import SAMPLES, sample_facts
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.pdf.writer import About, draw
from trainreg.certificates.rules import CertificateKind

WIDTH = 1400  # pixels of the editor's page
CARD = 840  # of a card in the gallery
# As long as a real one, so that the second QR code is as fine as it will be.
_OFFLINE = "https://training.example.org/verify/offline#" + "A7" * 150
_PAIRS = (("en", "mn"), ("mn", "en"), ("fr", "en"), ("es", "en"))
LANGUAGES_SHOWN: tuple[tuple[str, ...], ...] = (*_PAIRS, *((one,) for one in WORDED))


@dataclass(frozen=True, slots=True)
class Shown:
    """With whom, for which kind and in which languages a design is looked at."""

    sample: str = "usual"
    kind: CertificateKind = CertificateKind.TRAINER
    languages: tuple[str, ...] = ("en", "mn")


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to see: the page as PDF, or the sentences that say why there is none."""

    pdf: bytes = b""
    problems: Sequence[str] = ()

    def png(self, width: int) -> bytes:
        return as_png(first_page(self.pdf, width=width))


DEFAULT = Shown()


def shown_from(sample: str, kind: str, languages: str) -> Shown:
    """What a page asked for; the usual for whatever it did not."""
    kinds = {one.value: one for one in CertificateKind}
    asked = tuple(languages.split("-"))
    return Shown(
        sample if sample in SAMPLES else DEFAULT.sample,
        kinds.get(kind, DEFAULT.kind),
        asked if asked in LANGUAGES_SHOWN else DEFAULT.languages,
    )


def look_at(content: str, shown: Shown) -> Look:
    """Draw a design (canonical JSON) with a sample."""
    facts = sample_facts(shown.sample, shown.kind, shown.languages, digest=designs().digest(content))
    return drawn(content, facts)


def drawn(content: str, facts: CertificateFacts) -> Look:
    """The page that a design makes of a certificate, as it would be issued but for the signature."""
    problems = designs().flaws(content, facts)
    if problems:
        return Look(problems=problems)
    page = designs().page(content, facts, verify=facts.verify_url, offline=_OFFLINE)
    about = About(
        title=facts.names[facts.languages[0]],
        language=facts.languages[0],
        created_at=facts.issued_at or datetime.now(UTC),
        fingerprint=facts.design_sha256,
        author="",
    )
    return Look(draw([page], about=about))


@lru_cache(maxsize=48)
def card(content: str) -> bytes:
    """The picture of a published design for the gallery; the same for ever, so it is drawn once."""
    return look_at(content, DEFAULT).png(CARD)
