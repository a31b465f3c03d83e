"""Rules about the 领办人. Source: 第七条（一）、附件1."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.regulation import identity
from toolkit.regulation.calendar import age_on
from toolkit.regulation.honours import without_level
from toolkit.regulation.retirement import leaves_years, retirement_date
from toolkit.returns.checks.case import Case
from toolkit.returns.findings import Finding
from toolkit.returns.values import whole_day


def id_agrees(case: Case) -> Iterator[Finding]:
    """A1-2: birth date and sex agree with the ID number; its area code is only ever a query."""
    number = case.sound_id
    if not number:
        return
    born, typed = case.born, case["出生日期"]
    if typed and born and born != typed:
        to_the_day = whole_day(case.record.notes.get("出生日期", ""))
        if to_the_day or (born.year, born.month) != (typed.year, typed.month):
            yield case.finding("A1-2.birth", "出生日期", wanted=born)
    sex = identity.id_sex(number)
    if case["性别"] and case["性别"] != sex:
        yield case.finding("A1-2.sex", "性别", wanted=sex)
    if number[:2] not in case.law.lists["id_provinces"].by_spelling:
        yield case.finding("F-id-province", "身份证号")


def work_start(case: Case) -> Iterator[Finding]:
    """A1-2: nobody starts work below the working age."""
    born, started, minimum = case.born, case["参加工作时间"], case.law["work_start_age"]
    if born and started and (age := age_on(born, started)) < minimum:
        yield case.finding("A1-2.work", "参加工作时间", age=age, minimum=minimum)


def not_in_future(case: Case) -> Iterator[Finding]:
    """What a return tells of has happened by the day it was filled in."""
    filled = case.source.filled_on or case.basis
    for header in ("出生日期", "参加工作时间", "发证日期"):
        happened = case[header]
        if filled and happened and happened > filled:
            yield case.finding("F-future", header, filled=filled)


def level(case: Case) -> Iterator[Finding]:
    """R07-1a: 技师 or above; only the city's own approval, registered in the ledger, makes an exception."""
    typed = case["技能等级"]
    if typed and typed not in case.law.lists["skill_levels"].where("leader"):
        yield case.finding("R07-1a", "技能等级")


def employed(case: Case) -> Iterator[Finding]:
    """R07-1b: 在职在聘."""
    if case["在职在聘"] == "否":
        yield case.finding("R07-1b", "在职在聘")


def years_to_retirement(case: Case) -> Iterator[Finding]:
    """R07-1c: two years or more to statutory retirement on the basis day; the category is never inferred."""
    category, sex = case["退休类别"], case["性别"]
    item = case.law.lists["retirement_categories"].find(category or "")
    if item is None:
        return
    if sex and item["sex"] != sex:
        yield case.finding("A1-2.retirement-sex", "退休类别", sex=sex)
        return
    born, basis, years = case.born, case.basis, case.law["leader_years_to_retirement"]
    if born and basis and not leaves_years(born, category, basis, years):
        retires = retirement_date(born, category, basis)
        yield case.finding("R07-1c", "退休类别", basis=basis, retires=retires, years=years)


def computed_dates(case: Case) -> Iterator[Finding]:
    """The locked cells 法定退休日期 and 距退休满2年 still say what their formulas say."""
    born, category, basis = case["出生日期"], case["退休类别"], case.source.basis
    if not (born and category and basis):
        return
    retires = retirement_date(born, category, basis)
    shown = case["法定退休日期"]
    if shown and shown != retires:
        yield case.finding("F-computed", "法定退休日期", wanted=retires)
    holds = "是" if leaves_years(born, category, basis, case.law["leader_years_to_retirement"]) else "否"
    if case["距退休满2年"] not in (None, holds):
        yield case.finding("F-computed", "距退休满2年", wanted=holds)


def honours(case: Case) -> Iterator[Finding]:
    """R07-1d: an honour only marks priority; an equivalent one must be named in 备注, and the level of one where the list asks for it."""
    said = case["优先荣誉"]
    if said in case.law.lists["honours"].where("equivalent"):
        yield case.finding("R07-1d", "优先荣誉")
    elif said and (bare := without_level(said, case.law)):
        yield case.finding("R07-1d.level", "优先荣誉", value="、".join(bare))


def conduct(case: Case) -> Iterator[Finding]:
    """R07-3: an authority's conclusion, recorded as it is, never inferred."""
    if case["职业道德核查"] == "否":
        yield case.finding("R07-3", "职业道德核查")


RULES = (id_agrees, work_start, not_in_future, level, employed, years_to_retirement, computed_dates, honours, conduct)
