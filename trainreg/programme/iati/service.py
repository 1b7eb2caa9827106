"""Write a project's settings for IATI."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.audit import service as audit
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row
from trainreg.programme.iati import refusals
from trainreg.programme.iati.checks import iati_problems
from trainreg.programme.iati.details import IatiDetails
from trainreg.programme.iati.models import IatiSector, IatiSettings
from trainreg.programme.iati.queries import find_iati_settings
from trainreg.programme.models import Project

audit.describes({"project.iati_set": _l("Settings of the IATI file saved: %(identifier)s")})


def save_iati_settings(project: Project, told: IatiDetails, *, by: Actor) -> IatiSettings:
    """Write the settings whole; refuses an identifier that another project has."""
    for refusal in iati_problems(told):
        raise refusal
    lock_row(Project, project.id)
    taken = select(IatiSettings.project_id).where(IatiSettings.identifier == told.identifier)
    if any(project_id != project.id for project_id in db.session.scalars(taken)):
        raise refusals.IdentifierTaken
    settings = find_iati_settings(project.id) or IatiSettings(project_id=project.id)
    for name in IatiDetails.__dataclass_fields__:
        if name != "sectors":
            setattr(settings, name, getattr(told, name))
    db.session.add(settings)
    settings.sectors = []
    flush_or_refuse(refusals.IdentifierTaken())
    settings.sectors = [
        IatiSector(position=place, vocabulary=one.vocabulary, code=one.code, percentage=one.percentage)
        for place, one in enumerate(told.sectors, 1)
    ]
    flush_or_refuse(refusals.IdentifierTaken())
    audit.record("project.iati_set", project, by=by, project_id=project.id, identifier=told.identifier)
    return settings
