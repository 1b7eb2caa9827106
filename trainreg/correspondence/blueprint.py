"""The pages of correspondence hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("correspondence", __name__)
LIST = "/desk/events/<slug>/messages"
