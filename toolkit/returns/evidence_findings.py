"""What a district is told about evidence that does not count or does not add up. What parsing has already said is not said twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.forms.assessment import ACTIVITIES, EXPENSES, FUNDS
from toolkit.regulation import Regulation
from toolkit.regulation.rubric.cell_values import plain
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.records import Record
from toolkit.returns.values import shown
from toolkit.returns.verdicts import Period, Verdict, blank

# 不计入的原因 → 代码、所在列。
_CODES = {
    "id_number": ("E-id", "身份证号"), "id_length": ("E-id", "身份证号"), "id_wrong": ("E-id", "身份证号"), "leader": ("E-leader", "徒弟姓名"),
    "entry": ("E-choice", "入门时等级"),
    "gained": ("E-choice", "取得等级"), "held": ("E-held", "取得等级"), "certificate": ("E-lacking", "证书编号"),
    "issued": ("E-date", "发证日期"), "issued_outside": ("E-outside", "发证日期"), "agreement": ("E-agreement", "协议编号"),
    "agreed": ("E-date", "协议日期"), "not_after": ("E-agreement-late", "发证日期"), "twice": ("E-twice", "身份证号"),
    "day": ("E-date", "日期"), "outside": ("E-outside", "日期"), "source": ("E-choice", "来源"), "amount": ("E-amount", "金额(元)"),
    "voucher": ("E-lacking", "凭证号"), "fund": ("E-choice", "资金来源"), "use": ("E-choice", "用途类别"),
    "after_use": ("E-use-after", "用途类别"), "other_use": ("E-use", "用途类别"), "account": ("E-account", "是否专账"),
    "kind": ("E-choice", "类别"), "finished": ("E-date", "完成日期"), "finished_outside": ("E-outside", "完成日期"),
    "activity": ("E-choice", "类型"), "scope": ("E-choice", "范围"),
}
_READ_BY_PARSER = ("E-id", "E-choice", "E-date", "E-amount", "E-lacking", "E-account")


def of_row(sheet: str, verdict: Verdict, span: Period | None, law: Regulation) -> Iterator[Finding]:
    """Why a row does not count, unless nothing need be done about it."""
    code, header = _CODES.get(verdict.why, ("", ""))
    if not code:
        return
    record = verdict.record
    column, raw = record.table.sheet.by_header[header], record.raw(header)
    if code in _READ_BY_PARSER and _said(record, header):
        return
    if blank(raw) and code != "E-agreement":
        code = "E-lacking"
    facts: dict[str, object] = {"what": header, "wanted": _compared(record, code)}
    if code == "E-outside" and span is not None:
        facts["first"], facts["last"] = span.days
    if verdict.instead is not None:
        facts["row"] = verdict.instead.row + 1
    value = record["徒弟姓名"] or "" if code in ("E-twice", "E-agreement") else shown(raw)
    yield finding(code, record.place(header), value, column.clause, **facts)


def of_whole(judged: Mapping[str, Sequence[Verdict]], money: Mapping[str, Decimal], law: Regulation) -> Iterator[Finding]:
    """Rows entered twice, and money (see `Counted`) that does not add up. Source: 第十三条."""
    yield from _repeated(judged[FUNDS.name], ("来源", "凭证号"), "凭证号", "E-voucher-twice")
    yield from _repeated(judged[EXPENSES.name], ("凭证号", "摘要", "金额(元)"), "凭证号", "E-voucher-twice")
    yield from _repeated(judged[ACTIVITIES.name], ("日期", "主题"), "主题", "E-activity-twice")
    subsidy, matching, spent, balance = (money[f"fund_{name}"] for name in ("subsidy", "matching", "spent", "balance"))
    if judged[FUNDS.name] and subsidy not in (0, law["subsidy_yuan"]):
        place = judged[FUNDS.name][0].record.place("金额(元)")
        yield finding("E-subsidy", place, plain(subsidy), law.clause("R13-1"), wanted=law["subsidy_yuan"])
    if judged[EXPENSES.name] and balance != 0:
        place, clause = judged[EXPENSES.name][0].record.place("金额(元)"), law.clause("R13-3")
        if balance < 0:
            yield finding("E-overspent", place, plain(spent), clause, wanted=plain(subsidy + matching))
        else:
            yield finding("E-balance", place, plain(balance), clause)


def _repeated(judged: Sequence[Verdict], headers: Sequence[str], header: str, code: str) -> Iterator[Finding]:
    """Rows that say the same as an earlier one under all of `headers`."""
    first: dict[tuple, Record] = {}
    for record in (one.record for one in judged):
        key = tuple(record[each] for each in headers)
        if None in key:
            continue
        earlier = first.setdefault(key, record)
        if earlier is not record:
            column = record.table.sheet.by_header[header]
            yield finding(code, record.place(header), record[header], column.clause, row=earlier.row + 1)


def _said(record: Record, header: str) -> bool:
    """Whether parsing has already found the cell wanting: required and empty, or not readable."""
    if blank(record.raw(header)):
        return record.table.sheet.by_header[header].required
    return record[header] is None


def _compared(record: Record, code: str) -> str:
    return shown(record.raw("入门时等级" if code == "E-held" else "协议日期")) if code in ("E-held", "E-agreement-late") else ""
