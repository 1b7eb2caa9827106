"""Which state of a framework a page showed: whoever saves an older one is late, and takes nothing away unseen."""

from hashlib import sha256

from trainreg.framework.reading import framework_of
from trainreg.framework.sheets import rows_of
from trainreg.programme.models import Project


def version_of(project: Project) -> str:
    """A short fingerprint of everything that the framework's page shows."""
    told = framework_of(project)
    parts = [[one.id for one in part] for part in (told.periods, told.outputs, told.indicators)]
    return sha256(repr((parts, [list(map(str, row)) for row in rows_of(told, {})])).encode()).hexdigest()[:16]
