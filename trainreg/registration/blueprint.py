"""The pages of registration hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("registration", __name__)
