"""`trainreg certificates rekey` and `trainreg certificates keys`: the keys from the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from trainreg.certificates import service as certificates
from trainreg.certificates.keys import files, rekeying, service, x509
from trainreg.certificates.keys.jose import jwk_of
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.keys.queries import find_key_by_kid, list_keys
from trainreg.certificates.models import Certificate
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import db

_AT_A_TIME = 50

keys = AppGroup("keys", help="The keys that sign certificates: list, bring in, hand out their public halves.")


def _moment(text: str) -> datetime:
    """A day or a moment as ISO 8601 writes it; without a time zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as problem:
        raise click.BadParameter(f"{text} is no moment such as 2026-11-28 or 2026-11-28T10:00+08:00.") from problem
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


@click.command("rekey")
@click.option("--lost", is_flag=True, help="Private keys are gone: sign their certificates anew.")
@click.option("--compromised", is_flag=True, help="Others may have a key: trust it no longer, sign anew.")
@click.option(
    "--since",
    type=_moment,
    metavar="MOMENT",
    help="With --compromised: since when. Without it, nothing the key signed holds.",
)
@click.option("--kid", help="With --compromised: which key, if not the one that signs now.")
@click.option("--reason", default="", help="Why, for the history.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def rekey(lost: bool, compromised: bool, since: datetime | None, kid: str | None, reason: str, as_json: bool) -> None:
    """Let a new key sign certificates from now on; see docs/keys.md.

    Old keys go on verifying what they signed. Nothing that a certificate says is changed.
    """
    if (lost and compromised) or (not compromised and (since or kid)):
        raise click.UsageError("Say one of --lost and --compromised; --since and --kid belong to --compromised.")
    if lost:
        done = rekeying.declare_lost(by=COMMAND_LINE, reason=reason)
    elif compromised:
        done = rekeying.declare_compromised(by=COMMAND_LINE, kid=kid, since=since, reason=reason)
    else:
        done = rekeying.rotate(by=COMMAND_LINE, reason=reason)
    told = {"current": done.current.kid, "about": [key.kid for key in done.about], "signed_anew": done.certificate_ids}
    db.session.commit()
    _draw_anew(done.certificate_ids, quiet=as_json)
    if as_json:
        click.echo(json.dumps(told))
        return
    click.echo(f"Key {told['current']} signs from now on. {len(done.certificate_ids)} certificates are signed anew.")
    click.echo("Back up the folder keys/ of the instance now: without it nothing can be signed.")


def _draw_anew(certificate_ids: tuple[int, ...], *, quiet: bool) -> None:
    """Note the fingerprints of the files as they come out from now on; those handed out before stay known."""
    with click.progressbar(length=len(certificate_ids), label="Signing anew", hidden=quiet) as bar:
        for start in range(0, len(certificate_ids), _AT_A_TIME):
            some = certificate_ids[start : start + _AT_A_TIME]
            certificates.record_files([one for id_ in some if (one := db.session.get(Certificate, id_))])
            db.session.commit()
            bar.update(len(some))


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def list_all(as_json: bool) -> None:
    """Every key there ever was, what it may do, and whether its private half is here."""
    rows = [_told(key) for key in list_keys()]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        here = "private key here" if row["private_key_here"] else "PRIVATE KEY NOT HERE"
        click.echo(f"{row['kid']}  {row['algorithm']}  {row['state']:<12} {row['created_at']}  {here}  {row['owner']}")
    if not rows:
        click.echo("There is no key yet: the first certificate makes it, or `trainreg certificates rekey`.")


def _told(key: SigningKey) -> dict[str, Any]:
    moments = {name: getattr(key, name) for name in ("created_at", "retired_at", "lost_at", "compromised_since")}
    (leaf, *_above) = x509.chain_from_pem(key.certificate_chain)
    return {
        "kid": key.kid,
        "algorithm": key.algorithm.value,
        "state": key.state.value if key.is_current or key.retired_at else "companion",
        "private_key_here": files.is_there(key.kid),
        "owner": x509.name_in(leaf),
        "expires_at": leaf.not_valid_after_utc.isoformat(),
        "companion": key.companion.kid if key.companion else None,
        "reason": key.reason,
    } | {name: moment.isoformat(timespec="seconds") if moment else None for name, moment in moments.items()}


@keys.command("import")
@click.argument("chain", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("private_key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Unlocks the key."
)
def import_key(chain: Path, private_key: Path, passphrase_file: Path | None) -> None:
    """Let the organisation's own certificate sign from now on.

    CHAIN holds its certificate and those above it, PRIVATE_KEY its key, both PEM; P-256, or RSA of 2048 to 4096 bits.
    """
    passphrase = passphrase_file.read_bytes().rstrip(b"\r\n") if passphrase_file else None
    private = x509.private_key_from_pem(private_key.read_bytes(), passphrase)
    try:
        certificates_in_file = x509.chain_from_pem(chain.read_bytes())
    except ValueError as problem:
        raise click.ClickException(f"{chain} holds no certificates in PEM.") from problem
    key = service.import_key(certificates_in_file, private, by=COMMAND_LINE)
    kid = key.kid
    db.session.commit()
    click.echo(f"Key {kid} signs from now on. Delete {private_key} once keys/ of the instance is backed up.")


@keys.command("export-public")
@click.option("--kid", help="Of one key; without it, of all.")
@click.option(
    "--format", "form", type=click.Choice(["pem", "jwks"]), default="pem", help="Certificates, or JSON Web Keys."
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else the terminal.")
def export_public(kid: str | None, form: str, output: Path | None) -> None:
    """Write certificates and public keys for whoever checks without this site. Nothing secret is in them."""
    if kid and find_key_by_kid(kid) is None:
        raise rekeying.NoSuchKey(kid=kid)
    wanted = [key for key in list_keys() if kid in (None, key.kid)]
    if form == "pem":
        text = "".join(key.certificate_chain for key in wanted)
    else:
        public = ((key.kid, x509.public_key_of(x509.chain_from_pem(key.certificate_chain)[0])) for key in wanted)
        text = json.dumps({"keys": [jwk_of(*one) for one in public]}, indent=2) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="ascii")
        click.echo(f"{len(wanted)} keys written to {output}.")
