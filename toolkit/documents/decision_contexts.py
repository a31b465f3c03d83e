"""What 撤销称号决定, 取消称号决定, 追回资金通知书, 变更复函 say of one row that people entered.

Source: 乌人社规〔2023〕1号 第十八条至第二十条
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from toolkit.documents.context_parts import law_named, letter_head, red_head
from toolkit.documents.wording import amount, chinese_date
from toolkit.forms.register_rows import ChangeRow, WithdrawalRow
from toolkit.ledger import act_decisions, issued_acts, money
from toolkit.ledger.act_decisions import REVOKES, Withdrawal
from toolkit.ledger.bars import bar_of
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation
from toolkit.regulation.rubric.cell_values import plain
from toolkit.returns.values import shown


def _studio_said(studio: Studio, row: WithdrawalRow | None = None) -> dict[str, str]:
    day = act_decisions.named_on(studio)
    leader, unit = (row.leader, row.unit) if row else (None, None)
    return {"编号": studio.number or "未编", "名称": studio.name, "领办人": shown(leader or studio.leader), "申办单位": shown(unit or studio.unit),
            "命名日期": chinese_date(day) if day else "", "命名文号": shown(act_decisions.naming_number(studio))}


def decision_context(law: Regulation, on: date, found: Withdrawal, number: str, flag: str) -> dict:
    """撤销称号决定, 取消称号决定. flag: what the ground does."""
    row, studio = found.row, found.studio
    assert studio is not None, "decided on"
    context = {
        "办法": law_named(law), "牌匾": law.facts["studio_title"], "称号": law.facts["honour_title"], "工作室": _studio_said(studio, row),
        "事实": _facts(found), "条款": shown(row.ground), "追回": _owed(found, on, law), "救济": law["remedies"],
        "发文": red_head(law, on, number)}
    return context | {"禁申": _barred(found, on, law)} if flag == REVOKES else context


def _facts(found: Withdrawal) -> str:
    """The facts as established; of an assessment that failed, as the ledger has it."""
    if found.row.facts:
        return found.row.facts.strip().rstrip("。")
    result = found.studio.result if found.studio else None
    assert result is not None, "decided on"
    day = f"{chinese_date(result.assessed_on)}" if result.assessed_on else ""
    points = f"得分{plain(Decimal(result.total))}分，" if result.total is not None else ""
    return f"{day}经期满考核，{points}认定为“{shown(result.grade)}”"


def _owed(found: Withdrawal, on: date, law: Regulation) -> dict:
    until = issued_acts.repay_until(found.row, on, law)
    sum_ = amount(Decimal(found.row.owed)) if found.row.owed and until else {"数字": "", "大写": ""}
    return {"金额": sum_, "期限": chinese_date(until) if until else ""}


def _barred(found: Withdrawal, on: date, law: Regulation) -> dict[str, str]:
    """R19-4: who may not apply, for what, until when; blank where the ground brings no bar."""
    studio, row = found.studio, found.row
    bar = bar_of(row, on, law)
    if bar is None or studio is None:
        return dict.fromkeys(("起", "止", "对象", "内容"), "")
    said = _studio_said(studio, row)
    whom = [f"领办人{said['领办人']}"] if bar.on_person else []
    whom += [f"申办单位{said['申办单位']}（{shown(row.occupation or studio.occupation)}）"] if bar.on_unit else []
    return {"起": chinese_date(on), "止": chinese_date(bar.until), "对象": "和".join(whom), "内容": law.facts["barred_from"]}


def recovery_context(law: Regulation, on: date, found: Withdrawal, number: str) -> dict:
    """追回资金通知书."""
    row, studio = found.row, found.studio
    assert studio is not None, "decided on"
    said, until = _studio_said(studio, row), issued_acts.repay_until(row, on, law)
    verb = "撤销" if act_decisions.waits_for_decision(row, REVOKES, law) else "取消"
    due = money.outstanding(studio, law, on)
    return {
        "办法": law_named(law), "工作室": said, "条款": shown(row.ground), "决定": {"文号": shown(row.decision_number), "名称": verb},
        "追回": {"金额": amount(due), "期限": chinese_date(until) if until else "", "账户": law["repay_account"]}, "救济": law["remedies"],
        "发文": letter_head(law, on, number, said["申办单位"])}


def reply_context(law: Regulation, on: date, row: ChangeRow, studio: Studio | None, number: str) -> dict:
    """变更复函."""
    assert studio is not None and row.applied_on is not None, "decided on"
    said, item = _studio_said(studio), law.lists["change_matters"].find(shown(row.matter))
    matter = item["said"] if item is not None else f"变更{shown(row.matter)}"
    return {
        "办法": law_named(law, 变更条款=law.clause("R18-0")), "工作室": said,
        "变更": {"来文": f"关于{studio.name}{matter}的申请", "来文日期": chinese_date(row.applied_on), "事项": matter, "原": shown(row.before),
               "现": shown(row.after), "起": chinese_date(max(row.happened_on or on, on))},
        "发文": letter_head(law, on, number, said["申办单位"])}
