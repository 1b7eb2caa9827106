"""The pages of the factsheet."""

from flask import Blueprint

blueprint = Blueprint("factsheet", __name__)
