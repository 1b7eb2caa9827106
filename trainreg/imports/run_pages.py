"""Follow one import: its columns, the preview row by row, its questions, and the button that writes."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.audit.queries import history_of
from trainreg.imports import service
from trainreg.imports.blueprint import blueprint
from trainreg.imports.forms import ButtonForm, ColumnsForm, answers_typed, column_choices, columns_typed
from trainreg.imports.jobs import carry_on
from trainreg.imports.models import ImportRun
from trainreg.imports.queries import content_of, get_run, rows_of
from trainreg.imports.refusals import NotReady
from trainreg.imports.rules import PERMISSIONS, ImportKind, RowOutcome, RunStatus, may_apply
from trainreg.imports.words import KIND_WORDS, OUTCOME_TONES, OUTCOME_WORDS, RUN_TONES, RUN_WORDS
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.kernel.sheets import read_sheet
from trainreg.web.access import current_actor, may, needs
from trainreg.web.forms import Form
from trainreg.web.paging import page_of
from trainreg.web.safety import body_limit, keeps_typed

ONE = "/desk/imports/<int(max=2147483647):run_id>"
SAMPLES = 3
ANSWERS_BODY = 1024 * 1024
Answer = tuple[str, int] | Response


def run_or_404(run_id: int) -> ImportRun:
    """An import that this account may see: its kind's permission, held in its project."""
    run = get_run(run_id)
    if not may(PERMISSIONS[run.kind], project_id=run.project_id):
        raise NotFound
    return run


@blueprint.get(ONE)
@needs(Permission.DECIDE_REGISTRATIONS)
def run_page(run_id: int) -> Answer:
    run = run_or_404(run_id)
    if "HX-Request" in request.headers and not run.status.is_busy:
        return Response(headers={"HX-Refresh": "true"})  # the page that asked shows progress, and there is none left
    return _page(run)


@blueprint.post(f"{ONE}/columns")
@needs(Permission.DECIDE_REGISTRATIONS)
@keeps_typed
def set_columns(run_id: int) -> Answer:
    run, form = run_or_404(run_id), ColumnsForm()
    typed = columns_typed(request.form, len(run.headings))
    if not form.validate():
        return _page(run, form, typed=typed)
    try:
        service.set_columns(run, typed, by=current_actor())
    except Refused as refusal:
        return _refused(run_id, form, refusal, typed=typed)
    return _go_on(run)


@blueprint.post(f"{ONE}/columns-again")
@needs(Permission.DECIDE_REGISTRATIONS)
def map_again(run_id: int) -> Answer:
    run = service.map_again(run_or_404(run_id))
    db.session.commit()
    return redirect(url_for("imports.run_page", run_id=run.id), 303)


@blueprint.post(f"{ONE}/answers")
@needs(Permission.DECIDE_REGISTRATIONS)
@body_limit(ANSWERS_BODY)
def answer_questions(run_id: int) -> Answer:
    run = run_or_404(run_id)
    answers = answers_typed(request.form.items())
    if not answers:
        flash(_("Choose an answer for at least one row."), "error")
        return redirect(url_for("imports.run_page", run_id=run_id, outcome=RowOutcome.AMBIGUOUS.value), 303)
    service.answer(run, answers)
    return _go_on(run)


@blueprint.post(f"{ONE}/apply")
@needs(Permission.DECIDE_REGISTRATIONS)
def apply_import(run_id: int) -> Answer:
    run = run_or_404(run_id)
    service.begin_apply(run, by=current_actor())
    return _go_on(run)


@blueprint.post(f"{ONE}/delete")
@needs(Permission.DECIDE_REGISTRATIONS)
def delete_import(run_id: int) -> Answer:
    run = run_or_404(run_id)
    if run.status.is_busy:
        raise NotReady
    service.delete_runs([run.id])
    db.session.commit()
    flash(_("The file and its preview are deleted. What was imported stays."))
    return redirect(url_for("imports.run_list"), 303)


def _go_on(run: ImportRun) -> Response:
    """A short file is done while the page waits; a long one waits for the worker."""
    run_id, is_short = run.id, run.is_short
    db.session.commit()
    if is_short:
        carry_on(run_id)
    return redirect(url_for("imports.run_page", run_id=run_id), 303)


def _refused(run_id: int, form: Form, refusal: Refused, *, typed: list[str]) -> Answer:
    db.session.rollback()
    form.refuse(refusal)
    return _page(run_or_404(run_id), form, typed=typed)


def _page(run: ImportRun, form: Form | None = None, *, typed: list[str] | None = None) -> Answer:
    context = {"run": run, "kind": KIND_WORDS[run.kind], "status": RUN_WORDS[run.status], "tone": RUN_TONES[run.status]}
    if run.status is RunStatus.MAPPING or form is not None:
        page = _columns_page(run, form or ColumnsForm(), typed or run.mapping, context)
    elif run.status.is_busy:
        page = render_template("imports/progress.html", **context)
    else:
        page = _preview(run, context)
    return page, form.status if form is not None and form.errors else 200


def _columns_page(run: ImportRun, form: Form, typed: list[str], context: dict[str, object]) -> str:
    sheet = read_sheet(content_of(run), run.filename)
    samples = [[row.cells[place] for row in sheet.rows[:SAMPLES]] for place in range(len(sheet.header))]
    columns = list(zip(sheet.columns, run.headings, typed, samples, strict=True))
    choices = column_choices(service.columns_of(run))
    return render_template("imports/columns.html", form=form, columns=columns, choices=choices, sheet=sheet, **context)


def _preview(run: ImportRun, context: dict[str, object]) -> str:
    outcome = _asked_outcome(run)
    here = url_for("imports.run_page", run_id=run.id)
    tabs = [(_("All rows"), here + "?outcome=all", outcome is None, sum(run.counts.values()))] + [
        (str(OUTCOME_WORDS[one]), f"{here}?outcome={one.value}", one is outcome, run.counts[one])
        for one in RowOutcome
        if run.counts.get(one)
    ]
    return render_template(
        "imports/preview.html",
        form=ButtonForm(),
        page=page_of(rows_of(run, outcome)),
        outcome=outcome,
        tabs=tabs,
        words=OUTCOME_WORDS,
        tones=OUTCOME_TONES,
        may_apply=run.status is RunStatus.READY and may_apply(run.counts),
        asks_for_mail=run.kind is ImportKind.REGISTRATIONS and run.options.get("sends_mail"),
        history=history_of(run),
        **context,
    )


def _asked_outcome(run: ImportRun) -> RowOutcome | None:
    """As asked; by itself the page shows what stands in the way first."""
    asked = request.args.get("outcome", "")
    if asked:
        return RowOutcome(asked) if asked in set(RowOutcome) else None
    return next((one for one in (RowOutcome.ERROR, RowOutcome.AMBIGUOUS) if run.counts.get(one)), None)
