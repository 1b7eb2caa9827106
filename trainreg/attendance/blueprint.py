"""The pages of attendance."""

from flask import Blueprint

blueprint = Blueprint("attendance", __name__)
