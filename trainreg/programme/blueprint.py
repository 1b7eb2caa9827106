"""The pages of projects: the list and the form in `routes`, contact and photographs in `story_pages`."""

from flask import Blueprint

blueprint = Blueprint("programme", __name__)
