"""Every domain's pages and commands, in the order of the house."""

from click import Command
from flask import Blueprint

from trainreg.accounts.commands import user
from trainreg.accounts.routes import blueprint as accounts
from trainreg.certificates.routes import blueprint as certificates
from trainreg.events.routes import blueprint as events
from trainreg.home.routes import blueprint as home

BLUEPRINTS: tuple[Blueprint, ...] = (
    home,
    certificates,
    events,
    accounts,
)
COMMANDS: tuple[Command, ...] = (user,)
