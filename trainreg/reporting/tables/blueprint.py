"""The page of tables for analysts, the tables, and all of them in one file."""

from flask import Blueprint

blueprint = Blueprint("tables", __name__)
