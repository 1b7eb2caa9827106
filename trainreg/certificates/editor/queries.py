"""Find designs, their versions and pictures, and say what an event planned."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from trainreg.certificates.editor.models import CertificatePlan, Design, DesignPicture, DesignVersion
from trainreg.certificates.editor.rules import Mailing
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound

USUAL_LANGUAGES = ("en", "mn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an event's certificates look, how long they are valid (None: for ever) and how they travel.

    `design_sha256` is empty where nothing was chosen: the usual design of the day of issue is meant.
    """

    design_sha256: str = ""
    languages: tuple[str, ...] = USUAL_LANGUAGES
    vertical: bool = False
    valid_months: int | None = None
    mail: Mailing = Mailing.LINK


def find_plan(event_id: int) -> CertificatePlan | None:
    return db.session.scalar(select(CertificatePlan).where(CertificatePlan.event_id == event_id))


def plan_of(event: Event) -> Plan:
    """What the event planned of its certificates, or what is usual."""
    row = find_plan(event.id)
    if row is None:
        return Plan()
    return Plan(
        design_sha256=row.design_sha256,
        languages=tuple(row.languages),
        vertical=row.has_vertical,
        valid_months=row.valid_months,
        mail=row.mail,
    )


def find_design_row(slug: str) -> Design | None:
    return db.session.scalar(
        select(Design)
        .where(Design.slug == slug)
        .options(selectinload(Design.versions), joinedload(Design.draft), joinedload(Design.project))
    )


def get_design(slug: str) -> Design:
    design = find_design_row(slug)
    if design is None:
        raise NotFound
    return design


def project_of_design(slug: str, **_others: object) -> int:
    """The project of the design in an address, for access rules; 0 for the house's own, which is no project's."""
    return get_design(slug).project_id or 0


def list_designs(project_ids: frozenset[int] | None, *, with_archived: bool = False) -> list[Design]:
    """The house's own designs and those of these projects (None: of all), the newest first."""
    statement = select(Design).options(
        selectinload(Design.versions), joinedload(Design.draft), joinedload(Design.project)
    )
    if project_ids is not None:
        statement = statement.where(or_(Design.project_id.is_(None), Design.project_id.in_(project_ids)))
    if not with_archived:
        statement = statement.where(Design.archived_at.is_(None))
    return list(db.session.scalars(statement.order_by(Design.created_at.desc(), Design.id.desc())))


def find_version(sha256: str) -> DesignVersion | None:
    return db.session.scalar(select(DesignVersion).where(DesignVersion.sha256 == sha256))


def content_of_version(sha256: str) -> str | None:
    """The canonical JSON of a published version, as `designs.kit.loaders` ask for it."""
    return db.session.scalar(select(DesignVersion.content).where(DesignVersion.sha256 == sha256))


def find_picture(sha256: str) -> DesignPicture | None:
    return db.session.scalar(select(DesignPicture).where(DesignPicture.sha256 == sha256))


def content_of_picture(sha256: str) -> bytes | None:
    """The prepared bytes of a picture."""
    return db.session.scalar(select(DesignPicture.content).where(DesignPicture.sha256 == sha256))


def contents_of_pictures(digests: list[str]) -> dict[str, bytes]:
    """The prepared bytes of those of these pictures that are kept here."""
    rows = select(DesignPicture.sha256, DesignPicture.content).where(DesignPicture.sha256.in_(digests))
    return {row.sha256: row.content for row in db.session.execute(rows)}


def list_pictures(digests: list[str]) -> list[DesignPicture]:
    """Those of these pictures that are kept here, the newest first."""
    rows = select(DesignPicture).where(DesignPicture.sha256.in_(digests)).order_by(DesignPicture.id.desc())
    return list(db.session.scalars(rows))
