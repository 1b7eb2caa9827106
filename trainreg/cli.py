"""The `trainreg` command."""

from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup

from trainreg import resources
from trainreg.app import create_app
from trainreg.config import UnsafeSetting, load_settings
from trainreg.operations.database import database
from trainreg.operations.demo import demo
from trainreg.operations.doctor import doctor
from trainreg.operations.serve import serve, worker


def _create_app(*_args: Any) -> Flask:
    try:
        return create_app(load_settings(resources.instance_folder()))
    except UnsafeSetting as problem:
        raise click.ClickException(str(problem)) from problem


@click.group(
    cls=FlaskGroup, create_app=_create_app, add_default_commands=False, add_version_option=False, load_dotenv=False
)
@click.version_option(package_name="trainreg", prog_name="trainreg")
def main() -> None:
    """Training registration, attendance, certificates and the results they feed."""


# Flask's own switches choose an application; here there is one.
main.params = [option for option in main.params if option.name not in {"app", "env_file", "debug"}]

for _command in (database, demo, doctor, serve, worker):
    main.add_command(_command)
