"""The pages of the results framework."""

from flask import Blueprint

blueprint = Blueprint("framework", __name__)
