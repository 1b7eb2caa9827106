"""The pages of the door hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("checkin", __name__)
