"""The pages of events hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("events", __name__)
