"""Files that show that a publication is there and where it went; whoever fetches one is written down."""

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.publications.models import Publication, PublicationFile
from trainreg.publications.refusals import ManyFiles, SameEvidence
from trainreg.questions.uploads import Upload

MOST_FILES = 20

audit.describes(
    {
        "publication.file_kept": _l("File kept as evidence: %(name)s"),
        "publication.file_fetched": _l("File fetched: %(name)s"),
        "publication.file_deleted": _l("File deleted: %(name)s"),
    }
)


def keep_file(publication: Publication, upload: Upload, *, by: Actor) -> PublicationFile:
    """Keep a file as evidence; the same one only once."""
    if any(one.sha256 == upload.sha256 for one in publication.files):
        raise SameEvidence
    if len(publication.files) >= MOST_FILES:
        raise ManyFiles(most=MOST_FILES)
    file = PublicationFile(
        publication=publication,
        name=upload.name,
        kind=upload.kind,
        size=len(upload.content),
        sha256=upload.sha256,
        content=upload.content,
        sent_at=clock.now(),
        sent_by_id=by.user_id,
    )
    db.session.add(file)
    _note("file_kept", publication, file.name, by=by)
    flush_or_refuse(SameEvidence())
    return file


def note_fetched(file: PublicationFile, *, by: Actor) -> None:
    """Write down who was handed the file."""
    _note("file_fetched", file.publication, file.name, by=by)


def delete_file(file: PublicationFile, *, by: Actor) -> None:
    """Delete a file that was kept by mistake; that it was there stays written down."""
    publication, name = file.publication, file.name
    publication.files.remove(file)
    _note("file_deleted", publication, name, by=by)


def _note(what: str, publication: Publication, name: str, *, by: Actor) -> None:
    audit.record(f"publication.{what}", publication, by=by, project_id=publication.project_id, name=name)
