"""The application for the server that `trainreg serve` starts, from wherever the package is installed."""

from trainreg.app import create_app

app = create_app()
