"""Where the pages of publications stand."""

from flask import Blueprint

blueprint = Blueprint("publications", __name__)
