"""The files that a device keeps so that the app opens without a network, by names that change with their content."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

from flask import Flask, url_for

from trainreg.web.assets import fingerprint

BUNDLE = "checkin"
ICONS = (
    ("img/checkin-192.png", "192x192", "any"),
    ("img/checkin-512.png", "512x512", "any"),
    ("img/checkin-maskable-512.png", "512x512", "maskable"),
)
_STYLES = ("vendor/bootstrap/bootstrap.min.css", "css/trainreg.css", "css/checkin.css", "img/logo.svg")
# Style sheets name the typeface without a fingerprint, so that its address must stand here as they say it.
_PLAIN = ("fonts/ui/inter-4.0-core.woff2",)


def shell_files(app: Flask) -> list[str]:
    """The addresses of everything that the app's pages load, but for the pages."""
    folder = Path(str(app.static_folder))
    versioned = [url_for("static", filename=name, v=fingerprint(folder / name)) for name in _STYLES]
    plain = [url_for("static", filename=name) for name in _PLAIN]
    modules = sorted(path.name for path in (folder / "js" / BUNDLE).glob("*.js") if path.name != "worker.js")
    bundle = cast(Callable[[str, str], str], app.jinja_env.globals["bundle"])
    return [*versioned, *plain, *(bundle(BUNDLE, name) for name in modules)]


def version_of(app: Flask) -> str:
    """A name for this set of files: another set is another version."""
    return hashlib.sha256("\n".join(shell_files(app)).encode()).hexdigest()[:12]


def worker_script(app: Flask, files: Iterable[str]) -> str:
    """The service worker with its list of files."""
    scripts = Path(str(app.static_folder)) / "js"
    script = "\n".join(
        (scripts / name).read_text(encoding="utf-8") for name in ("worker-files.js", f"{BUNDLE}/worker.js")
    )
    facts = {"version": version_of(app), "files": list(files)}
    return f"const SHELL = {json.dumps(facts)};\n{script}"
