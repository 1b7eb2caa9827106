"""The pages of an official's own records hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("me", __name__)
