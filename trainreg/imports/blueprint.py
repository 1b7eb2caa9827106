"""The pages of imports hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("imports", __name__)
