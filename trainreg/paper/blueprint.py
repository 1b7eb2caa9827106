"""The pages of attendance on paper."""

from flask import Blueprint

blueprint = Blueprint("paper", __name__)
