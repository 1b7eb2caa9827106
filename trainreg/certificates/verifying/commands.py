"""`trainreg certificates offline-page`: the page that checks certificates without any network, as one file."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from trainreg.certificates.verifying.offline import single_file
from trainreg.kernel.languages import CONTENT_LANGUAGES, DEFAULT_LANGUAGE


@click.command("offline-page")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The HTML file to write."
)
@click.option(
    "--language", type=click.Choice(list(CONTENT_LANGUAGES)), default=DEFAULT_LANGUAGE, help="It opens in this one."
)
@with_appcontext
def offline_page(output: Path, language: str) -> None:
    """Write one HTML file that checks seals of certificates with today's keys, on a machine without any network."""
    with current_app.test_request_context():
        content = single_file(current_app, language)
    try:
        output.write_text(content, encoding="utf-8")
    except OSError as problem:
        raise click.ClickException(f"{output} cannot be written: {problem.strerror}.") from problem
    click.echo(f"Written to {output}, {len(content.encode()) // 1000} kB. Write it anew when a key is changed or lost.")
