"""The application for any WSGI server: `gunicorn wsgi:app`."""

from trainreg.wsgi import app

__all__ = ["app"]
