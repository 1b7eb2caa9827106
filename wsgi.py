"""The application for any WSGI server: `gunicorn wsgi:app`."""

from trainreg.app import create_app

app = create_app()
