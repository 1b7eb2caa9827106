"""`trainreg user`: accounts from the command line, the first administrator above all."""

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import AppGroup

from trainreg.accounts import service
from trainreg.accounts.queries import find_user_by_email, list_users
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.kernel.refusals import Refused

user = AppGroup("user", help="Accounts of staff.")


@user.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What they may do.")
@click.option("--name", prompt="Full name", help="Their name as histories show it.")
@click.password_option(
    envvar="TRAINREG_PASSWORD",
    help="Leave it out to be asked (or set TRAINREG_PASSWORD): others on the machine can read what is typed here.",
)
@click.option("--project", "project_code", help="Only in the project with this code.")
@click.option("--agency", "agency_code", help="Only for the agency with this code (focal points).")
def add(email: str, role: str, name: str, password: str, project_code: str | None, agency_code: str | None) -> None:
    """Create an account, or grant a role to the one that has this e-mail address."""
    try:
        address = validate_email(email, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise click.BadParameter(str(error)) from error
    try:
        account = find_user_by_email(address)
        if account is None:
            account = service.create_user(email=address, name=name, password=password, by=COMMAND_LINE)
        service.grant(
            account,
            Role(role),
            by=COMMAND_LINE,
            project_id=_id_of("project", project_code),
            agency_id=_id_of("agency", agency_code),
        )
        db.session.commit()
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{account.email} is {role}.")


@user.command("list")
def list_() -> None:
    """Every account with its roles."""
    for account in list_users():
        roles = ", ".join(granted.role.value for granted in account.grants) or "no role"
        click.echo(f"{account.email}\t{account.name}\t{roles}{'' if account.is_active else ' (closed)'}")


def _id_of(table: str, code: str | None) -> int | None:
    """The key of the project or agency with this code. Projects stand left of accounts: only their table is known."""
    if code is None:
        return None
    rows = db.metadata.tables[table]
    found = db.session.execute(rows.select().where(rows.c.code == code)).first()
    if found is None:
        raise click.BadParameter(f"there is no {table} with the code {code!r}")
    return int(found.id)
