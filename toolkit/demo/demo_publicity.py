"""The demonstration's publicity: a notice, two objections looked into, the naming. What the objection against was upheld is not named.

Source: 乌人社规〔2023〕1号 第十二条
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from toolkit.forms.register_rows import PublicityRow
from toolkit.jobs.act import act, standing
from toolkit.jobs.documents import NAMED_LIST, NAMING_NOTICE, PUBLIC_NOTICE, documents
from toolkit.ledger.books import Books
from toolkit.pages import register
from toolkit.regulation import in_force

OBJECTED = ((8, "异议不成立", "经查，反映的加工合同纠纷与领办人申报条件无关（虚构）"),
            (9, "异议成立", "经查，申报的面积与实际场所不符，申办单位书面认可（虚构）"))
"""Which of the list, how it was dealt with, why."""


def publicity(out: Path, book: Path, now: datetime) -> Iterator[str]:
    """Notice, objections, naming; documents in `out`. What is registered already is only written again."""
    published = max((row.published_on for row in _rows(book, now.date()) if row.published_on), default=now.date())
    notice = documents(PUBLIC_NOTICE, book, out, published, now)
    yield f"四、公示 {notice.outputs[0]}"
    rows = _rows(book, published)
    last = max(row.public_until for row in rows if row.public_until)
    for place, move, reason in OBJECTED:
        yield _objection(book, str(rows[place].studio), move, reason, published, now)
        yield f"　　　公示期满后它是“{standing(book, str(rows[place].studio), last + timedelta(days=1)).stage}”"
    for kind in (NAMING_NOTICE, NAMED_LIST):
        report = documents(kind, book, out, last + timedelta(days=1), now)
        yield f"五、{kind} {report.outputs[0]}"


def _objection(book: Path, studio: str, move: str, reason: str, published: date, now: datetime) -> str:
    """An objection within the days of publicity, entered and two days later decided on."""
    raised, decided = published + timedelta(days=2), published + timedelta(days=4)
    if next(row for row in _rows(book, published) if row.studio == studio).objection is None:
        act(book, studio, "登记异议", {}, raised, now)
        act(book, studio, move, {PublicityRow.objection_reason.header: reason}, decided, now)
    return f"　　{raised}　{studio}有异议；{decided}　{move}：{reason}"


def _rows(book: Path, on: date) -> Sequence[PublicityRow]:
    return Books(register.load(book, in_force(on)).standing).of(PublicityRow)
