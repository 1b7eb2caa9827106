"""Where templates, static files and the instance folder are, in a checkout, a wheel or a container."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


def _packed_or_beside(name: str) -> Path:
    packed = PACKAGE / name
    return packed if packed.is_dir() else CHECKOUT / name


def templates_folder() -> Path:
    """The templates packed in the wheel, else those beside the package in a checkout."""
    return _packed_or_beside("templates")


def static_folder() -> Path:
    """The static files packed in the wheel, else those beside the package in a checkout."""
    return _packed_or_beside("static")


def instance_folder() -> Path:
    """The folder of this installation's data: `TRAINREG_INSTANCE`, else the checkout's, else `./instance`."""
    configured = os.environ.get("TRAINREG_INSTANCE")
    if configured:
        return Path(configured).resolve()
    if (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "wsgi.py").is_file():
        return CHECKOUT / "instance"
    return Path.cwd() / "instance"
