"""Pages of a project's indicators: progress, one figure with its parts, what is behind it, and handing in."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.framework import handing_in, refusals
from trainreg.framework.forms import ReopenForm
from trainreg.framework.models import Indicator, ReportingPeriod
from trainreg.framework.queries import get_indicator, get_period, list_indicators
from trainreg.framework.rules import CountingRule, Dimension, dimensions_of
from trainreg.framework.words import DIMENSION_WORDS, RULE_WORDS, breakdown_words
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.programme.queries import get_project, project_of_code
from trainreg.reporting.charts import trend_of
from trainreg.reporting.counting.freezing import freeze
from trainreg.reporting.counting.reading import facts_of
from trainreg.reporting.counting.tables import Key, Part, Table
from trainreg.reporting.indicator_rows import Behind, page_of, rows_of, things_behind
from trainreg.reporting.indicators import Line, Progress, plain
from trainreg.reporting.part_words import PartWords
from trainreg.reporting.question import UnknownFilter
from trainreg.web.access import current_actor, may, needs
from trainreg.web.safety import keeps_typed

blueprint = Blueprint("results", __name__)
_KNOWN = frozenset({"period", "handed_in", "page", "lang"})


def progress_context(told: Progress) -> dict[str, Any]:
    """What the table of indicators needs; the project's page shows it too."""
    return {"progress": told, "trend_of": line_trend, "rules": RULE_WORDS}


def line_trend(line: Line) -> Any:
    return trend_of([(figure.told, figure.target) for figure in line.figures])


def progress_for(code: str) -> Progress:
    project = get_project(code)
    return Progress(project, with_names=may(Permission.VIEW_NAMES, project_id=project.id))


@blueprint.get("/reports/<code>/results")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def results_page(code: str) -> str:
    told = progress_for(code)
    may_edit = may(Permission.EDIT_FRAMEWORK, project_id=told.project.id)
    due = [period for period in told.periods if may_edit and told.lines and not _why_not(period)]
    context = progress_context(told)
    return render_template("reporting/results_page.html", project=told.project, may_edit=may_edit, due=due, **context)


@blueprint.get("/reports/<code>/results/<indicator>")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def indicator_page(code: str, indicator: str) -> str:
    told = progress_for(code)
    found, period = _asked(told, indicator)
    tables = [told.table(found, period, wanted) for wanted in found.wanted]
    words = PartWords()

    def rows_address(table: Table, key: Key, period: ReportingPeriod | None) -> str:
        parts: dict[str, Any] = {
            dimension.value: words.code(dimension, part) for dimension, part in zip(table.dimensions, key, strict=True)
        }
        parts |= {"period": period.code} if period else {}
        return url_for("results.indicator_rows", code=code, indicator=indicator, **parts)

    return render_template(
        "reporting/indicator_page.html",
        project=told.project,
        indicator=found,
        period=period,
        periods=told.periods,
        total=told.table(found, period),
        standing=next((one for one in told.line(found).figures if period and one.period.id == period.id), None),
        tables=tables,
        plain=plain,
        parts=words,
        rows_address=rows_address,
        breakdown_words=breakdown_words,
        dimensions=DIMENSION_WORDS,
        rules=RULE_WORDS,
        with_names=told.with_names,
    )


@blueprint.get("/reports/<code>/results/<indicator>/rows")
@needs(Permission.VIEW_NAMES, project=project_of_code)
def indicator_rows(code: str, indicator: str) -> str:
    told = progress_for(code)
    found, period = _asked(told, indicator)
    words = PartWords()
    parts = _asked_parts(found, words)
    then = period is not None and period.is_locked and "handed_in" in request.args and not parts
    if period and then:
        things = [Behind(thing, amount) for thing, amount in told.handed_in(period, found.code)]
    else:
        things = things_behind(told, found, period, parts)
    by_hand = told.line(found).figures if found.rule is CountingRule.HAND_ENTERED else ()
    return render_template(
        "reporting/indicator_rows.html",
        project=told.project,
        indicator=found,
        period=period,
        page=page_of(things),
        total=_added_up(found, things),
        by_hand=[one for one in reversed(by_hand) if one.told is not None and period in (None, one.period)],
        then=then,
        filters=[(DIMENSION_WORDS[dimension], words.name(dimension, part)) for dimension, part in parts.items()],
        rules=RULE_WORDS,
    )


def _added_up(indicator: Indicator, things: Sequence[Behind]) -> Decimal | None:
    """The figure that these things are behind: their sum, or the mean of them."""
    total = sum((one.amount for one in things), Fraction(0))
    if indicator.rule is not CountingRule.KNOWLEDGE_GAIN:
        return plain(total)
    return plain(total / len(things)) if things else None


def _asked(told: Progress, code: str) -> tuple[Indicator, ReportingPeriod | None]:
    period = request.args.get("period")
    found = get_indicator(told.project.id, code)
    return found, get_period(told.project.id, period) if period else None


def _asked_parts(indicator: Indicator, words: PartWords) -> dict[Dimension, Part]:
    """The part of the figure that an address asks for; a misspelt one must not show other rows."""
    known = {one.value: one for one in dimensions_of(indicator.rule)}
    for name in request.args:
        if name not in known and name not in _KNOWN:
            raise UnknownFilter(name=name[:40])
    return {known[name]: words.part(known[name], value) for name, value in request.args.items() if name in known}


@blueprint.get("/reports/<code>/periods/<period>")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def period_page(code: str, period: str) -> str:
    return _period_page(code, period, ReopenForm(formdata=None))


def _period_page(code: str, period: str, form: ReopenForm) -> str:
    told = progress_for(code)
    asked = get_period(told.project.id, period)
    found = next(one for one in told.periods if one.id == asked.id)
    changed = [one for one in told.differences(found) if one.is_changed] if told.with_names else []
    rows = {one.code: _changed_rows(one) for one in changed}
    return render_template(
        "reporting/period_page.html",
        project=told.project,
        period=found,
        figures=[(line, figure) for line in told.lines for figure in line.figures if figure.period.id == found.id],
        changed=changed,
        rows=rows,
        plain=plain,
        form=form,
        refusal=_why_not(found),
        may_hand_in=may(Permission.EDIT_FRAMEWORK, project_id=told.project.id),
        may_reopen=may(Permission.REOPEN_PERIODS, project_id=told.project.id),
        **progress_context(told),
    )


def _changed_rows(difference: Any) -> list[Any]:
    """What made the difference, each with what it counted then and counts now."""
    before = rows_of([Behind((one.kind, one.id), one.before) for one in difference.changes])
    after = rows_of([Behind((one.kind, one.id), one.after) for one in difference.changes])
    return list(zip(before, after, strict=True))


def _why_not(period: ReportingPeriod) -> str:
    try:
        handing_in.ensure_can_be_handed_in(period)
    except Refused as refusal:
        return str(refusal)
    return ""


@blueprint.post("/reports/<code>/periods/<period>/hand-in")
@needs(Permission.EDIT_FRAMEWORK, project=project_of_code)
def hand_in(code: str, period: str) -> Response:
    project = get_project(code)
    found = handing_in.lock_period(get_period(project.id, period))
    handing_in.ensure_can_be_handed_in(found)
    indicators = list_indicators(project.id)
    if not indicators:
        raise refusals.NothingToHandIn
    handing_in.hand_in(found, freeze(found, indicators, facts_of(project)), by=current_actor())
    db.session.commit()
    flash(_("The period is handed in. Its figures, and the rows they rest on, are kept as they are now."))
    return redirect(url_for("results.period_page", code=code, period=period), 303)


@blueprint.post("/reports/<code>/periods/<period>/reopen")
@needs(Permission.REOPEN_PERIODS, project=project_of_code)
@keeps_typed
def reopen(code: str, period: str) -> tuple[str, int] | Response:
    form = ReopenForm()
    if form.validate():
        try:
            found = get_period(get_project(code).id, period)
            handing_in.reopen(found, reason=form.reason.data or "", by=current_actor())
            db.session.commit()
            flash(_("The period is open again."))
            return redirect(url_for("results.period_page", code=code, period=period), 303)
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal)
    return _period_page(code, period, form), form.status
