"""Flask-Login's place in the shell; who the accounts are is the accounts' business."""

from flask import Flask
from flask_login import LoginManager

login_manager = LoginManager()
login_manager.session_protection = None  # sessions live in a table and are ended there


def init_app(app: Flask) -> None:
    """Know who asks."""
    login_manager.init_app(app)
