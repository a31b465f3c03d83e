"""One application with everything a rule may look at, and the small things several rules ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from toolkit.regulation import Regulation, identity
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.records import Record, Return
from toolkit.returns.values import shown, whole_day

APPLICATIONS, TEAM, AWARDS, MATERIALS = "推荐汇总", "团队成员", "获奖情况", "材料清单"


class Team(tuple[Record, ...]):
    """The rows of 团队成员 that name one studio; every application of that studio has the same, so that they are counted once."""

    @cached_property
    def by_number(self) -> Mapping[str | None, Sequence[Record]]:
        """ID number → its rows."""
        found: dict[str | None, list[Record]] = {}
        for member in self:
            found.setdefault(member["身份证号"], []).append(member)
        return found

    @cached_property
    def official(self) -> frozenset[str]:
        """ID numbers of the official employees."""
        return frozenset(member["身份证号"] for member in self if member["身份证号"] and member["是否正式员工"] == "是")

    @cached_property
    def births(self) -> Mapping[str, date]:
        """Birth dates of the official employees whose ID number is sound."""
        return {number: born for number in self.official if not identity.id_problem(number) and (born := identity.id_birth(number))}

    @cached_property
    def asked_by(self) -> dict[str | None, Record]:
        """Leader's ID number → the first application of that leader: what is found in the team's rows is told once."""
        return {}


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """An application: its row, the return it stands in, its team, its awards and its row of materials (None: no such row).

    column: name and letters of the column of another sheet that is its own, "" where there is none."""

    record: Record
    source: Return
    law: Regulation
    team: Team
    awards: tuple[Record, ...]
    material: Record | None
    column: tuple[str, str] = ("", "")

    def __getitem__(self, header: str) -> Any:
        return self.record.values.get(header)

    def finding(self, code: str, header: str, **facts: object) -> Finding:
        """A finding at one field of the application; `value` defaults to what stands there."""
        return self.at(self.record, code, header, **facts)

    def at(self, record: Record, code: str, header: str, **facts: Any) -> Finding:
        """A finding at one field of a row that belongs to the application."""
        value: Any = facts.pop("value", None)
        if value is None:
            value = record.values.get(header)
        clause = self.law.clause(code)
        return finding(code, record.place(header), "" if value is None else shown(value), clause, **facts)

    @property
    def sound_id(self) -> str:
        """The leader's ID number where it is sound, else ""."""
        number = self["身份证号"]
        return number if number and not identity.id_problem(number) else ""

    @property
    def born(self) -> date | None:
        """The birth date: the ID number's where sound, else the typed one if it is given to the day."""
        if self.sound_id:
            return identity.id_birth(self.sound_id)
        return self["出生日期"] if whole_day(self.record.notes.get("出生日期", "")) else None

    @property
    def basis(self) -> date | None:
        """The day ages and retirement are measured on: the bureau's deadline, else the return's own (R07-1c)."""
        deadline = self.law["application_deadline"]
        return deadline if isinstance(deadline, date) else self.source.basis

    @property
    def key(self) -> str:
        """How an application is recognised across returns: year, leader's ID number (or name), occupation."""
        return "|".join(shown(part) for part in (self.source.year, self["身份证号"] or self["领办人"], self["职业(工种)"]))

    @property
    def title(self) -> str:
        """How messages name this application: file and studio."""
        return f"{self.source.file}“{self['工作室名称'] or self['领办人'] or ''}”"


def occupation(typed: str) -> tuple[str, str]:
    """“焊工(电焊工)” → ("焊工", "电焊工"): occupation and trade, folded for comparing; trade may be ""."""
    plain = "".join(typed.replace("（", "(").replace("）", ")").split()).removesuffix("工种")
    name, _, trade = plain.partition("(")
    return name, trade.rstrip(")").removesuffix("工种")


def same_occupation(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """"same", "trade" (same occupation, other trade), "code" (same name, other code) or "" (another occupation).

    one, other: values by header. Source: 第三条“相同职业（工种）”: codes decide where both are given, but one digit mistyped must not
    hide the same trade; a missing trade counts as the same (R03-3).
    """
    names = [occupation(values.get("职业(工种)") or "") for values in (one, other)]
    codes = [values.get("职业编码") for values in (one, other)]
    if not all(name for name, _ in names):
        return "same" if all(codes) and codes[0] == codes[1] else ""
    same_name = names[0][0] == names[1][0]
    if all(codes) and codes[0] != codes[1]:
        return "code" if same_name else ""
    if not same_name and not all(codes):
        return ""
    (_, trade), (_, other_trade) = names
    return "trade" if trade and other_trade and trade != other_trade else "same"
