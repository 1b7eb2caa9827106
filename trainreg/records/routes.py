"""The desk's pages about people."""

from flask import Blueprint

from trainreg.records import models

__all__ = ["blueprint", "models"]
blueprint = Blueprint("records", __name__)
