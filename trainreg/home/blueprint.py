"""The pages of home hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("home", __name__)
