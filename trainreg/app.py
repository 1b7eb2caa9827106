"""The application factory: settings, extensions, then every domain's pages."""

from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from trainreg import resources
from trainreg.config import Settings, load_settings
from trainreg.domains import BLUEPRINTS, COMMANDS
from trainreg.kernel.db import create_file, db, engine_options
from trainreg.migrations import migrate
from trainreg.web import access, assets, errors, locale, navigation, safety, sign_in


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """Make one application. `overrides` are Flask settings, for tests."""
    if settings is None:
        settings = load_settings(resources.instance_folder())
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "trainreg",
        template_folder=str(resources.templates_folder()),
        static_folder=str(resources.static_folder()),
        instance_path=str(settings.instance),
    )
    app.config.update(_flask_settings(settings), **overrides)
    app.extensions["settings"] = settings
    create_file(app.config["SQLALCHEMY_DATABASE_URI"], settings.instance)
    db.init_app(app)
    migrate.init_app(app, db)
    for part in (safety, locale, sign_in, access, errors, navigation, assets):
        part.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    access.ensure_every_route_has_a_rule(app)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        setattr(app, "wsgi_app", ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0))  # noqa: B010
    return app


def _flask_settings(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "BASE_URL": settings.base_url,
        "REGISTRATIONS_PER_MINUTE": settings.registrations_per_minute,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "SESSION_COOKIE_NAME": "__Host-trainreg" if settings.is_https else "trainreg",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # The application's own languages, and two that only the pages speak where certificates are checked (ADR 0023),
        # and the documents that reports are.
        "BABEL_TRANSLATION_DIRECTORIES": ";".join(
            str(Path(__file__).parent / catalogues)
            for catalogues in ("translations", "certificates/translations", "reporting/translations")
        ),
        "MAX_CONTENT_LENGTH": safety.USUAL_BODY,
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "WTF_CSRF_SSL_STRICT": settings.is_https,
    }
