"""`trainreg certificates`: issue, render and verify from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
from flask.cli import AppGroup

from trainreg.certificates import service
from trainreg.certificates.delivery import archive, files_of, for_printing
from trainreg.certificates.keys.commands import keys, rekey
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import list_certificates_of, list_certificates_without_file
from trainreg.certificates.sentences import flaw_sentence
from trainreg.certificates.verification import Examination, examine
from trainreg.certificates.verifying.commands import offline_page
from trainreg.certificates.verifying.words import sentence_of
from trainreg.events.models import Event
from trainreg.events.queries import find_event
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused

certificates = AppGroup("certificates", help="Issue certificates, write their files, check a file.")
certificates.add_command(keys)
certificates.add_command(rekey)
certificates.add_command(offline_page)

_AT_A_TIME = 50
_LARGEST_FILE = 200 * 1024 * 1024


def _event(slug: str) -> Event:
    event = find_event(slug)
    if event is None:
        raise click.ClickException(f"There is no event with the name {slug!r}.")
    return event


@certificates.command("issue")
@click.argument("event_slug", metavar="EVENT")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def issue(event_slug: str, as_json: bool) -> None:
    """Issue a certificate to everybody at EVENT who has earned one and has none.

    Exits with 1 when somebody has earned one that cannot be printed.
    """
    event = _event(event_slug)
    try:
        issued = service.issue(event, by=COMMAND_LINE)
        event_id = event.id
        db.session.commit()
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    refused = {
        undrawable.registration.reference: [flaw_sentence(flaw) for flaw in undrawable.flaws]
        for undrawable in issued.undrawable
    }
    numbers = [certificate.register_number for certificate in issued.certificates]
    _record_files(event_id, quiet=as_json)
    if as_json:
        answer = {"issued": numbers, "already": issued.already, "not_eligible": issued.not_eligible}
        click.echo(json.dumps(answer | {"refused": refused}, ensure_ascii=False))
    else:
        click.echo(f"{len(numbers)} issued, {issued.already} had one already, {issued.not_eligible} not eligible.")
        for reference, sentences in refused.items():
            click.echo(f"Refused {reference}: {' '.join(sentences)}", err=True)
    if refused:
        raise SystemExit(1)


def _record_files(event_id: int, *, quiet: bool) -> None:
    waiting = list(list_certificates_without_file(event_id))
    with click.progressbar(length=len(waiting), label="Drawing", hidden=quiet) as bar:
        for start in range(0, len(waiting), _AT_A_TIME):
            batch = list_certificates_without_file(event_id, limit=_AT_A_TIME)
            service.record_files(batch)
            db.session.commit()
            bar.update(len(waiting[start : start + _AT_A_TIME]))


@certificates.command("render")
@click.argument("event_slug", metavar="EVENT")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="A folder, or a file ending in .zip (one PDF each) or .pdf (all in one, for printing).",
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def render(event_slug: str, output: Path, as_json: bool) -> None:
    """Write the files of the certificates issued at EVENT."""
    issued = list(list_certificates_of(_event(event_slug).id))
    if not issued:
        raise click.ClickException("No certificates were issued at this event yet.")
    try:
        _write(issued, output, quiet=as_json)
    except OSError as problem:
        raise click.ClickException(f"{output} cannot be written: {problem.strerror}.") from problem
    if as_json:
        click.echo(json.dumps({"certificates": len(issued), "output": str(output)}, ensure_ascii=False))
    else:
        click.echo(f"{len(issued)} certificates written to {output}.")


def _write(issued: list[Certificate], output: Path, *, quiet: bool) -> None:
    if output.suffix.lower() == ".pdf":
        output.write_bytes(for_printing(issued))
        return
    with click.progressbar(files_of(issued), length=len(issued), label="Drawing", hidden=quiet) as drawn:
        if output.suffix.lower() == ".zip":
            with archive(drawn) as packed, output.open("wb") as file:
                shutil.copyfileobj(packed, file)
            return
        output.mkdir(parents=True, exist_ok=True)
        for name, content in drawn:
            (output / name).write_bytes(content)


@certificates.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def verify(file: Path, as_json: bool) -> None:
    """Check FILE, a PDF of one certificate or of many, against what was issued here.

    Exits with 0 when every check held, else with 1.
    """
    if file.stat().st_size > _LARGEST_FILE:
        raise click.ClickException(f"{file} is larger than any file of certificates.")
    examination = examine(file.read_bytes())
    click.echo(json.dumps(_as_data(examination), ensure_ascii=False) if as_json else _as_text(examination))
    if not examination.is_genuine:
        raise SystemExit(1)


def _as_data(examination: Examination) -> dict[str, object]:
    return {
        "genuine": examination.is_genuine,
        "checks": {finding.check.value: finding.held for finding in examination.findings},
        "certificates": [certificate.register_number for certificate in examination.certificates],
    }


def _as_text(examination: Examination) -> str:
    lines = []
    for finding in examination.findings:
        about = f" ({', '.join(finding.about)})" if finding.about else ""
        lines.append(f"{'yes' if finding.held else 'NO '}  {sentence_of(finding)}{about}")
    numbers = [certificate.register_number for certificate in examination.certificates]
    lines.append(
        f"Genuine: {', '.join(numbers)}." if examination.is_genuine else "This file cannot be trusted as it stands."
    )
    return "\n".join(lines)
