"""The pages of tests and evaluations hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("assessment", __name__)
