"""The blueprint of the organisation's report."""

from flask import Blueprint

blueprint = Blueprint("organisation", __name__)
