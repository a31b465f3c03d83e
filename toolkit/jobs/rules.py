"""The rules of the regulation: what each asks, how it is read, what the bureau has set, where it stands in the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms.register_rows import ParameterRow
from toolkit.jobs.issuing import deciding
from toolkit.jobs.keeping import FileKeeper
from toolkit.ledger import arrangements
from toolkit.ledger.books import Books
from toolkit.regulation import Parameter, Regulation, Rule, in_force, rule_places
from toolkit.regulation.rule_places import RulePlaces
from toolkit.returns.findings import Place

BUILT, TO_BUILD = "已建", "待建"
KINDS = ("执行", "支持", "记录")
OF_BUREAU = "市局"
# 程序所在 → 经办人知道的地方；没有列出的只供这些地方调用。
_WHERE = {
    "toolkit.returns.checks": "校验", "toolkit.returns.checks.assessed": "校验考核汇总表",
    "toolkit.returns.checks.reviewed": "校验评审表决", "toolkit.returns.checks.promised": "校验目标任务书",
    "toolkit.returns.checks.evaluated": "校验年度绩效评估表", "toolkit.regulation.voting": "评审表决", "toolkit.pages.ballot_page": "评审表决",
    "toolkit.jobs.from_ledger": "按台账生成的表", "toolkit.ledger.reviewing": "公示和命名", "toolkit.forms.review": "评审表决",
    "toolkit.forms.goals": "目标任务书", "toolkit.forms.evaluation": "年度绩效评估表", "toolkit.returns.parse": "校验",
    "toolkit.returns.evidence": "复算评分表", "toolkit.returns.evidence_findings": "复算评分表", "toolkit.returns.verdicts": "复算评分表",
    "toolkit.returns.rescoring": "复算评分表", "toolkit.jobs.score": "复算评分表", "toolkit.jobs.assess": "评分表预填",
    "toolkit.ledger": "台账", "toolkit.ledger.decisions": "公示和命名", "toolkit.ledger.audit": "校验台账", "toolkit.ledger.dues": "到期提醒",
    "toolkit.documents": "公文", "toolkit.jobs.documents": "公文", "toolkit.jobs.issuing": "公文", "toolkit.jobs.assessment_documents": "公文",
    "toolkit.jobs.outcome": "回执", "toolkit.returns.standing": "台账",
    "toolkit.forms.recommendation": "推荐汇总表", "toolkit.forms.assessment": "期满考核评分表", "toolkit.forms.summary": "考核汇总表",
    "toolkit.forms.ledger": "台账", "toolkit.pages.dashboard": "看板", "toolkit.pages.colours": "台账", "toolkit.pages.row_formulas": "表内公式",
    "toolkit.pages.evidence_formulas": "期满考核评分表", "toolkit.pages.assessment_desk": "期满考核评分表",
    "toolkit.pages.score_table": "期满考核评分表", "toolkit.regulation.rubric": "复算评分表", "toolkit.regulation.consequences": "复算评分表",
}


@dataclass(frozen=True)
class RuleParameter:
    """A parameter with the value in force. origin: 原文 | 默认 | 市局; set_in: where the bureau set it, None where it did not."""

    parameter: Parameter
    origin: str
    set_in: Place | None = None

    def __str__(self) -> str:
        value = self.parameter.value
        shown = f"{value:,}{self.parameter.unit}" if isinstance(value, int) else str(value) or "没有填"
        there = f"，“{self.set_in.sheet}”表 {self.set_in.cell}" if self.set_in else ""
        return f"{self.parameter.label}：{shown}（{self.origin}{there}）"


@dataclass(frozen=True)
class RuleStatement:
    """One rule with its parameters in force and its places."""

    rule: Rule
    parameters: tuple[RuleParameter, ...]
    places: RulePlaces

    @property
    def status(self) -> str:
        """已建 | 待建 (`rule.missing` says what is there and what is not)."""
        return TO_BUILD if self.rule.missing else BUILT

    @property
    def where(self) -> list[str]:
        """The places in words a clerk knows, each once."""
        return list(dict.fromkeys(filter(None, map(_where, self.places.implemented_in))))


def rules(on: date, ledger: Path | None = None) -> list[RuleStatement]:
    """Every rule of the regulation in force, with its parameters as the bureau set them in `ledger`.

    UserError where there is no such ledger, or a setting in it cannot be read.
    """
    law = in_force(on)
    theirs, set_in = (law, {}) if ledger is None else _as_set(law, ledger, on)
    places = rule_places.load()
    return [RuleStatement(rule, tuple(_parameters(rule, law, theirs, set_in)), places.get(rule.id, RulePlaces()))
            for rule in law.rules.values() if rule.kind]


def _as_set(law: Regulation, path: Path, on: date) -> tuple[Regulation, Mapping[str, Place]]:
    """The law with the bureau's parameters and what it arranged for the year, and where each stands that is set."""
    kept = FileKeeper(path)
    if not kept.exists:
        raise UserError(f"找不到台账“{path}”。请核对文件位置，或先合并区县报表。")
    books = Books(kept.load(law).standing)
    with deciding(law):
        theirs = arrangements.of_year(books, books.standing.parameters(law), on.year, on)
    settings = {row.name: row.record.place(ParameterRow.value.header) for row in books.of(ParameterRow) if row.name and row.value is not None}
    return theirs, {**settings, **arrangements.set_in(books, on.year)}


def _parameters(rule: Rule, law: Regulation, theirs: Regulation, set_in: Mapping[str, Place]) -> list[RuleParameter]:
    """A rule's parameters; one that follows another is the bureau's where that one is set. What another year's setting left empty is not set."""
    found = []
    for name, parameter in theirs.parameters.items():
        if parameter.rule == rule.id:
            untouched = parameter is law.parameters[name] or parameter.value == ""
            place = None if untouched else set_in.get(name) or set_in.get(parameter.follows)
            found.append(RuleParameter(parameter, parameter.origin if untouched else OF_BUREAU, place))
    return found


def _where(place: str) -> str:
    module = place.partition(":")[0]
    while module not in _WHERE and "." in module:
        module = module.rpartition(".")[0]
    return _WHERE.get(module, "")


def summary(found: Sequence[RuleStatement]) -> str:
    """How many rules there are of each kind, and what the bureau has set."""
    kinds = Counter(each.rule.kind for each in found)
    waiting = sum(each.status == TO_BUILD for each in found)
    set_in = {one.set_in for each in found for one in each.parameters} - {None}
    theirs = f"市局在台账里设了{len(set_in)}项。" if set_in else ""
    return f"共{len(found)}条：{'，'.join(f'{kind}{kinds[kind]}条' for kind in KINDS)}；其中{waiting}条{TO_BUILD}。{theirs}"


def as_object(found: Sequence[RuleStatement]) -> dict:
    """What `rules --json` prints."""
    return {"rules": [{
        "id": each.rule.id, "clause": each.rule.clause, "title": each.rule.title, "kind": each.rule.kind, "status": each.status,
        "default": each.rule.default, "parameters": [_parameter(one) for one in each.parameters],
        "implemented_in": list(each.places.implemented_in), "tested_by": list(each.places.tested_by), "missing": each.rule.missing,
    } for each in found]}


def _parameter(one: RuleParameter) -> dict:
    known = one.parameter
    return {"name": known.name, "label": known.label, "value": known.value, "unit": known.unit, "clause": known.clause, "origin": one.origin}
