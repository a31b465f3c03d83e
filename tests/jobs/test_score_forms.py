"""The printed 附件2 of a finished assessment says what the recomputed score says."""

from datetime import date

from docx import Document

from tests.jobs.assessments import changed, finished, write
from toolkit.jobs.score import score

TODAY = date(2026, 11, 20)


def test_a_finished_assessment_gets_its_printed_form(tmp_path):
    report = score([write(tmp_path, finished())], TODAY, tmp_path / "出")
    form, = (tmp_path / "出" / "附件2").glob("*.docx")
    assert form in report.outputs
    text = "\n".join(cell.text for table in Document(form).tables for row in table.rows for cell in row.cells)
    own = report.scores[0]
    assert own.score.grade in text and str(own.score.total.normalize()) in text


def test_an_unfinished_one_gets_none(tmp_path):
    score([write(tmp_path, changed(finished(), in_plan=None))], TODAY, tmp_path / "出")
    assert not (tmp_path / "出" / "附件2").exists()
