"""What a factsheet asks of a publication about its copies; the one place that knows how they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from trainreg.publications.models import Publication
from trainreg.reporting.factsheet.parts import Words
from trainreg.reporting.factsheet.words import words_of


@dataclass(frozen=True)
class Handout:
    """Copies that went to somebody; `day` where the record says when."""

    recipient: Words
    day: date | None = None


@dataclass(frozen=True)
class Printed:
    """How many copies were printed ("over" so many where the record says at least), and to whom they went."""

    copies: int | None = None
    is_minimum: bool = False
    handouts: Sequence[Handout] = field(default_factory=tuple)


def printed_of(publication: Publication) -> Printed:
    """The print run of a publication, and its hand-outs."""
    recipients = words_of(publication.distributed_to)
    handouts = (Handout(recipients),) if recipients else ()
    return Printed(publication.printed, publication.printed_is_minimum, handouts)
