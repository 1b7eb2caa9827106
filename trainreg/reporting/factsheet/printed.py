"""What a factsheet asks of a publication about its copies; the one place that knows how they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from trainreg.publications.models import Handout as HandedOut
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
    """What was printed of a publication, and its hand-outs."""
    copies = publication.copies_printed
    return Printed(copies.number or None, copies.is_minimum, [_told(one, publication) for one in publication.handouts])


def _told(one: HandedOut, publication: Publication) -> Handout:
    """The month is told where it is another than that in which the publication came out."""
    named = words_of(one.named)
    more = words_of(one.recipient)
    recipient = Words(": ".join(filter(None, (named.text, more.text))), named.language if named.text else more.language)
    out = publication.published_on
    is_told = one.handed_on and out and (one.handed_on.year, one.handed_on.month) != (out.year, out.month)
    return Handout(recipient, one.handed_on if is_told else None)
