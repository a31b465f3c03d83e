"""What comes next: said at the end of a command. Where it wrote the ledger from what 到期提醒 lists, a line for each thing to do; a district's
workbook goes on to the bureau.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from toolkit.forms import SUMMARY
from toolkit.jobs.act import opened_ledger, standing_of
from toolkit.jobs.due import dues_of
from toolkit.jobs.gather import LEFT_TO_DISTRICT
from toolkit.jobs.issuing import IssuingContext, deciding
from toolkit.jobs.outputs import MARKED
from toolkit.jobs.report import Report
from toolkit.ledger import dues, subjects
from toolkit.ledger.dues import Due

MOST = 5  # lines; the rest is counted
BEGINNING = ("接下来：在“年度安排”表填当年的申报截止日、评审的四项比例和文号，在“参数”表填联系方式；收齐区（县）的推荐汇总表，用 merge 合并。")
"""For a ledger that holds nothing yet."""


def next_steps(ledger: Path, on: date, called: str = "") -> list[str]:
    """The lines; of everything, or of the one studio or application that is `called` so, with the state it is in now."""
    issuing = opened_ledger(ledger, on)
    if not (issuing.books.applications or issuing.books.studios):
        return [BEGINNING]
    found = dues_of(issuing.ledger, issuing.law, on)
    return _of_one(issuing, called, found) if called else _said(found, "接下来（用 due 列全）：", "没有到期的事项；以后办什么，用 due 看。")


def gathered_into(report: Report, table: Path) -> list[str]:
    """R10: what applications do not say, the district fills in and reports."""
    if table not in report.outputs:
        return []
    return [f"接下来：核对“{table.name}”，填好{'、'.join(LEFT_TO_DISTRICT)}和填报日期，用 check 校验，没有错误就报市局。"]


def scored(report: Report) -> list[str]:
    """R19-2: the summaries that scoring wrote go to the bureau with the scoring sheets."""
    names = "、".join(f"“{path.name}”" for path in report.outputs if SUMMARY.name in path.stem and not path.stem.endswith(MARKED))
    if not names:
        return []
    return [f"接下来：核对{names}，盖章后连同评分表报市局；市局用 merge 加 --form {SUMMARY.name} 入账。"]


def _of_one(issuing: IssuingContext, called: str, found: Sequence[Due]) -> list[str]:
    lines = []
    with deciding(issuing.law):
        for subject in subjects.called(issuing.watch, called):
            state = standing_of(subject)
            own = [due for due in found if due.studio == subject.name]
            lines += [f"{state.label}：现在是“{state.stage}”", *_said(own, "接下来：", "它现在没有要接着办的事。")]
    return lines


def _said(found: Sequence[Due], heading: str, nothing: str) -> list[str]:
    """What is done by the same means is one line: who acts, how, how many, the first term."""
    alike: dict[tuple[str, str], list[Due]] = {}
    for due in found:
        how = str(due.charge) if due.means else f"{due.charge}（“{due.place.sheet}”表）"
        alike.setdefault((due.who, how), []).append(due)
    lines = [f"　{who}　{how}：{_counted(own)}" for (who, how), own in alike.items()]
    more = [f"　另有{len(lines) - MOST}类"] if len(lines) > MOST else []
    return [heading, *lines[:MOST], *more] if lines else [nothing]


def _counted(own: Sequence[Due]) -> str:
    """One in its own words; of several how many, how many of them overdue, and the first term."""
    if len(own) == 1:
        return own[0].what
    late = sum(due.state == dues.OVERDUE for due in own)
    first = min((due.date for due in own if due.date), default=None)
    parts = (f"{len(own)}件", f"逾期{late}件" if late else "", f"最早{first}" if first else "")
    return "，".join(filter(None, parts))
