"""`trainreg certificates`: issue, render, verify, revoke, correct and renew from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from trainreg.certificates import service
from trainreg.certificates.composing import Layout
from trainreg.certificates.delivery import Entry, archive, drawn, entries_of, for_printing
from trainreg.certificates.issuing import ceremony, jobs
from trainreg.certificates.issuing.later_commands import correct, renew, revoke
from trainreg.certificates.issuing.models import CertificateJob
from trainreg.certificates.issuing.queries import get_job, list_certificates_since
from trainreg.certificates.issuing.rules import SLICE, JobAction
from trainreg.certificates.issuing.told import sentences
from trainreg.certificates.keys.commands import keys, rekey
from trainreg.certificates.queries import list_certificates_of, list_certificates_without_file, list_for_archive
from trainreg.certificates.verification import Examination, examine
from trainreg.certificates.verifying.commands import offline_page
from trainreg.certificates.verifying.standing import standing_of
from trainreg.certificates.verifying.words import sentence_of, state_sentence
from trainreg.events.models import Event
from trainreg.events.queries import find_event
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import db

certificates = AppGroup("certificates", help="Issue certificates, write their files, check a file.")
certificates.add_command(keys)
certificates.add_command(rekey)
for later in (revoke, correct, renew, offline_page):
    certificates.add_command(later)

_AT_A_TIME = 50
_LARGEST_FILE = 200 * 1024 * 1024


def _event(slug: str) -> Event:
    event = find_event(slug)
    if event is None:
        raise click.ClickException(f"There is no event with the name {slug!r}.")
    return event


@certificates.command("issue")
@click.argument("event_slug", metavar="EVENT")
@click.option("--prepare", is_flag=True, help="Papers for the ceremony, which hold once they are activated.")
@click.option("--activate", is_flag=True, help="Make prepared papers valid of whoever has earned them.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def issue(event_slug: str, prepare: bool, activate: bool, as_json: bool) -> None:
    """Issue a certificate to everybody at EVENT who has earned one and has none.

    Exits with 1 when somebody has earned one that cannot be printed.
    """
    event = _event(event_slug)
    event_id = event.id
    if activate:
        _activate(event, as_json=as_json)
        return
    job = jobs.begin(event, JobAction.PREPARE if prepare else JobAction.ISSUE, by=COMMAND_LINE)
    job_id, total = job.id, job.total
    db.session.commit()
    with click.progressbar(length=total, label="Issuing", hidden=as_json) as bar:
        jobs.go_through(job_id, after_slice=lambda: bar.update(SLICE))
    _record_files(event_id, quiet=as_json)
    _say_issued(get_job(job_id), as_json=as_json)


def _say_issued(job: CertificateJob, *, as_json: bool) -> None:
    refused = {one.registration.reference: sentences(one.kind, one.details) for one in job.refusals}
    if as_json:
        counts = {"already": job.already, "not_eligible": job.not_eligible, "refused": refused}
        numbers = [one.register_number for one in list_certificates_since(job.event_id, job.created_at)]
        click.echo(json.dumps({"issued": numbers} | counts, ensure_ascii=False))
    else:
        verb = "prepared" if job.action is JobAction.PREPARE else "issued"
        click.echo(f"{job.made} {verb}, {job.already} had one already, {job.not_eligible} not eligible.")
        for reference, told in refused.items():
            click.echo(f"Refused {reference}: {' '.join(told)}", err=True)
    if refused:
        raise SystemExit(1)


def _activate(event: Event, *, as_json: bool) -> None:
    outcome = ceremony.activate(event, by=COMMAND_LINE)
    answer = {
        "activated": [one.register_number for one in outcome.activated],
        "new_editions": [one.register_number for one in outcome.anew],
        "not_earned": [one.registration.reference for one in outcome.not_earned],
        "cannot_be_printed": [one.registration.reference for one in outcome.undrawable],
    }
    db.session.commit()
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        counts = ", ".join(f"{len(found)} {name.replace('_', ' ')}" for name, found in answer.items())
        click.echo(f"{counts}.")


def _record_files(event_id: int, *, quiet: bool) -> None:
    waiting = len(list_certificates_without_file(event_id))
    with click.progressbar(length=waiting, label="Drawing", hidden=quiet) as bar:
        for _start in range(0, waiting, _AT_A_TIME):
            batch = list_certificates_without_file(event_id, limit=_AT_A_TIME)
            service.record_files(batch)
            db.session.commit()
            bar.update(len(batch))


@certificates.command("render")
@click.argument("event_slug", metavar="EVENT")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="A folder, or a file ending in .zip (one PDF each) or .pdf (all in one, for printing).",
)
@click.option(
    "--layout",
    type=click.Choice([layout.value for layout in Layout]),
    default=Layout.PLAIN.value,
    show_default=True,
    help="Of a .pdf: plain pages, with crop marks, or a proof with four on a sheet.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def render(event_slug: str, output: Path, layout: str, as_json: bool) -> None:
    """Write the files of the certificates of EVENT that hold or are prepared."""
    event_id = _event(event_slug).id
    entries = entries_of(list_for_archive(event_id))
    if not entries:
        raise click.ClickException("No certificates were issued at this event yet.")
    try:
        if output.suffix.lower() == ".pdf":
            output.write_bytes(for_printing(list_certificates_of(event_id), Layout(layout)))
        else:
            _write(entries, output, quiet=as_json)
    except OSError as problem:
        raise click.ClickException(f"{output} cannot be written: {problem.strerror}.") from problem
    if as_json:
        click.echo(json.dumps({"certificates": len(entries), "output": str(output)}, ensure_ascii=False))
    else:
        click.echo(f"{len(entries)} certificates written to {output}.")


def _write(entries: list[Entry], output: Path, *, quiet: bool) -> None:
    with click.progressbar(length=len(entries), label="Drawing", hidden=quiet) as bar:
        if output.suffix.lower() == ".zip":
            packed = archive(entries, after_each=lambda: bar.update(1))
            with output.open("wb") as file:
                file.writelines(packed)
            return
        output.mkdir(parents=True, exist_ok=True)
        for entry in entries:
            (output / entry.name).write_bytes(drawn(entry))
            bar.update(1)


@certificates.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def verify(file: Path, as_json: bool) -> None:
    """Check FILE, a PDF of one certificate or of many, or a badge or token, against what was issued here.

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
    for certificate in examination.certificates:
        lines.append(f"{certificate.register_number}: {state_sentence(standing_of(certificate))}")
    numbers = [certificate.register_number for certificate in examination.certificates]
    lines.append(
        f"Genuine: {', '.join(numbers)}." if examination.is_genuine else "This file cannot be trusted as it stands."
    )
    return "\n".join(lines)
