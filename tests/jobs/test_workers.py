"""Many files on all cores: the same outcomes in the same order as one process, and no file lost when a worker breaks."""

import pytest

from tests.conftest import NOW
from toolkit.errors import UserError
from toolkit.jobs import workers
from toolkit.regulation import in_force
from toolkit.sheets import read

LAW = in_force(NOW.date())


def told(outcome):
    if isinstance(outcome, UserError):
        return str(outcome)
    return outcome.file, outcome.form.id, outcome.district, [str(found) for found in outcome.findings], [
        record.values for table in outcome.tables.values() for record in table.records]


@pytest.fixture
def paths(finished_demo, tmp_path):
    broken = tmp_path / "损坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    return [*read.candidates([finished_demo.returns])[0], broken]


def test_workers_tell_what_one_process_tells(paths, monkeypatch):
    alone = [(path, told(outcome)) for path, outcome in workers.judged(paths, LAW)]
    monkeypatch.setattr(workers, "WORTH_WORKERS", 2)
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 3)
    assert [(path, told(outcome)) for path, outcome in workers.judged(paths, LAW)] == alone
    assert "损坏" in alone[-1][1]


def test_the_law_of_the_ledger_reaches_the_workers(paths, monkeypatch):
    monkeypatch.setattr(workers, "WORTH_WORKERS", 2)
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    strict = LAW.overridden({"venue_area_sqm": 9999})
    codes = {found.code for _, outcome in workers.judged(paths[:-1], strict) for found in outcome.findings}
    assert "R07-5.area" in codes


class Broken:
    """An end of a pipe whose worker sends `answers` and dies."""

    def __init__(self, *answers):
        self._answers = list(answers)

    def recv(self):
        if not self._answers:
            raise EOFError
        return self._answers.pop(0)


def test_a_worker_that_breaks_off_loses_no_file(paths):
    first = next(workers._serially(paths[:1], LAW, None))
    answers = list(workers._answers(Broken(None, workers._packed(first)), paths[:4], LAW, None))
    assert [isinstance(answer, UserError) for answer in answers] == [False, True, False, False]
    assert paths[1].name in str(answers[1])
    assert len(list(workers._answers(Broken(), paths[:3], LAW, None))) == 3
