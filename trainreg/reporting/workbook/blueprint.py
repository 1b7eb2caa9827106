"""The page on which a workbook is asked for."""

from flask import Blueprint

blueprint = Blueprint("workbook", __name__)
