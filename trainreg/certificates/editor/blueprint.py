"""The pages of designs."""

from flask import Blueprint

blueprint = Blueprint("designs", __name__)
