"""What the returns of a district have in common: the facts above the table, and the columns that name a studio."""

from __future__ import annotations

from toolkit.forms.model import Column, Fact, choice, code, count, date, person, text, yes_no


def unit_fact() -> Fact:
    """Who returns it."""
    return Fact("填报单位（盖章）", also=("填报单位(盖章)", "填报单位", "填报区县", "单位（盖章）"),
                help="区（县）人力资源和社会保障局全称", name="fact_unit")


def date_fact(help: str = "区（县）上报的日期") -> Fact:
    """When it is returned."""
    return Fact("填报日期", date, also=("填表日期", "报送日期"), help=help, name="fact_date")


def none_fact(nothing: str, also: tuple[str, ...], help: str) -> Fact:
    """That there is nothing to return."""
    return Fact(f"本区县无{nothing}", yes_no, "yes_no", also=also, help=f"{help}选“是”，表内不填", name="fact_none")


def studio_columns(name: float, leader: float, unit: float) -> tuple[Column, ...]:
    """Which studio a row is about, as the ledger has it; the widths of name, leader and unit."""
    return (
        Column("序号", count, group="工作室", width=6, given=True),
        Column("区县", choice, True, ("推荐区县", "所属区县", "区（县）"), "districts", group="工作室", width=12, given=True),
        Column("工作室编号", code, also=("编号",), group="工作室", width=12, given=True),
        Column("工作室名称", text, True, ("名称", "技能大师工作室名称"), group="工作室", width=name, given=True, help="与台账一致"),
        Column("领办人", person, True, ("领办人姓名",), group="工作室", width=leader, given=True),
        Column("申办单位", text, True, ("单位名称", "依托单位"), group="工作室", width=unit, given=True),
    )
