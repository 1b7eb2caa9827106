"""The form of an event: everything on one page."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, Field, FormField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import in_tree_order
from trainreg.events.checks import ensure_sessions, event_problems
from trainreg.events.details import EventDetails, SessionDetails
from trainreg.events.models import Event
from trainreg.events.place_rows import GroupRow, PlaceRows, QuotaRow, rows_of_places
from trainreg.events.refusals import BadSessions, TooManySessions
from trainreg.events.rules import (
    MOST_ROWS_OF_PLACES,
    MOST_SESSIONS,
    Admission,
    Approval,
    Audience,
    EventKind,
    Pattern,
    SessionPlan,
    clock_problem,
    lay_out,
)
from trainreg.events.session_rows import CLOCK_PROBLEMS, SessionForm, not_laid_yet, row_of_plan, row_of_session
from trainreg.events.text_fields import EventTexts
from trainreg.kernel import clock
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.kernel.numbers import whole_number
from trainreg.kernel.refusals import Refused
from trainreg.programme.models import Project
from trainreg.web.fields import (
    ChoiceField,
    DayField,
    DecimalField,
    MomentField,
    OptionsField,
    RowsField,
    TimezoneField,
    WholeField,
)
from trainreg.web.locale import current_language, tr

KINDS = [
    (EventKind.SEMINAR.value, _l("Seminar")),
    (EventKind.WORKSHOP.value, _l("Workshop")),
    (EventKind.TRAINING.value, _l("Training")),
    (EventKind.TRAINING_OF_TRAINERS.value, _l("Training of trainers")),
    (EventKind.BRIEFING.value, _l("Briefing")),
    (EventKind.CONSULTATION_MEETING.value, _l("Consultation meeting")),
    (EventKind.STUDY_VISIT.value, _l("Study visit")),
]
APPROVALS = [
    (Approval.DESK.value, _l("The desk confirms each registration")),
    (Approval.AUTOMATIC.value, _l("Confirmed at once, while places last")),
]
ADMISSIONS = [
    (Admission.OPEN.value, _l("Officials register themselves on the public page")),
    (Admission.INVITATION.value, _l("By invitation: whoever holds an invitation link registers")),
    (Admission.NOMINATION_ONLY.value, _l("By nomination only: the focal points of agencies name their officials")),
]
AUDIENCES = [
    (Audience.ANY_AGENCY.value, _l("Officials of any agency")),
    (Audience.LISTED_AGENCIES.value, _l("Only officials of the agencies ticked below, and of their departments")),
]
PATTERNS = [
    (Pattern.MORNING_AND_AFTERNOON.value, _l("Morning and afternoon")),
    (Pattern.WHOLE_DAY.value, _l("Whole day in one session")),
    (Pattern.HALF_DAY.value, _l("One half day")),
]
LONGEST_LAYOUT = 30


class TicksField(SelectMultipleField):
    """Ticks for rows of the database; the service knows which of them exist."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Nothing to refuse here: an unknown id is refused with a sentence of its own."""

    @property
    def ids(self) -> frozenset[int]:
        """The ticked ids; 0, which no row has, stands for what is not a number."""
        return frozenset(whole_number(text) or 0 for text in self.data or [] if text)


class EventForm(PlaceRows, EventTexts):
    """An event, its sessions, and the helper that lays them out."""

    kind = ChoiceField(_l("Kind"), choices=KINDS, default=EventKind.SEMINAR.value)
    timezone = TimezoneField(_l("Time zone"))
    first_day = DayField(_l("First day"))
    days = WholeField(_l("Number of days"), default="2")
    pattern = ChoiceField(_l("Each day"), choices=PATTERNS, default=Pattern.MORNING_AND_AFTERNOON.value)
    sessions = RowsField(FormField(SessionForm), max_entries=MOST_SESSIONS + 1)
    outcome_ids = TicksField(_l("Outcomes it serves"))
    capacity = WholeField(_l("Number of places"))
    has_waiting_list = BooleanField(_l("Keep a waiting list when every place is taken"), default=True)
    admission = OptionsField(_l("How people come in"), choices=ADMISSIONS, default=Admission.OPEN.value)
    offer_hours = WholeField(_l("Hours to answer for whoever moves up from the waiting list"))
    quotas = RowsField(FormField(QuotaRow), max_entries=MOST_ROWS_OF_PLACES + 1)
    holds_quotas = BooleanField(_l("Keep these places for their agencies until they are taken"))
    groups = RowsField(FormField(GroupRow), max_entries=MOST_ROWS_OF_PLACES + 1)
    audience = OptionsField(_l("Who may register"), choices=AUDIENCES, default=Audience.ANY_AGENCY.value)
    agency_ids = TicksField(_l("Agencies"))
    approval = OptionsField(_l("How places are given"), choices=APPROVALS, default=Approval.DESK.value)
    opens_at = MomentField(_l("Registration opens"))
    closes_at = MomentField(_l("Registration closes"))
    threshold = DecimalField(_l("Share of the planned time that earns a certificate"), default="80")

    def __init__(self, project: Project, agencies: Iterable[Agency], **kwargs: Any) -> None:
        self.project = project
        self.said_at = 0
        super().__init__(**kwargs)
        self.outcome_ids.choices = [(str(o.id), f"{o.number}. {tr(o.title)}") for o in project.outcomes]
        ordered = in_tree_order(agencies, current_language())
        self.agency_ids.choices = [(str(agency.id), "– " * depth + tr(agency.name)) for agency, depth in ordered]
        self.offer_quota_agencies(agency for agency, _depth in ordered)

    @property
    def rows(self) -> list[SessionForm]:
        return [entry.form for entry in self.sessions]

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that is wrong at once, each beside its field."""
        for row in range(len(self.sessions) - 1, -1, -1):
            if self.rows[row].is_empty:
                self.sessions.take_out(row)
        self.drop_empty_places()
        for number, form in enumerate(self.rows, 1):
            form.number_labels(number)
        super().validate(extra_validators)
        is_stale = self.status == 400  # a stale form token: whatever else is wrong is said too, but this is the answer
        if not self.timezone.data:
            self.timezone.errors = [_("Choose a time zone from the list, for example Asia/Ulaanbaatar.")]
        for refusal in event_problems(self.project, self.details()):
            self.refuse(refusal)
        self._check_sessions()
        if is_stale:
            self.status = 400
        return not self.errors

    def details(self) -> EventDetails:
        """The event as typed; what could not be read has its error already and is left out here."""
        threshold = self.threshold.value if self.threshold.value is not None else Decimal(80)
        return EventDetails(
            title=self.told("title"),
            summary=self.told("summary"),
            kind=_member(EventKind, self.kind, EventKind.SEMINAR),
            place=self.told("place"),
            hosts=self.told("hosts"),
            timezone=self.own_timezone,
            capacity=self.capacity.value,
            has_waiting_list=bool(self.has_waiting_list.data),
            offer_hours=self.offer_hours.value,
            quotas=self.quota_details(),
            holds_quotas=bool(self.holds_quotas.data),
            groups=self.group_details(),
            approval=_member(Approval, self.approval, Approval.DESK),
            admission=_member(Admission, self.admission, Admission.OPEN),
            audience=_member(Audience, self.audience, Audience.ANY_AGENCY),
            agency_ids=self.agency_ids.ids,
            outcome_ids=self.outcome_ids.ids,
            opens_at=self._moment(self.opens_at),
            closes_at=self._moment(self.closes_at),
            threshold=(threshold / 100).quantize(Decimal("0.001")),
        )

    def session_details(self) -> list[SessionDetails]:
        """The sessions as typed, those without errors."""
        found = (row.details(self.own_timezone) for row in self.rows)
        return [details for details in found if details is not None]

    @property
    def own_timezone(self) -> str:
        """The event's time zone; the project's where that could not be read."""
        return self.timezone.value or self.project.timezone

    def refuse(self, refusal: Refused) -> None:
        """As any form; what is wrong with sessions stands beside them."""
        if isinstance(refusal, BadSessions):
            self.status = refusal.status
            rows = [row for row in self.rows if not row.errors]
            for number, sentence in refusal.sentences().items():
                rows[number].blame(refusal.problems[number], sentence)
            self._gather_row_errors()
        elif refusal.field == "sessions":
            self.status = refusal.status
            self.form_errors.append(str(refusal))
        elif refusal.field in {"quotas", "groups"}:
            self.status = refusal.status
            self.refuse_places(refusal)
        else:
            super().refuse(refusal)

    def rearrange(self, pressed: str) -> str | None:
        """Lay out, add or remove rows as the pressed button says; returns what was done, None for another button.

        Writes nothing: the page comes back with the rows and all that was typed. `said_at` is the place among the
        rows where people look when it does.
        """
        self.said_at = 0
        said_of_places = self.rearrange_places(pressed)
        if said_of_places is not None:
            return said_of_places
        if pressed == "layout":
            return self._lay_out()
        if pressed == "add":
            return self._add_row()
        row = pressed.removeprefix("remove-")
        if row != pressed and row in {str(number) for number in range(len(self.sessions))}:
            self.sessions.take_out(int(row))
            self.said_at = int(row)
            said: str = _("Session %(number)s is taken out.", number=int(row) + 1)
            return _not_saved(said)
        return None

    def _lay_out(self) -> str:
        for field in (self.timezone, self.first_day, self.days, self.pattern):
            field.validate(self)
        if self.first_day.value is None and not self.first_day.errors:
            self.first_day.errors = [_("Choose the first day.")]
        days = self.days.value or 0
        if not self.days.errors and not 1 <= days <= LONGEST_LAYOUT:
            self.days.errors = [_("Enter a number of days from 1 to %(most)s.", most=LONGEST_LAYOUT)]
        if self.errors:
            return ""
        plans = lay_out(self.first_day.value, days, Pattern(self.pattern.data), self.own_timezone)
        kept = [row for row in self.rows if not (row.is_as_laid or row.is_empty)]
        plans = not_laid_yet(plans, kept)
        if len(kept) + len(plans) > MOST_SESSIONS:
            self.days.errors = [_("An event has at most %(most)s sessions.", most=MOST_SESSIONS)]
            return ""
        self._lay(plans)
        words: str = ngettext("One session is laid out.", "%(num)s sessions are laid out.", len(plans))
        return _not_saved(words)

    def _lay(self, plans: list[SessionPlan]) -> None:
        """Give the plans to the rows that an earlier layout made, in turn; what was written in those stays."""
        waiting = list(plans)
        for number in reversed(self._rows_to_spare(len(plans))):
            self.sessions.take_out(number)
        for row in self.rows:
            if waiting and (row.is_as_laid or row.is_empty):
                row.lay(waiting.pop(0))
        for plan in waiting:
            self.sessions.append_entry(row_of_plan(plan))

    def _rows_to_spare(self, wanted: int) -> list[int]:
        """Rows of an earlier layout, beyond as many as are wanted now, in which nothing was written."""
        laid = [number for number, row in enumerate(self.rows) if row.is_as_laid or row.is_empty]
        return [number for number in laid[wanted:] if not self.rows[number].has_words]

    def _add_row(self) -> str:
        if len(self.sessions) >= MOST_SESSIONS:
            self.refuse(TooManySessions(most=MOST_SESSIONS))
            return ""
        self.sessions.append_entry({"day_share": "0.5"})
        self.said_at = len(self.sessions)
        said: str = _("Session %(number)s is added at the end.", number=len(self.sessions))
        return _not_saved(said)

    def _check_sessions(self) -> None:
        sound = self.session_details()
        if len(self.sessions) > MOST_SESSIONS:
            self.refuse(TooManySessions(most=MOST_SESSIONS))
        else:
            try:
                ensure_sessions(self.project, sound)
            except Refused as refusal:
                self.refuse(refusal)
        self._gather_row_errors()

    def _gather_row_errors(self) -> None:
        """Let the list of rows know of errors that were found after it was checked row by row."""
        errors = [entry.errors for entry in self.sessions]
        self.sessions.errors = errors if any(errors) else []

    def _moment(self, field: MomentField) -> datetime | None:
        if field.value is None:
            return None
        problem = clock_problem(field.value.date(), field.value.time(), self.own_timezone)
        if problem is not None:
            field.errors = [str(CLOCK_PROBLEMS[problem])]
            return None
        return datetime.combine(field.value.date(), field.value.time(), ZoneInfo(self.own_timezone))


def _not_saved(said: str) -> str:
    # A sentence inside an f-string would be missed when the sentences to translate are gathered.
    unsaved: str = _("Nothing is saved yet.")
    return f"{said} {unsaved}"


def blank_event(project: Project) -> dict[str, Any]:
    """What the form of a new event begins with."""
    return {"timezone": project.timezone}


def filled_event(event: Event) -> dict[str, Any]:
    """What the form of an event that is there begins with."""
    texts = {
        f"{name}_{code}": getattr(event, name).get(code, "")
        for name in ("title", "summary", "place", "hosts")
        for code in CONTENT_LANGUAGES
    }
    return texts | {
        "kind": event.kind.value,
        "timezone": event.timezone,
        "capacity": "" if event.capacity is None else str(event.capacity),
        "has_waiting_list": event.has_waiting_list,
        **rows_of_places(event),
        "approval": event.approval.value,
        "admission": event.admission.value,
        "audience": event.audience.value,
        "agency_ids": [str(listed.agency_id) for listed in event.agencies],
        "outcome_ids": [str(outcome.id) for outcome in event.outcomes],
        "opens_at": _typed(event.opens_at, event.timezone),
        "closes_at": _typed(event.closes_at, event.timezone),
        "threshold": f"{(event.threshold * 100).normalize():f}",
        "sessions": [row_of_session(session, event.timezone) for session in event.sessions],
    }


def _typed(moment: datetime | None, timezone: str) -> str:
    return "" if moment is None else f"{clock.local(moment, timezone):%Y-%m-%dT%H:%M}"


def _member(enum: type[Any], field: Field, default: Any) -> Any:
    return enum(field.data) if field.data in {member.value for member in enum} else default
