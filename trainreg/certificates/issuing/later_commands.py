"""`trainreg certificates revoke|correct|renew`: what becomes of certificates by their register number."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import click
from flask.cli import with_appcontext

from trainreg.certificates.issuing import editions
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import find_certificate_by_number
from trainreg.certificates.service import revoke_each
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused


def _certificate(number: str) -> Certificate:
    certificate = find_certificate_by_number(number)
    if certificate is None:
        raise click.ClickException(f"No certificate has the register number {number!r}.")
    return certificate


@click.command("revoke")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why; kept for the desk, never shown in public.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@with_appcontext
def revoke(numbers: Sequence[str], reason: str, as_json: bool) -> None:
    """Revoke certificates by their register numbers: all of them, or none."""
    done = revoke_each([_certificate(number) for number in numbers], reason=reason, by=COMMAND_LINE)
    revoked = [one.register_number for one in done]
    db.session.commit()
    click.echo(json.dumps({"revoked": revoked}) if as_json else f"Revoked: {', '.join(revoked)}.")


@click.command("correct")
@click.argument("number", metavar="NUMBER")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@with_appcontext
def correct(number: str, as_json: bool) -> None:
    """Make a new edition of a certificate with what the records say now."""
    _later([number], lambda one: editions.correct(one, by=COMMAND_LINE), as_json=as_json)


@click.command("renew")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@with_appcontext
def renew(numbers: Sequence[str], as_json: bool) -> None:
    """Make new editions of certificates that lapse soon or have lapsed, for who still earns them.

    Each is a step of its own; exits with 1 when one was refused.
    """
    _later(numbers, lambda one: editions.renew(one, by=COMMAND_LINE), as_json=as_json)


def _later(numbers: Sequence[str], make: Callable[[Certificate], Certificate], *, as_json: bool) -> None:
    made: dict[str, str] = {}
    refused: dict[str, str] = {}
    for number in numbers:
        try:
            made[number] = make(_certificate(number)).register_number
            db.session.commit()
        except Refused as refusal:
            db.session.rollback()
            refused[number] = str(refusal)
    if as_json:
        click.echo(json.dumps({"editions": made, "refused": refused}, ensure_ascii=False))
    else:
        for old, new in made.items():
            click.echo(f"{new} takes the place of {old}.")
        for old, why in refused.items():
            click.echo(f"Refused {old}: {why}", err=True)
    if refused:
        raise SystemExit(1)
