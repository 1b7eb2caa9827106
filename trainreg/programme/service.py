"""Create and edit projects."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from trainreg.agencies.models import Agency
from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.kernel.languages import LANGUAGES, with_others
from trainreg.programme import refusals, rules
from trainreg.programme.checks import project_problems
from trainreg.programme.details import OutcomeDetails, ProjectDetails, SignatoryDetails
from trainreg.programme.models import Outcome, Project, ProjectPartner, Signatory
from trainreg.programme.queries import find_project_like

audit.describes(
    {
        "project.created": _l("Project %(code)s created"),
        "project.edited": _l("Project %(code)s edited"),
        "project.outcome_added": _l("Outcome %(number)s added"),
        "project.outcome_removed": _l("Outcome %(number)s removed"),
    }
)


def create_project(
    details: ProjectDetails, *, by: Actor, is_invented: bool = False, at: datetime | None = None
) -> Project:
    """Create a project with its outcomes, partners and signatories; refuses a taken code."""
    _ensure_sound(details)
    if find_project_like(details.code) is not None:
        raise refusals.CodeTaken
    project = Project(code=details.code, is_invented=is_invented, created_at=at or clock.now())
    _fill(project, details)
    project.outcomes = [Outcome(number=told.number, title=with_others(told.title, None)) for told in details.outcomes]
    db.session.add(project)
    flush_or_refuse(refusals.CodeTaken())
    _place_partners(project, details.partners)
    _place_signatories(project, details.signatories)
    audit.record("project.created", project, by=by, project_id=project.id, at=at, code=project.code)
    return project


def edit_project(project: Project, details: ProjectDetails, *, by: Actor) -> Project:
    """Edit a project; an outcome that an event or a publication serves stays."""
    _ensure_sound(details)
    other = find_project_like(details.code)
    if other is not None and other.id != project.id:
        raise refusals.CodeTaken
    _fill(project, details)
    flush_or_refuse(refusals.CodeTaken())
    _place_outcomes(project, details.outcomes, by=by)
    _place_partners(project, details.partners)
    _place_signatories(project, details.signatories)
    audit.record("project.edited", project, by=by, project_id=project.id, code=project.code)
    return project


def ensure_unserved(outcome: Outcome) -> None:
    """Refuse when an event or a publication serves the outcome; changes nothing.

    Both stand left of here: their foreign keys are asked, by a deletion that is taken back.
    """
    attempt = db.session.begin_nested()
    try:
        deletion = delete(Outcome).where(Outcome.id == outcome.id)
        db.session.execute(deletion, execution_options={"synchronize_session": False})
    except IntegrityError as error:
        attempt.rollback()
        raise refusals.OutcomeServed(number=outcome.number) from error
    attempt.rollback()


def _ensure_sound(details: ProjectDetails) -> None:
    for refusal in project_problems(details):
        raise refusal


def _fill(project: Project, details: ProjectDetails) -> None:
    project.code = details.code
    project.title = with_others(details.title, project.title)
    project.summary = with_others(details.summary, project.summary)
    project.organisation = with_others(details.organisation, project.organisation)
    project.funder = with_others(details.funder, project.funder)
    project.country, project.timezone = details.country, details.timezone
    project.starts_on, project.ends_on = details.starts_on, details.ends_on
    project.budget_amount = details.budget_amount
    project.budget_currency = details.budget_currency if details.budget_amount is not None else None


def _place_outcomes(project: Project, told: Sequence[OutcomeDetails], *, by: Actor) -> None:
    known = {outcome.id: outcome for outcome in project.outcomes}
    kept = {details.id for details in told if details.id is not None}
    if not kept <= known.keys() or len(kept) != sum(details.id is not None for details in told):
        raise refusals.UnknownOutcome
    for outcome_id in known.keys() - kept:
        number = known[outcome_id].number
        project.outcomes.remove(known[outcome_id])
        flush_or_refuse(refusals.OutcomeServed(number=number))  # the foreign keys know who serves it
        audit.record("project.outcome_removed", project, by=by, project_id=project.id, number=number)
    _make_room([(known[details.id], details.number) for details in told if details.id is not None])
    for details in told:
        if details.id is None:
            project.outcomes.append(Outcome(number=details.number, title=with_others(details.title, None)))
            flush_or_refuse(refusals.ChangedMeanwhile())
            audit.record("project.outcome_added", project, by=by, project_id=project.id, number=details.number)
        else:
            outcome = known[details.id]
            outcome.number, outcome.title = details.number, with_others(details.title, outcome.title)
    flush_or_refuse(refusals.ChangedMeanwhile())


def _make_room(wanted: Sequence[tuple[Outcome, int]]) -> None:
    """Park the numbers that change out of the way: two outcomes may swap theirs, and each is unique at any moment."""
    for outcome, number in wanted:
        if outcome.number != number:
            outcome.number += rules.HIGHEST_OUTCOME
    flush_or_refuse(refusals.ChangedMeanwhile())


def _place_partners(project: Project, agencies: Sequence[Agency]) -> None:
    known = {partner.agency_id: partner for partner in project.partners}
    project.partners = [
        known.get(agency.id) or ProjectPartner(agency_id=agency.id) for agency in dict.fromkeys(agencies)
    ]
    for position, partner in enumerate(project.partners, 1):
        partner.position = position
    flush_or_refuse(refusals.ChangedMeanwhile())


def _place_signatories(project: Project, told: Sequence[SignatoryDetails]) -> None:
    known = {signatory.position: signatory for signatory in project.signatories}
    # A signature belongs to a name, not to a place: whoever comes next in the place does not sign with it, and does
    # not inherit what nobody was asked for in other languages.
    before = {_called(one.name): (one.image_sha256, one.name, one.title) for one in project.signatories}
    placed = []
    for position, details in enumerate(told, 1):
        signatory = known.get(position) or Signatory(position=position)
        image, name, title = before.get(_called(details.name), (None, {}, {}))
        signatory.name, signatory.title = with_others(details.name, name), with_others(details.title, title)
        signatory.image_sha256 = image
        placed.append(signatory)
    project.signatories = placed
    flush_or_refuse(refusals.ChangedMeanwhile())


def _called(name: Mapping[str, str]) -> tuple[str, ...]:
    """A signatory as the desk knows them: by the name in the languages of the pages."""
    own = tuple(name.get(code, "") for code in LANGUAGES)
    return own if any(own) else tuple(sorted(one for one in name.values() if one))
