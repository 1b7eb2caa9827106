"""The pages of accounts, under one name."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
