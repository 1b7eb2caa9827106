"""The `trainreg` command."""

import os
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from trainreg import resources
from trainreg.app import create_app
from trainreg.config import UnsafeSetting, load_settings
from trainreg.kernel.refusals import Refused
from trainreg.operations.database import database
from trainreg.operations.demo import demo
from trainreg.operations.doctor import doctor
from trainreg.operations.seed import seed
from trainreg.operations.serve import serve
from trainreg.operations.worker import worker


def _create_app(*_args: Any) -> Flask:
    try:
        return create_app(load_settings(resources.instance_folder()))
    except UnsafeSetting as problem:
        raise click.ClickException(str(problem)) from problem


class Commands(FlaskGroup):
    """Every command; what a command cannot do is told in a sentence, not as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        os.umask(0o077)  # whatever is created (database, mail, exports) holds names: for the service's user alone
        try:
            return super().invoke(ctx)
        except Refused as refusal:
            raise click.ClickException(str(refusal)) from refusal
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException(
                f"The database does not answer as it should: {error.orig}. "
                "Look with `trainreg doctor`; a new or older database needs `trainreg db upgrade`."
            ) from error


@click.group(
    cls=Commands, create_app=_create_app, add_default_commands=False, add_version_option=False, load_dotenv=False
)
@click.version_option(package_name="trainreg", prog_name="trainreg")
def main() -> None:
    """Training registration, attendance, certificates and the results they feed."""


# Flask's own switches choose an application; here there is one.
main.params = [option for option in main.params if option.name not in {"app", "env_file", "debug"}]

for _command in (database, demo, doctor, seed, serve, worker):
    main.add_command(_command)
