"""The pages about people hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("records", __name__)
ONE = "/desk/people/<int(max=2147483647):person_id>"
