"""A project's factsheet, composed from its records in the language that is spoken where it is called."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainreg.events.models import Event
from trainreg.framework.rules import Dimension
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.types import Text
from trainreg.programme.models import Project
from trainreg.programme.queries import list_shown_photographs
from trainreg.publications.models import Publication
from trainreg.publications.queries import list_publications_of
from trainreg.reporting.counting.tables import Part
from trainreg.reporting.factsheet.charts import charts, headline, tiles, unnamed
from trainreg.reporting.factsheet.counted import Counted
from trainreg.reporting.factsheet.indicator_table import indicators
from trainreg.reporting.factsheet.parts import (
    Block,
    Fact,
    Factsheet,
    Numbered,
    Paragraph,
    Picture,
    Pictures,
    Section,
    Words,
)
from trainreg.reporting.factsheet.sentences import ILLUSTRATIVE, event_achievement, publication_achievement
from trainreg.reporting.factsheet.words import country_name, own, words_of
from trainreg.reporting.indicators import Progress
from trainreg.reporting.part_words import PartWords
from trainreg.web.locale import format_day, format_days, format_items, format_moment, format_number, tr


def factsheet_of(project: Project, language: str, *, with_names: bool, at: datetime | None = None) -> Factsheet:
    """The factsheet as it stands at this moment; without the right to names, small figures are hidden."""
    with force_locale(language):
        return _Composer(project, language, with_names=with_names, at=at or clock.now()).composed()


class _Composer:
    """Reads once, and tells it section by section."""

    def __init__(self, project: Project, language: str, *, with_names: bool, at: datetime) -> None:
        self.project, self.language, self.at = project, language, at
        self.progress = Progress(project, with_names=with_names)
        self.counted = Counted(self.progress)
        self.parts = PartWords()
        held = self.counted.facts.occasions
        events = _events([key for key, occasion in held.items() if occasion.is_held])
        self.events: list[Event] = sorted(events, key=lambda one: (one.starts_at or at, one.id))
        today = clock.local(at, project.timezone).date()
        self.publications: list[Publication] = [
            one
            for one in reversed(list_publications_of(project.id))
            if not one.published_on or one.published_on <= today
        ]

    def composed(self) -> Factsheet:
        project = self.project
        sections = [
            Section("overview", _("Project overview"), self._overview()),
            Section("outcomes", _("Key outcomes"), self._outcomes()),
            Section("figures", _("The project in figures"), self._figures()),
            Section("achievements", _("Key achievements"), self._achievements()),
            Section("indicators", _("Indicators"), indicators(self.progress)),
            Section("photographs", _("Photographs"), self._photographs()),
        ]
        made_on = format_day(clock.local(self.at, project.timezone))
        return Factsheet(
            language=self.language,
            code=project.code,
            kind=_("Factsheet"),
            organisation=words_of(project.organisation),
            title=words_of(project.title),
            place=country_name(project.country),
            warning=_("This project is invented, for trying things out. Nothing in it happened.")
            if project.is_invented
            else "",
            facts=self._facts(),
            sections=[section for section in sections if section.blocks],
            contact=self._contact(),
            made=self._made(),
            footer=f"{_('Factsheet')} · {project.code} · {made_on}",
        )

    def _facts(self) -> list[Fact]:
        project = self.project
        ends = format_day(project.ends_on, "month")
        duration = format_day(project.starts_on, "month") + (f" – {ends}" if ends else "")
        found = [Fact(_("Project duration"), [own(duration)])]
        if tr(project.funder):
            found.append(Fact(_("Project support"), [words_of(project.funder)]))
        if project.partners:
            found.append(Fact(_("Project partners"), [words_of(one.agency.name) for one in project.partners]))
        if project.budget_amount is not None:
            amount = f"{format_number(project.budget_amount)}\N{NO-BREAK SPACE}{project.budget_currency or ''}"
            found.append(Fact(_("Budget"), [own(amount.rstrip())]))
        return found

    def _overview(self) -> list[Block]:
        return [Paragraph(words, "lead") for words in _paragraphs(self.project.summary)]

    def _outcomes(self) -> list[Block]:
        outcomes = [(format_number(one.number), words_of(one.title)) for one in self.project.outcomes]
        return [Numbered(outcomes)] if outcomes else []

    def _figures(self) -> list[Block]:
        if not self.events and not self.publications:
            return []
        return [
            Paragraph(own(f"{headline(self.counted)}."), "headline"),
            tiles(self.counted, self.publications),
            *charts(self.counted, self.parts),
            *unnamed(self.counted),
        ]

    def _achievements(self) -> list[Block]:
        found: list[Block] = [
            event_achievement(event, self.counted.turnout(event.id), self._agency, _group_names(event))
            for event in self.events
        ]
        found += [publication_achievement(one) for one in self.publications]
        if any(one.has_illustrative_dates for one in self.events) or any(
            one.has_illustrative_date for one in self.publications
        ):
            remark = _("The source gives no exact day: the date is illustrative.")
            found.append(Paragraph(own(f"{ILLUSTRATIVE} {remark}"), "quiet"))
        return found

    def _agency(self, part: Part) -> str:
        return self.parts.name(Dimension.AGENCY, part)

    def _photographs(self) -> list[Block]:
        shown = [
            Picture(one.id, one.sha256, one.width, one.height, words_of(one.caption), words_of(one.alternative))
            for one in list_shown_photographs(self.project.id)
        ]
        return [Pictures(shown)] if shown else []

    def _contact(self) -> Fact | None:
        lines = _paragraphs(self.project.contact)
        return Fact(_("For more information"), lines) if lines else None

    def _made(self) -> list[str]:
        zone = self.project.timezone
        day, moment = format_day(clock.local(self.at, zone)), format_moment(self.at, zone)
        found = [_("Made on %(day)s. Figures as of %(moment)s (%(zone)s).", day=day, moment=moment, zone=zone)]
        periods = [one for one in self.progress.periods if one.standing is not None]
        if periods:
            told = [f"{one.code} ({format_days(one.starts_on, one.ends_on, 'long')})" for one in periods]
            found.append(
                _(
                    "Periods that were handed in, with the figures they had then: %(periods)s.",
                    periods=format_items(told),
                )
            )
        found.append(
            _(
                "An attendance is a confirmed participant at an event of which they attended at least one session. "
                "An official who came to several events is one official."
            )
        )
        if not self.counted.with_names:
            found.append(_("Figures of fewer than five people, and what would give them away, are not told."))
        return [str(one) for one in found]


def _events(ids: Sequence[int]) -> Sequence[Event]:
    """These events with their sessions and groups, in three statements."""
    statement = select(Event).where(Event.id.in_(ids))
    return db.session.scalars(statement.options(selectinload(Event.sessions), selectinload(Event.groups))).all()


def _paragraphs(text: Text) -> Sequence[Words]:
    """The lines of a text, each on its own."""
    told = words_of(text)
    return [Words(line.strip(), told.language) for line in told.text.split("\n") if line.strip()]


def _group_names(event: Event) -> "_Names":
    return _Names({group.code: tr(group.name) for group in event.groups})


class _Names(dict[str, str]):
    """Groups of an event as people know them; the word itself where there is no such group any more."""

    def __call__(self, part: Part) -> str:
        return self.get(str(part), str(part))
