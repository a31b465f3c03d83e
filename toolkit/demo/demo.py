"""The demonstration: an invented city's returns, gathered, checked, merged, reviewed, published, named; three studios assessed; the years behind
the naming. Every person and unit is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from toolkit.demo.demo_applications import gathered_return
from toolkit.demo.demo_assessment import assessment
from toolkit.demo.demo_publicity import publicity
from toolkit.demo.demo_returns import GATHERED, LATE, invented_returns, some, whole_return
from toolkit.demo.demo_review import YearArranged, arrange, review
from toolkit.demo.demo_years import FOLDER, REMINDED, years
from toolkit.errors import UserError
from toolkit.forms.papers import paper
from toolkit.jobs import case_file
from toolkit.jobs import merge as merging
from toolkit.jobs.documents import documents
from toolkit.jobs.keeping import ARCHIVE, BACKUPS
from toolkit.jobs.reminder_documents import REMINDER
from toolkit.jobs.statistics import BOOK
from toolkit.regulation import Regulation, in_force

PARAMETERS = {
    "contact_office": "职业能力建设科（虚构）", "contact_phone": "0991-7000000", "contact_address": "乌鲁木齐市虚构路1号",
    "contact_email": "shili@example.cn", "supervision_phone": "0991-7000001",
    "naming_document_number": "乌人社发〔{year}〕999号"}
RETURNS, RESULTS = "区县报表_{year}", "合并结果"
FILLED, DEADLINE, MERGED, LATE_CAME, LATE_MERGED = (timedelta(days=days) for days in (15, 14, 13, 8, 7))
"""How long before the day of the demonstration: returns filled in, their last day, merged and the others reminded; the late one, merged."""


def demo(folder: Path, now: datetime) -> Iterator[str]:
    """Run the whole road in `folder`; says step by step what lies where. A second run merges again and changes nothing."""
    law, year = in_force(now.date()), now.year
    returns, book = folder / RETURNS.format(year=year), folder / "工作室管理台账.xlsm"
    if folder.exists() and not returns.is_dir() and any(folder.iterdir()):
        raise UserError(f"“{folder}”里已有别的文件。请换一个空文件夹做演示。")
    yield from _returned(folder, returns, law, year, now)
    yield _merged("二、校验并合并", folder, year, book, now - MERGED)
    yield f"　　标记副本、合并结果、回执在 {folder / RESULTS}"
    arranged = YearArranged(year, PARAMETERS, now.date() - DEADLINE, now.date())
    if arrange(book, law, arranged, now - MERGED):
        yield from _reminded(folder, book, law, now)
    yield from review(folder / "评审", book, law, year, now)
    yield from publicity(folder / "公文", book, now)
    yield from assessment(folder / "期满考核", book, now.date())
    yield from years(folder / FOLDER, book, now)
    yield "接下来可以打开："
    yield from _worth_opening(folder)
    yield f"台账在 {book}，原件在 {folder / ARCHIVE}，备份在 {folder / BACKUPS}"


def _returned(folder: Path, returns: Path, law: Regulation, year: int, now: datetime) -> Iterator[str]:
    """What the districts send in time."""
    filled = now.date() - FILLED
    yield f"一、虚构的区（县）报表在 {returns}"
    if returns.is_dir():
        return
    returns.mkdir(parents=True)
    for name, data in invented_returns(law, year, filled):
        (returns / name).write_bytes(data)
    own = whole_return(law, GATHERED, year, filled)[0]
    yield from gathered_return(folder / f"{GATHERED}申报_{year}", returns / own, some(law, GATHERED, filled), year, now - FILLED)


def _merged(what: str, folder: Path, year: int, book: Path, now: datetime) -> str:
    order = merging.order_for(folder / RETURNS.format(year=year), year, ledger=book, out=folder / RESULTS)
    report = merging.merge(order, now)
    plan = report.plan
    assert plan is not None, "a merge plans"
    return f"{what}：错误{report.errors}条；台账新增{len(plan.added)}行，更新{len(plan.changed)}行，未变{plan.unchanged}行"


def _reminded(folder: Path, book: Path, law: Regulation, now: datetime) -> Iterator[str]:
    """Districts that let the deadline pass are reminded; one then sends its return, which is merged."""
    year = now.year
    on = now.date() - MERGED
    number = f"{law[paper(REMINDER).series]}〔{on.year}〕1号"
    letters = documents(REMINDER, book, folder / REMINDED, on, now - MERGED, year=year, number=number)
    made = [path for path in letters.outputs if path != book]
    yield f"　　过了申报截止日{now.date() - DEADLINE}，没有报的{len(made)}个区（县）各有一份催报函：{'、'.join(path.name for path in made)}"
    name, data = whole_return(law, LATE, year, now.date() - LATE_CAME)
    (folder / RETURNS.format(year=year) / name).write_bytes(data)
    yield _merged(f"　　{LATE}补报，再合并", folder, year, book, now - LATE_MERGED)


def _worth_opening(folder: Path) -> Iterator[str]:
    """What shows most of it, and what to look at there."""
    walked = folder / FOLDER
    yield f"　看板、到期提醒、个案办理：{walked / '工作室管理台账.xlsm'}"
    for what, where, pattern in (("一个工作室从申报到追回的经过", walked / case_file.CASE, "*/*.docx"),
                                 ("按年度、区（县）的综合统计", walked, f"{BOOK}*.xlsx"),
                                 ("标出问题的报表", folder / RESULTS / "标记副本", "新市区*.xlsx")):
        for path in sorted(where.glob(pattern)):
            yield f"　{what}：{path}"
