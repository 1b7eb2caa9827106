"""Pages of files that are prepared."""

from flask import Blueprint

blueprint = Blueprint("exporting", __name__)
