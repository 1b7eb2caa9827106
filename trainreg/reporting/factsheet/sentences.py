"""Sentences about events and publications, composed from their records.

No ending is put on a placeholder: each sentence is whole in each language, and names stand in it as they are.
"""

from collections.abc import Callable
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.publications.models import Publication
from trainreg.reporting.counting.tables import Part
from trainreg.reporting.factsheet.counted import Parts, Turnout
from trainreg.reporting.factsheet.parts import Achievement
from trainreg.reporting.factsheet.printed import Handout, printed_of
from trainreg.reporting.factsheet.rules import MOST_AGENCIES, length_of, most_of
from trainreg.reporting.factsheet.words import PUBLICATION_KINDS, event_words, own, words_of
from trainreg.web.locale import format_day, format_items, format_number, format_span, language_name, tr

# Beside a day that the source does not give; a remark at the end says what it means.
ILLUSTRATIVE = "*"
Name = Callable[[Part], str]


def event_achievement(event: Event, turnout: Turnout, agency: Name, group: Name) -> Achievement:
    """An event that was held."""
    reached = [*_hosts(event), attended(turnout, group), *_agencies(turnout.by_agency, agency), *_unnamed(turnout)]
    return Achievement(words_of(event.title), _what(event), words_of(event.summary), [one for one in reached if one])


def _what(event: Event) -> str:
    sessions = [
        (clock.local(one.starts_at, one.timezone).date(), Decimal(one.day_share)) for one in event.planned_sessions
    ]
    told, place = event_words(event.kind, length_of(sessions)), tr(event.place)
    days = format_span(event.starts_at, event.ends_at, event.timezone)
    days += ILLUSTRATIVE if event.has_illustrative_dates and days else ""
    return ", ".join(part for part in (told, place, days) if part)


def _hosts(event: Event) -> list[str]:
    hosts = tr(event.hosts)
    return [_("Hosted by %(hosts)s.", hosts=hosts.rstrip("."))] if hosts else []


def attended(turnout: Turnout, group: Name) -> str:
    """42 participants attended, 15 of whom were from the law drafting committee."""
    if turnout.total is None:
        return str(_("How many attended is not told, because they were few."))
    if not turnout.total:
        return ""
    count = int(turnout.total)
    told = ngettext("%(count)s participant attended", "%(count)s participants attended", count, count=_number(count))
    for part, value in turnout.by_group.told:
        if part is not None:
            told += _(", %(count)s of whom were from the %(group)s", count=_number(value), group=group(part))
    return f"{told}."


def _agencies(parts: Parts, agency: Name) -> list[str]:
    """The largest, each with its number; how many agencies there were besides."""
    shown, rest = most_of(parts.told, MOST_AGENCIES)
    if not shown:
        return []
    told = [f"{agency(part)} ({_number(value)})" for part, value in shown]
    others = len(rest) + len(parts.hidden)
    if others:
        told.append(ngettext("%(count)s more agency", "%(count)s more agencies", others, count=_number(others)))
    return [_("They came from: %(agencies)s.", agencies=format_items(told))]


def _unnamed(turnout: Turnout) -> list[str]:
    if not turnout.unnamed:
        return []
    return [_("Counted at its sessions without a list of names: %(count)s.", count=_number(turnout.unnamed))]


def publication_achievement(publication: Publication) -> Achievement:
    """A publication that is out."""
    kind = str(PUBLICATION_KINDS[publication.kind])
    told = kind
    if publication.translated_into:
        language = language_name(publication.translated_into)
        told = _("%(kind)s, translated into %(language)s", kind=kind, language=language)
    day = format_day(publication.published_on, "month")
    if day:
        told += f", {day}{ILLUSTRATIVE if publication.has_illustrative_date else ''}"
    return Achievement(words_of(publication.title), told, own(""), _copies(publication))


def _copies(publication: Publication) -> list[str]:
    printed = printed_of(publication)
    recipients = "; ".join(map(_handed, printed.handouts))
    if not printed.copies:
        return [_("Distributed to: %(recipients)s.", recipients=recipients)] if recipients else []
    count, number = printed.copies, _number(printed.copies)
    if recipients and printed.is_minimum:
        sentence = _(
            "Over %(count)s copies were printed and distributed to: %(recipients)s.",
            count=number,
            recipients=recipients,
        )
    elif recipients:
        sentence = ngettext(
            "%(count)s copy was printed and distributed to: %(recipients)s.",
            "%(count)s copies were printed and distributed to: %(recipients)s.",
            count,
            count=number,
            recipients=recipients,
        )
    elif printed.is_minimum:
        sentence = _("Over %(count)s copies were printed.", count=number)
    else:
        sentence = ngettext("%(count)s copy was printed.", "%(count)s copies were printed.", count, count=number)
    return [sentence]


def _handed(handout: Handout) -> str:
    name = handout.recipient.text.rstrip(".")
    return f"{name} ({format_day(handout.day, 'month')})" if handout.day else name


def _number(value: int | Decimal) -> str:
    return format_number(value)
