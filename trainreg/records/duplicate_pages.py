"""Two records of one official? The queue, the merge with its preview, and undoing it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.people.duplicates import evidence_of
from trainreg.people.models import Person
from trainreg.people.words import AGE_BAND_WORDS, EVIDENCE_WORDS, SEX_WORDS
from trainreg.records import service
from trainreg.records.blueprint import ONE, blueprint
from trainreg.records.forms import MergeForm
from trainreg.records.preview import FieldLine, compare, preview
from trainreg.records.queries import (
    ProjectIds,
    count_registrations,
    ensure_held,
    find_pair,
    get_merge,
    get_pair,
    get_person,
    latest_postings,
    open_pairs,
)
from trainreg.web.access import current_actor, needs, principal
from trainreg.web.forms import answer
from trainreg.web.paging import page_of
from trainreg.web.safety import keeps_typed

MERGE = f"{ONE}/merge/<int(max=2147483647):other_id>"
PER_PAGE = 10


@blueprint.get("/desk/duplicates")
@needs(Permission.DECIDE_REGISTRATIONS)
def duplicates() -> str:
    page = page_of(open_pairs(_held()), per_page=PER_PAGE)
    people = [person for pair in page.items for person in (pair.person_a, pair.person_b)]
    return render_template(
        "records/duplicates.html",
        page=page,
        fields={pair.id: _without_contacts(compare(pair.person_a, pair.person_b)) for pair in page.items},
        evidence={pair.id: evidence_of(pair) for pair in page.items},
        words=EVIDENCE_WORDS,
        sexes=SEX_WORDS,
        age_bands=AGE_BAND_WORDS,
        postings=latest_postings(people),
        counts=count_registrations(people, None),
    )


@blueprint.post("/desk/duplicates/<int(max=2147483647):pair_id>/apart")
@needs(Permission.DECIDE_REGISTRATIONS)
def keep_apart(pair_id: int) -> Response:
    pair = get_pair(pair_id, _held())
    try:
        service.decide_apart(pair, by=current_actor())
        db.session.commit()
        flash(_("Kept apart. This pair is not asked about again."), "good")
    except Refused as refusal:
        _say(refusal)
    return redirect(url_for(".duplicates"), 303)


@blueprint.get(MERGE)
@needs(Permission.DECIDE_REGISTRATIONS)
def merge_page(person_id: int, other_id: int) -> tuple[str, int] | Response:
    return _merge_page(*_both(person_id, other_id), MergeForm())


@blueprint.post(MERGE)
@needs(Permission.DECIDE_REGISTRATIONS)
@keeps_typed
def merge(person_id: int, other_id: int) -> tuple[str, int] | Response:
    kept, merged, form = *_both(person_id, other_id), MergeForm()
    if not form.validate():
        return _merge_page(kept, merged, form)
    names = [line.name for line in compare(kept, merged) if line.choose]
    try:
        service.merge(kept, merged, from_merged=form.chosen(request.form, names), by=current_actor())
        db.session.commit()
        flash(_("The two records are one now."), "good")
    except Refused as refusal:
        _say(refusal)
    return redirect(url_for(".person_page", person_id=person_id), 303)


@blueprint.post(f"{ONE}/merges/<int(max=2147483647):merge_id>/undo")
@needs(Permission.DECIDE_REGISTRATIONS)
def undo(person_id: int, merge_id: int) -> Response:
    person = get_person(person_id, _held())
    ensure_held([person], _held())
    try:
        service.undo(get_merge(person, merge_id), by=current_actor())
        db.session.commit()
        flash(_("The merge is undone: there are two records again."), "good")
    except NotFound:
        raise
    except Refused as refusal:
        _say(refusal)
    return redirect(url_for(".person_page", person_id=person_id), 303)


def _held() -> ProjectIds:
    return principal().project_ids(Permission.DECIDE_REGISTRATIONS)


def _both(person_id: int, other_id: int) -> tuple[Person, Person]:
    if person_id == other_id:
        raise NotFound
    kept, merged = get_person(person_id, _held()), get_person(other_id, _held())
    ensure_held([_now(kept), _now(merged)], _held())
    return kept, merged


def _now(person: Person) -> Person:
    """Whoever was merged is judged by the record it went into: a second press is told so, not lost."""
    return person if person.merged_into_id is None else db.session.get_one(Person, person.merged_into_id)


def _merge_page(kept: Person, merged: Person, form: MergeForm) -> tuple[str, int] | Response:
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        flash(str(service.AlreadyMerged()), "error")
        return redirect(url_for(".person_page", person_id=kept.id), 303)
    pair = find_pair(kept, merged)
    return answer(
        "records/merge.html",
        form,
        kept=kept,
        merged=merged,
        preview=preview(kept, merged),
        evidence=evidence_of(pair) if pair else [],
        words=EVIDENCE_WORDS,
        sexes=SEX_WORDS,
        age_bands=AGE_BAND_WORDS,
        typed=request.form,
    )


def _without_contacts(lines: list[FieldLine]) -> list[FieldLine]:
    """The queue is a list: it says that addresses agree or differ, and shows none."""
    return [line for line in lines if not line.is_contact and line.name != "language"]


def _say(refusal: Refused) -> None:
    db.session.rollback()
    flash(str(refusal), "error")
