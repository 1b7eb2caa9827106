"""The application for the server that `trainreg serve` starts, from wherever the package is installed."""

from trainreg.app import create_app
from trainreg.kernel.memory import keep_what_is_loaded

app = create_app()
keep_what_is_loaded()
