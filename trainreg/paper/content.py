"""Gather what a sheet says, in the languages of its event."""

from collections.abc import Callable, Iterable, Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES, in_language
from trainreg.paper.codes import page_code
from trainreg.paper.models import SignInSheet
from trainreg.paper.queries import people_of, printed_sessions_of
from trainreg.paper.refusals import NoSessionLeft
from trainreg.paper.rules import pages_of
from trainreg.paper.sheets_pdf import Heads, SheetContent, SheetRow
from trainreg.registration.models import Registration
from trainreg.web.locale import format_clock, format_span


def languages_of(event: Event) -> tuple[str, ...]:
    """The languages an event has a title in, English first."""
    return tuple(code for code in LANGUAGES if event.title.get(code)) or (DEFAULT_LANGUAGE,)


def content_of(sheet: SignInSheet, event: Event) -> SheetContent:
    """Everything that stands on the sheet; names and agencies as they are written today.

    A session that was called off stays on it: the paper was signed, or is there to be compared.
    """
    languages, people = languages_of(event), people_of(sheet)
    sessions = printed_sessions_of(sheet, event)
    if not sessions:
        raise NoSessionLeft
    pages = pages_of(len(people), sheet.blank_rows)
    return SheetContent(
        key=sheet.key,
        titles=_distinct(in_language(event.title, language) for language in languages),
        subtitle=_subtitle(sessions, event, languages),
        organisation=" / ".join(_distinct(in_language(event.project.organisation, one) for one in languages)),
        heads=_heads(languages, sessions),
        rows=row_list(people, languages[0]),
        blank_rows=sheet.blank_rows,
        codes=[page_code(sheet.key, page.number) for page in pages],
        language=languages[0],
        made_on=clock.local(sheet.made_at, event.timezone).date(),
    )


def row_list(people: Sequence[Registration], language: str) -> list[SheetRow]:
    """People as rows of a sheet, in their order."""
    return [
        SheetRow(
            one.person.name,
            one.person.latin_name,
            one.reference,
            in_language(one.agency.name, language),
            one.position,
        )
        for one in people
    ]


def _subtitle(sessions: Sequence[Session], event: Event, languages: Sequence[str]) -> str:
    """When and where: the day in each language, the hours once."""
    first, last = sessions[0], sessions[-1]
    days = _said(languages, lambda _language: format_span(first.starts_at, last.ends_at, first.timezone))
    hours = f"{format_clock(first.starts_at, first.timezone)}–{format_clock(last.ends_at, last.timezone)}"
    titles = _distinct(in_language(first.title, one) for one in languages) if len(sessions) == 1 else ()
    places = _distinct(in_language(first.place or event.place, one) for one in languages)
    parts = (" / ".join(days), hours, " / ".join(titles), " / ".join(places))
    return " · ".join(filter(None, parts))


def _heads(languages: Sequence[str], sessions: Sequence[Session]) -> Heads:
    signature = " / ".join(_said(languages, lambda _language: _("Signature")))
    signatures: tuple[str, ...] = (signature,)
    if len(sessions) > 1:
        signatures = tuple(
            f"{format_clock(one.starts_at, one.timezone)}–{format_clock(one.ends_at, one.timezone)} {signature}"
            for one in sessions
        )
    return Heads(
        number=_("No."),
        name=" / ".join(_said(languages, lambda _language: _("Name"))),
        agency=" / ".join(_said(languages, lambda _language: _("Agency"))),
        position=" / ".join(_said(languages, lambda _language: _("Position"))),
        signatures=signatures,
        page=" / ".join(_said(languages, lambda _language: _("Page {page} of {pages}"))),
        note=" / ".join(
            _said(
                languages,
                lambda _language: _(
                    "Row {row}: the name holds characters that this sheet cannot print ({characters}); "
                    "another spelling or the reference stands in its place."
                ),
            )
        ),
    )


def _said(languages: Sequence[str], words: Callable[[str], str]) -> tuple[str, ...]:
    """The same in each language, each once."""
    found = []
    for language in languages:
        with force_locale(language):
            found.append(words(language))
    return _distinct(found)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
