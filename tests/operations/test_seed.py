"""An invented world of any size is built once, the same each time, with its totals."""

from flask import Flask
from sqlalchemy import func, select

from trainreg.attendance.models import Attendance
from trainreg.kernel.db import db
from trainreg.operations.seed import seed
from trainreg.programme.queries import get_project
from trainreg.registration.models import Registration
from trainreg.reporting.figures import figures_of
from trainreg.reporting.indicators import Progress
from trainreg.totals.models import Tally


def test_a_world_is_built_with_its_figures_and_only_once(separate_app: Flask) -> None:
    runner = separate_app.test_cli_runner()
    first = runner.invoke(seed, ["--registrations", "500"])
    assert (first.exit_code, "registration             500" in first.output) == (0, True), first.output
    with separate_app.app_context():
        counts = [db.session.scalar(select(func.count()).select_from(one)) for one in (Registration, Attendance)]
        assert counts == [500, 1500]
        project = get_project("SEED-0001")
        total = figures_of(project).total
        assert (total.attendances.total, total.persons.total) == (445, 100)
        kept = db.session.scalar(select(func.sum(Tally.attendances)).where(Tally.project_id == project.id))
        assert kept == total.attendances.total
        told = {line.indicator.code: line.total for line in Progress(project, with_names=True).lines}
        assert (told["1.a"], told["1.b"], told["3.a"]) == (445, 100, 10)
    again = runner.invoke(seed, ["--registrations", "500"])
    assert (again.exit_code, "already" in again.output) == (1, True)


def test_too_few_are_refused(separate_app: Flask) -> None:
    assert separate_app.test_cli_runner().invoke(seed, ["--registrations", "1"]).exit_code == 2
