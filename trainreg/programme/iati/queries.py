"""Find a project's settings for IATI."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainreg.kernel.db import db
from trainreg.programme.iati.models import IatiSettings


def find_iati_settings(project_id: int) -> IatiSettings | None:
    """The settings, with their sectors."""
    statement = select(IatiSettings).where(IatiSettings.project_id == project_id)
    return db.session.scalar(statement.options(selectinload(IatiSettings.sectors)))
