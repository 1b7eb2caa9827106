"""The schema's history, one revision at a time."""

from pathlib import Path

from flask_migrate import Migrate

FOLDER = Path(__file__).parent
migrate = Migrate(directory=str(FOLDER), render_as_batch=True, compare_type=True)
