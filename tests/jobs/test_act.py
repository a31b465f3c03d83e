"""act on a real ledger file: what the command lists, what it registers, what it refuses with the ledger left as it was."""

import json

import pytest
from typer.testing import CliRunner

from tests.jobs.test_due import book  # noqa: F401
from tests.ledger.moving import NUMBER, naming, studio
from tests.returns.make import LAW
from toolkit.cli import app
from toolkit.errors import UserError
from toolkit.forms.register_rows import PublicityRow
from toolkit.ledger.books import Books
from toolkit.pages import register

ON = "2026-11-25"


@pytest.fixture
def path(book):  # noqa: F811
    """One studio in its construction period, its naming not reported yet."""
    return book(工作室=[studio()], 公示命名=[naming()])


def run(path, *arguments):
    return CliRunner().invoke(app, ["act", *arguments, "--ledger", str(path), "--studio", NUMBER, "--on", ON])


def test_the_state_what_may_be_done_and_what_is_missing_are_listed(path):
    before = path.read_bytes()
    lines = run(path).output.splitlines()
    assert lines[0].startswith(f"{NUMBER} ") and lines[0].endswith("：建设期")
    assert "可以办　报命名备案（第十二条，市局）　要填：备案日期*" in lines
    assert any(line.startswith("不能办　登记届满：") and "第十九条" in line for line in lines)
    found = json.loads(run(path, "--json").output)
    assert found["stage"] == "建设期"
    assert {move["name"]: move["allowed"] for move in found["moves"]}["核实变更"] is False
    assert path.read_bytes() == before


def test_a_move_is_registered_logged_and_undone(path):
    before = path.read_bytes()
    assert run(path, "报命名备案", "备案日期=2026-11-24", "--dry-run").exit_code == 0
    assert path.read_bytes() == before
    done = run(path, "报命名备案", "备案日期=2026-11-24")
    assert done.exit_code == 0, done.output
    ledger = register.load(path, LAW)
    (row,) = Books(ledger.standing).of(PublicityRow)
    assert str(row.filed_on) == "2026-11-24"
    assert "办理：报命名备案" in register.log_rows(ledger)[-1]
    assert CliRunner().invoke(app, ["undo", "--ledger", str(path)]).exit_code == 0
    (row,) = Books(register.load(path, LAW).standing).of(PublicityRow)
    assert row.filed_on is None


def test_what_the_articles_do_not_allow_is_said_and_not_written(path):
    before = path.read_bytes()
    for arguments, said in ((("登记届满",), "第十九条"), (("报命名备案",), "备案日期")):
        refused = run(path, *arguments)
        assert refused.exit_code == 1 and said in refused.output
    assert path.read_bytes() == before


def test_what_is_refused_plans_nothing(path):
    before = path.read_bytes()
    asked = ("受理返聘", "发生日=2026-11-01", "申请日=2026-11-05", "新离岗日=2026-11-20")
    refused = json.loads(run(path, *asked, "--json").output)
    assert refused["plan"]["added"] == 0 and [found["code"] for found in refused["findings"]] == ["R18-2.until"]
    assert "台账：新增0行，更新0行" in run(path, *asked).output and path.read_bytes() == before


@pytest.mark.parametrize("arguments, said", [
    (("备案",), "没有“备案”这个事项"), (("期满考核入账",), "由“合并区县报表”登记"), (("报命名备案", "日期=2026-11-24"), "要填的有：备案日期"),
    (("报命名备案", "备案日期=某天"), "“备案日期”填的“某天”不对"), (("报命名备案", "备案日期"), "看不出填的是哪一项"),
    (("报命名备案", "备案日期=2026-11-24", "备案日期=2026-11-25"), "写了两次")])
def test_what_cannot_be_meant_is_said(path, arguments, said):
    before = path.read_bytes()
    refused = run(path, *arguments)
    assert isinstance(refused.exception, UserError) and said in str(refused.exception)
    assert path.read_bytes() == before
