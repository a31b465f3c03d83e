"""Every button of every workbook, as it ships and filled in: taken in by both ways to the stand-in."""

import shutil

import pytest

from tests.test_buttons import TODAY, comments, differences, saved
from toolkit import forms, resources
from toolkit.jobs.check import check
from toolkit.jobs.score import score
from toolkit.sheets import read


def actions(form):
    """The ids of the form's buttons, as they are declared."""
    return list(dict.fromkeys(action.id for action in form.buttons))


@pytest.mark.parametrize("form", forms.FORMS, ids=lambda form: form.id)
def test_every_button_answers_on_the_workbook_as_it_ships(desk, tmp_path, form):
    (tmp_path / "报表").mkdir()
    desk.open(shutil.copy(resources.workbook_template(form.name), tmp_path))
    for action in actions(form):
        said = desk.press(action, "yes", "yes", folders=[tmp_path / "报表"])
        assert "程序出了问题" not in said, (action, said)
        assert said or action == "next_problem", action


def same_marks(desk, by_command, on_screen):
    seen, wanted = saved(desk, on_screen), read.workbook(by_command)
    for grid in wanted.grids:
        if grid.visible:
            assert differences(seen, wanted, grid.name) == {}, grid.name
            assert comments(on_screen, grid.name) == comments(by_command, grid.name), grid.name


def test_a_districts_summary_is_marked_as_by_the_command(desk, copy, tmp_path):
    source = next((copy.folder / "期满考核").rglob("*区县考核汇总表*.xlsx"))
    report = check([source], TODAY, tmp_path / "命令")
    desk.open(source).press("check")
    same_marks(desk, report.outputs[0], tmp_path / "屏幕.xlsx")


def test_an_assessment_is_marked_as_by_the_command(desk, copy, tmp_path):
    folder = copy.folder / "期满考核" / "评分表"
    source = folder / next(own.filed.file for own in score([folder], TODAY).scores if own.tampered)
    report = score([source], TODAY, tmp_path / "命令")
    said = desk.open(source).press("rescore")
    assert said.startswith(f"{report.scores[0].summary}。错误{report.errors}条")
    same_marks(desk, next(output for output in report.outputs if output.name.startswith(source.stem)), tmp_path / "屏幕.xlsx")
