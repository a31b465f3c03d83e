"""A plain check starts at once: it loads nothing it has no use for, whatever it finds and however it prints it."""

import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from toolkit import forms, regulation
from toolkit.forms import application_book, assessment, evaluation, goals, ledger, recommendation, review, summary
from toolkit.regulation import rubric

UNUSED = {
    "pandas", "numpy", "xlwings", "openpyxl", "xlsxwriter", "docx", "docxtpl", "jinja2", "lxml", "ironcalc", "msoffcrypto", "html",
    "multiprocessing", "toolkit.documents", "toolkit.sheets.ooxml", "toolkit.sheets.store", "toolkit.regulation.rubric",
    "toolkit.forms.assessment", "toolkit.forms.ledger", "toolkit.forms.score_sheet", "toolkit.returns.rescoring",
    "toolkit.ledger.plan"}
TOLD = "载入："
RUN = f"""
import atexit, sys
atexit.register(lambda: print("{TOLD}", *sys.modules, file=sys.stderr))
from toolkit.cli import main
main()
"""


def loaded(*arguments: object) -> set[str]:
    """Every module that one command had loaded when it ended."""
    done = subprocess.run([sys.executable, "-c", RUN, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in (0, 1) and TOLD in done.stderr, done.stderr
    return set(done.stderr.rpartition(TOLD)[2].split())


@pytest.mark.parametrize("district", ["米东区", "天山区"])
@pytest.mark.parametrize("options, unused", [(["--json"], {"rich"}), ([], set())])
def test_a_plain_check_loads_nothing_it_does_not_use(finished_demo, district, options, unused):
    found = loaded("check", next(finished_demo.returns.glob(f"{district}*.xls*")), *options)
    assert not found & (UNUSED | unused)
    assert {"toolkit.jobs.check", "toolkit.forms.recommendation", "python_calamine"} <= found


def test_marked_copies_bring_their_tools_along(finished_demo, tmp_path):
    found = loaded("check", next(finished_demo.returns.glob("米东区*.xls*")), "--marked", tmp_path)
    assert "toolkit.sheets.ooxml" in found


def test_forms_are_the_same_wherever_they_are_asked_for():
    declared = (recommendation.RECOMMENDATION, summary.SUMMARY, ledger.LEDGER, assessment.ASSESSMENT, review.REVIEW, goals.GOALS,
                evaluation.EVALUATION, application_book.APPLICATION_BOOK)
    named = (forms.RECOMMENDATION, forms.SUMMARY, forms.LEDGER, forms.ASSESSMENT, forms.REVIEW, forms.GOALS, forms.EVALUATION,
             forms.APPLICATION_BOOK)
    for form, same, listed in zip(declared, named, forms.FORMS, strict=True):
        assert form is same is listed is forms.by_id(form.id) is forms.find(form.id) is forms.find(form.name)
    assert forms.by_id("FORMS") is forms.by_id("") is forms.by_id("model") is None
    with pytest.raises(AttributeError):
        _ = forms.NOTHING


@pytest.mark.parametrize("file", regulation.FILES)
def test_the_rubric_read_on_demand_is_the_one_in_the_file(file):
    law, path = regulation.load(file), Path(regulation.__file__).parent / file
    whole = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    assert law.rubric == whole.pop("rubric") and "rubric" not in law.facts
    assert law.facts.items() <= whole.items() and law.rules.keys() == whole["rules"].keys()
    assert rubric.of(law).formulas() == rubric.load(path).formulas()
    assert law.overridden({"venue_area_sqm": 40}).rubric == law.rubric


CLICK = "import xlwings.utils; import toolkit.buttons; import toolkit.sheets.live"
HEAVY = {"pandas", "numpy", "polars", "matplotlib", "PIL"}


@pytest.mark.parametrize("started, loads_pandas, why", [
    (f"import toolkit.sheets.lean_xlwings; {CLICK}", False, "装好的环境里，Python 启动时先这样载入 xlwings"),
    (CLICK, True, "照 xlwings 自己的办法，pandas 装着就载入"),
    (f"import toolkit.sheets.lean_xlwings; {CLICK}; import pandas", True, "要用 pandas 的，照样用得到")])
def test_a_click_does_not_load_pandas(started, loads_pandas, why):
    done = subprocess.run([sys.executable, "-c", f"{started}; import sys; print(*sys.modules)"], capture_output=True, text=True, check=True)
    found = set(done.stdout.split())
    assert ("pandas" in found) is loads_pandas and (loads_pandas or not found & HEAVY), why
    assert {"xlwings.main", "xlwings.utils", "toolkit.buttons"} <= found


def test_a_button_itself_loads_xlwings_without_pandas():
    """Also where the macro of an older environment did not."""
    code = "import toolkit.buttons, sys\ntry: toolkit.buttons.check()\nexcept SystemExit: pass\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "xlwings.main" in done.stdout.split() and not set(done.stdout.split()) & HEAVY
