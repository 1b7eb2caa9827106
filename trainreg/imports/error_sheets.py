"""The rows that stand in the way, as a spreadsheet: as they were sent, with a reason beside each."""

from collections.abc import Iterable

from flask import Response, request
from flask_babel import gettext as _

from trainreg.audit import service as audit
from trainreg.imports.blueprint import blueprint
from trainreg.imports.queries import content_of, reasons_of
from trainreg.imports.run_pages import ONE, run_or_404
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.sheets import read_sheet
from trainreg.kernel.sheets_cells import Value
from trainreg.web.access import current_actor, needs
from trainreg.web.downloads import asked_format, download


@blueprint.post(f"{ONE}/errors")
@needs(Permission.DECIDE_REGISTRATIONS)
def error_sheet(run_id: int) -> Response:
    run, form = run_or_404(run_id), asked_format(request.form.get("format"))
    reasons = reasons_of(run)
    sheet = read_sheet(content_of(run), run.filename)
    audit.record("import.errors_taken", run, by=current_actor(), project_id=run.project_id, rows=len(reasons))
    db.session.commit()
    refused = (row for row in sheet.rows if row.number in reasons)
    rows: Iterable[tuple[Value, ...]] = ((*row.cells, row.number, reasons[row.number]) for row in refused)
    header = (*sheet.header, _("Row"), _("Reason"))
    return download(form, header, rows, name=f"import-{run.id}-errors", title=_("Rows with reasons"))
