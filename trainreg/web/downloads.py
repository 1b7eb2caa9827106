"""Hand a table to a browser, for its reader alone."""

from collections.abc import Iterable, Sequence
from typing import IO

from flask import Response, send_file

from trainreg.kernel.refusals import NotFound
from trainreg.kernel.sheets_cells import Value
from trainreg.kernel.sheets_writing import SheetFormat, write_sheet


def asked_format(text: str | None) -> SheetFormat:
    """CSV or XLSX; raises NotFound for anything else."""
    if text not in set(SheetFormat):
        raise NotFound
    return SheetFormat(text)


def download(
    form: SheetFormat, header: Sequence[str], rows: Iterable[Sequence[Value]], *, name: str, title: str = ""
) -> Response:
    """The table as a file to keep. It is made before it is sent, so that no slow reader holds the database."""
    return sheet_download(form, write_sheet(form, header, rows, title=title), name=name)


def sheet_download(form: SheetFormat, content: IO[bytes], *, name: str) -> Response:
    """A table that was made already, as a file to keep."""
    response = send_file(
        content, mimetype=form.media_type, as_attachment=True, download_name=f"{name}.{form.value}", etag=False
    )
    return kept_private(response)


def book_download(content: IO[bytes], name: str) -> Response:
    """A spreadsheet of several sheets that was made already, as a file to keep."""
    return kept_private(
        send_file(content, mimetype=SheetFormat.XLSX.media_type, as_attachment=True, download_name=name, etag=False)
    )


def kept_private(response: Response) -> Response:
    """Names are personal data: the browser may keep the file for its own user, and nobody on the way."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
