"""办法拆成的规则一条不少：在哪里执行、由哪些测试守住，都真有其处；参数的取值写明从哪里来。"""

import importlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import reduce

import openpyxl
import pytest

from docs import mentions
from tests.test_cli import run
from toolkit.jobs import rules as jobs
from toolkit.jobs.rules import KINDS, TO_BUILD, RuleParameter, rules
from toolkit.regulation import FILES, load
from toolkit.returns.findings import ERROR, Place
from toolkit.returns.messages import MESSAGES

LAW = load(FILES[-1])
ON = date(2026, 11, 22)
IDS = re.findall(r"[\w-]+", """
R01 R02-1 R02-2 R02-3 R03-1 R03-2 R03-3 R03-4 R04 R05 R06 R07-1a R07-1b R07-1c R07-1d R07-2 R07-3 R07-4 R07-5 R07-6 R08
R09-1 R09-2 R09-3 R09-4 R09-5 R10 R11 R12-1 R12-2 R12-3 R13-1 R13-2 R13-3 R13-4 R13-5 R14 R15 R16 R17 R18-0 R18-1 R18-2 R18-3
R19-1 R19-2 R19-3 R19-4 R20-1a R20-1b R20-1c R20-2 R20-3 R20-4 R20-5 R21 R22 A1-1 A1-2 A1-3 A1-4 A1-5 X01 X02""")
RULE = {"id", "clause", "title", "kind", "status", "default", "parameters", "implemented_in", "tested_by", "missing"}
PARAMETER = {"name", "label", "value", "unit", "clause", "origin"}


@pytest.fixture(scope="module")
def told():
    done = run("rules", "--json")
    assert done.returncode == 0 and not done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def ledger(copy):
    """The demonstration's ledger with what the bureau set in 参数, and no last day for applications in 年度安排."""
    def setting(**values):
        book = openpyxl.load_workbook(copy.ledger, keep_vba=True)
        sheet = book["参数"]
        headers = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row}
        for row in sheet.iter_rows():
            if (name := row[headers["参数"] - 1].value) in values:
                row[headers["取值"] - 1].value = values[name]
        arranged = book["年度安排"]
        head = next(cell for row in arranged.iter_rows(max_row=8) for cell in row if cell.value == "申报截止日")
        arranged.cell(head.row + 1, head.column).value = None
        book.save(copy.ledger)
        return copy.ledger

    return setting


# ---- 数据 ----

def test_the_regulation_has_its_64_rules_in_order():
    assert [rule.id for rule in LAW.rules.values() if rule.kind] == IDS and len(IDS) == 64
    for rule in LAW.rules.values():
        assert rule.title and (rule.kind in KINDS and rule.clause if rule.kind else not rule.clause), rule.id


def test_whoever_names_a_rule_names_one_that_exists():
    named = {rule for found in (*mentions.of_program(), *mentions.of_tests()) for rule in found.rules(LAW) if mentions.RULE_ID.fullmatch(rule)}
    marked = {rule for found in mentions.of_tests() for rule in found.cited}
    coded = {code.partition(".")[0] for code in MESSAGES if code[0] in "RAX"}
    listed = {each.rule for each in LAW.parameters.values()} | {rule for each in LAW.lists.values() if (rule := each.data.get("rule"))}
    assert named | marked | coded <= set(IDS) and listed <= LAW.rules.keys()


def test_what_only_supports_people_turns_nothing_down():
    refusing = {code.partition(".")[0] for code, (level, _) in MESSAGES.items() if level == ERROR}
    assert [rule.id for rule in LAW.rules.values() if rule.kind == "支持" and rule.id in refusing] == []


def test_no_reading_repeats_a_number_that_the_bureau_may_change():
    for rule in LAW.rules.values():
        numbers = [str(each.value) for each in LAW.parameters.values() if each.rule == rule.id and isinstance(each.value, int)]
        assert not set(numbers) & set(re.findall(r"\d+", rule.default)), rule.id


# ---- 在哪里 ----

def test_no_rule_is_silent(told):
    assert [each["id"] for each in told["rules"]] == IDS and set(told) == {"rules"}
    for each in told["rules"]:
        assert set(each) == RULE and all(set(one) == PARAMETER for one in each["parameters"])
        if each["status"] == "已建":
            assert each["implemented_in"] and each["tested_by"] and not each["missing"], each["id"]
        else:
            assert each["status"] == TO_BUILD and each["missing"].endswith("。") and "还" in each["missing"], each["id"]


def test_every_place_is_there(told):
    places = {place for each in told["rules"] for place in each["implemented_in"]}
    for place in places:
        module, _, name = place.partition(":")
        assert reduce(getattr, name.split("."), importlib.import_module(module)) is not None, place


def test_a_clerk_is_told_a_place_of_every_rule_that_is_built():
    for module in jobs._WHERE:
        assert importlib.import_module(module)
    for each in rules(ON):
        assert each.where or each.rule.missing, each.rule.id


def test_every_test_is_collected(told):
    tests = {test for each in told["rules"] for test in each["tested_by"]}
    files = sorted({test.partition("::")[0] for test in tests})
    listed = subprocess.run([sys.executable, "-m", "pytest", "--collect-only", "-q", "-o", "addopts=", "-p", "no:cacheprovider", *files],
                            cwd=mentions.ROOT, capture_output=True, encoding="utf-8")
    assert listed.returncode == 0, listed.stdout[-500:]
    assert tests <= {line.partition("[")[0] for line in listed.stdout.splitlines()}


def named(found):
    """“处 编号 编号” of each definition that names a rule: whole lines, so that this file asks for no code itself."""
    return sorted(f"{each.place} {' '.join(sorted(each.rules(LAW)))}" for each in found if each.rules(LAW))


def test_a_place_is_found_by_docstring_code_clause_and_parameter(tmp_path, monkeypatch):
    folder = tmp_path / "toolkit"
    folder.mkdir()
    (folder / "trial.py").write_text('''
_CODES = {"late": "R10.date"}
REGISTER = object()
"""R17: a register."""
OTHER = "R16"

def by_docstring(): "R15: roles, not R07-1a.exempt."
def by_code(case): return case.finding("R07-1b", "在职在聘")
def by_table(why): return _CODES[why]
def by_clause(law): return law.clause("R12-2")
class Kept:
    def by_parameter(self, law): return law["publicity_days"]
def nothing(): return "R10 R11"
''', "utf-8")
    monkeypatch.setattr(mentions, "ROOT", tmp_path)
    assert named(mentions._of_module(folder / "trial.py")) == ["", "toolkit.trial:Kept.by_parameter R12-1", "toolkit.trial:REGISTER R17", "toolkit.trial:by_clause R12-2", "toolkit.trial:by_code R07-1b", "toolkit.trial:by_docstring R15", "toolkit.trial:by_table R10"][1:]


def test_a_test_is_found_by_its_mark_and_the_codes_it_asks_for(tmp_path, monkeypatch):
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_trial.py").write_text('''
pytestmark = pytest.mark.rule("R21")
PAIRS = [("产业集群", "R02-1")]

@pytest.mark.rule("R16")
def test_marked(): assert "R10 R11"
@pytest.mark.parametrize("pair", PAIRS)
def test_pairs(pair): pass
class TestWhole:
    def test_within(self): assert "R08" in found
def helper(): return "R07-1b"
''', "utf-8")
    monkeypatch.setattr(mentions, "ROOT", tmp_path)
    assert named(mentions._tests_of(folder / "test_trial.py")) == ["", "tests/test_trial.py::TestWhole::test_within R08 R21", "tests/test_trial.py::test_marked R16 R21", "tests/test_trial.py::test_pairs R02-1 R21"][1:]


# ---- 参数从哪里来 ----

def origins(found):
    return {one.parameter.name: (one.parameter.value, one.origin) for each in found for one in each.parameters}


def test_without_a_ledger_parameters_are_the_law_s_and_ours():
    known = origins(rules(ON))
    assert known == {each.name: (each.value, each.origin) for each in LAW.parameters.values() if LAW.rules[each.rule].kind}
    assert known["publicity_days"] == (7, "原文") and known["venue_area_sqm"] == (30, "默认")


def test_what_the_bureau_set_is_told_with_its_cell_and_what_follows_it_too(ledger):
    path = ledger(subsidy_yuan=200000, application_deadline=date(2026, 9, 30), publicity_counts_first_day="是")
    before = path.read_bytes()
    found = rules(ON, path)
    known = origins(found)
    assert known["subsidy_yuan"] == known["matching_minimum_yuan"] == (200000, "市局")
    assert known["application_deadline"] == (date(2026, 9, 30), "市局") and known["publicity_counts_first_day"] == ("是", "市局")
    assert known["publicity_days"] == (7, "原文") and path.read_bytes() == before
    places = {one.parameter.name: one.set_in for each in found for one in each.parameters}
    there = places["subsidy_yuan"]
    assert openpyxl.load_workbook(path)[there.sheet][there.cell].value == 200000
    assert places["matching_minimum_yuan"] == there and places["publicity_days"] is None


def test_a_value_typed_as_the_default_is_still_the_bureau_s(ledger):
    assert origins(rules(ON, ledger(venue_area_sqm=30)))["venue_area_sqm"] == (30, "市局")


@pytest.mark.parametrize("typed, arranged, value, origin", [
    (date(2026, 9, 30), None, date(2026, 9, 30), "市局"), (date(2025, 9, 30), None, "", "默认"),
    (date(2025, 9, 30), date(2026, 10, 15), date(2026, 10, 15), "市局"), (None, date(2026, 10, 15), date(2026, 10, 15), "市局")])
def test_the_arrangement_of_the_year_goes_before_a_setting_and_another_year_s_counts_for_nothing(ledger, typed, arranged, value, origin):
    path = ledger(application_deadline=typed)
    if arranged:
        book = openpyxl.load_workbook(path, keep_vba=True)
        sheet = book["年度安排"]
        row, columns = next((cell.row, {each.value: each.column for each in cells}) for cells in sheet.iter_rows() for cell in cells if cell.value == "年度")
        sheet.cell(row + 1, columns["年度"], 2026)
        sheet.cell(row + 1, columns["申报截止日"], arranged)
        book.save(path)
    one, = (one for each in rules(ON, path) for one in each.parameters if one.parameter.name == "application_deadline")
    assert (one.parameter.value, one.origin) == (value, origin)
    assert (one.set_in and one.set_in.sheet) == (None if not value else "年度安排" if arranged else "参数")


@pytest.mark.parametrize("value, place, said", [
    (100000, None, "市级一次性补助额：100,000元（原文）"), ("", None, "市级一次性补助额：没有填（原文）"),
    (date(2026, 9, 30), Place("台账.xlsm", "参数", "C9"), "市级一次性补助额：2026-09-30（原文，“参数”表 C9）")])
def test_how_a_parameter_is_written(value, place, said):
    assert str(RuleParameter(replace(LAW.parameters["subsidy_yuan"], value=value), "原文", place)) == said


# ---- 命令 ----

def test_a_clerk_reads_every_rule_whole_and_how_many_there_are(ledger):
    done = run("rules", "--ledger", ledger(publicity_days=10))
    shown = "".join(done.stdout.split())
    assert done.returncode == 0 and "参数：公示期：10天（市局，“参数”表" in done.stdout
    assert [line.split("　")[0] for line in done.stdout.splitlines() if re.match(r"[RAX]\d", line)] == IDS
    for rule in filter(lambda rule: rule.kind, LAW.rules.values()):
        said = [f"{rule.id}　{rule.kind}　{rule.clause}　{rule.title}\n", rule.default and f"　　口径：{rule.default}\n",
                rule.missing and f"　　待建：{rule.missing}\n"]
        assert all(each in done.stdout for each in said), rule.id
    assert re.search(r"共64条：执行\d+条，支持\d+条，记录\d+条；其中\d+条待建。市局在台账里设了\d+项。$", shown)


def test_dates_are_text_in_json(ledger):
    done = run("rules", "--ledger", ledger(application_deadline=date(2026, 9, 30)), "--json")
    values = {one["name"]: one["value"] for each in json.loads(done.stdout)["rules"] for one in each["parameters"]}
    assert values["application_deadline"] == "2026-09-30" and values["publicity_days"] == 7


def test_what_cannot_be_read_stops_it_in_one_line(ledger, tmp_path):
    for path, said in ((ledger(publicity_days="七天左右"), "公示期"), (tmp_path / "没有.xlsx", "找不到台账")):
        done = run("rules", "--ledger", path, "--json")
        assert done.returncode == 2 and done.stdout == "" and said in done.stderr and "请" in done.stderr and "\n" not in done.stderr.strip()
