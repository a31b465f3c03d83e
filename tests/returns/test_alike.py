"""Applications that are alike are found without comparing all with all: how often is counted, not timed."""

from datetime import date, timedelta

import pytest

from tests.returns import make
from toolkit.forms import RECOMMENDATION
from toolkit.returns import checks
from toolkit.returns.checks import alike
from toolkit.returns.checks.alike import Others
from toolkit.returns.parse import Parser


def judged(rows, **more):
    source = Parser(make.LAW, (RECOMMENDATION,)).read(make.book(rows, **more))
    checks.alone(source, make.LAW)
    return checks.run([source], make.LAW)


def person(number: int) -> dict:
    born = date(1975, 1, 1) + timedelta(number)
    return {"序号": number, "领办人": f"赵{number}", "出生日期": born, "身份证号": make.id_number(born), "工作室名称": f"赵{number}焊工技能大师工作室"}


@pytest.mark.parametrize("count", [40, 400])
def test_one_unit_and_one_occupation_are_compared_once_a_spelling(monkeypatch, count):
    asked = []
    monkeypatch.setattr(alike, "same_occupation", lambda one, other: asked.append(1) or "same")
    found = [each for each in judged([make.application(**person(number)) for number in range(count)]).findings if each.code == "R03-3.batch"]
    assert len(found) == count and len(asked) <= 4
    assert f"等{count - 1}件" in found[0].message and found[0].message.count("天山区.xlsx") == alike.NAMED


def test_the_same_person_is_no_other(monkeypatch):
    """Two rows of one person: R03-2.batch, not R03-3.batch."""
    rows = [make.application(**person(1)), make.application(**person(1) | {"工作室名称": "又一个"}), make.application(**person(2))]
    found = judged(rows).findings
    batch = [each for each in found if each.code == "R03-3.batch"]
    assert len(batch) == 3 and sum("赵2" in each.message for each in batch) == 2
    assert sum(each.code == "R03-2.batch" for each in found) == 2


def test_trades_and_codes_are_told_apart():
    spelt = (("焊工", None), ("焊工(电焊工)", None), ("焊工（气焊工）", None), ("电焊", "6-18-02-04"), ("焊接", "6-18-02-04"), ("车工", None))
    rows = [make.application(**person(number) | {"职业(工种)": text, "职业编码": code, "工作室名称": f"室{number}"}) for number, (text, code) in enumerate(spelt)]
    found = {(each.code, each.place.cell): each.message for each in judged(rows).findings if each.code.startswith("R03-3")}
    told = {code: sorted(cell[-1] for each, cell in found if each == code) for code in ("R03-3.batch", "R03-3.trade")}
    assert told == {"R03-3.batch": ["4", "5", "6", "7", "8"], "R03-3.trade": ["5", "6"]}
    assert "室1" in found["R03-3.batch", next(cell for code, cell in found if code == "R03-3.batch" and cell.endswith("4"))]


def test_a_studio_named_a_thousand_times_has_its_team_counted_once():
    rows = [make.application(序号=number) for number in range(1_000)]
    team = [make.member(rows[0]["工作室名称"], 1) for _ in range(1_000)]
    source = Parser(make.LAW, (RECOMMENDATION,)).read(make.book(rows, team=team))
    found = checks.cases(source, make.LAW)
    assert len({id(case.team) for case in found}) == 1 and len(found[0].team) == 1_000 and found[0].team.official == {team[0]["身份证号"]}


def test_a_leader_among_the_team_is_told_once_a_row():
    row = make.application()
    team = [make.member(row["工作室名称"], 1, 身份证号=row["身份证号"]), make.member(row["工作室名称"], 2), make.member(row["工作室名称"], 3)]
    found = judged([row, dict(row, 序号=2)], team=team).findings
    assert sum(each.code == "R07-2.leader" for each in found) == 1


def test_members_shared_by_many_studios_are_named_in_short():
    rows = [make.application(**person(number)) for number in range(6)]
    team = [make.member(row["工作室名称"], 1) for row in rows]
    told = [each.message for each in judged(rows, team=team).findings if each.code == "R07-2.shared"]
    assert len(told) == 6 and all("等5个工作室" in text for text in told)


@pytest.mark.parametrize("entries, mark, said", [
    ([("甲", 1), ("乙", 2)], 1, "乙"), ([("甲", 1), ("甲", 2)], 1, "甲"), ([("甲", 1), ("甲", 1)], 1, ""), ([], 1, ""), ([("甲", 1)], 9, "甲"),
    ([(name, name) for name in "戊丁丙乙甲"], "甲", "丁、丙、乙等4件"), ([(name, 1) for name in "甲乙丙丁"] + [("戊", 2)], 1, "戊")])
def test_the_others_of_a_group(entries, mark, said):
    assert Others(entries).but(mark) == said
