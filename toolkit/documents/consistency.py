"""What a document must agree with in itself: lists and their counts, sums, amounts in figures and words, dates, what it says twice.

Source: 乌人社规〔2023〕1号 第十二条、第十三条; GB/T 9704-2012 7.3.5.4
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from toolkit.documents.bases import ORDINAL, clause_of
from toolkit.documents.declared import Field, Rows
from toolkit.documents.marked_values import squeezed
from toolkit.documents.reread import FoundRow, FoundValue, Reread
from toolkit.documents.wording import amount_in_figures
from toolkit.regulation import Regulation
from toolkit.returns import numerals
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding

FIGURES, WORDS = "数字", "大写"
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_NAMES = ("工作室名称", "领办人", "姓名", "细则", "内容", "项目", "环节", "文件名")


class Examined:
    """A document that is looked over: its file name, what was read in it, the law, its fields."""

    def __init__(self, file: str, read: Reread, law: Regulation, declared: dict[str, Field]) -> None:
        self.file, self.read, self.law, self.declared = file, read, law, declared

    def meaning(self, path: str) -> str:
        """What people call a field."""
        return self.declared[path].meaning if path in self.declared else path

    def found(self, code: str, at: FoundValue, value: object, **facts: object) -> Finding:
        """A finding at one value of the document."""
        place = Place(self.file, "", at.passage.place, self.meaning(at.path))
        return finding(code, place, value, clause_of(at.path, self.law), **facts)


def inconsistencies(document: Examined) -> list[Finding]:
    """Everything in which a document contradicts itself."""
    rules = (_said_twice, _counts, _rows, _amounts, _sums, _days, _periods)
    return [found for rule in rules for found in rule(document)]


def head_of(row: FoundRow) -> FoundValue | None:
    """The cell by which a row of a list is known, else its first."""
    return next((row.values[key] for key in _NAMES if key in row.values), next(iter(row.values.values()), None))


def name_of(row: FoundRow) -> str:
    """By what a row of a list is known; "" for none."""
    return next((squeezed(row.values[key].text) for key in _NAMES if key in row.values), "")


def lists_of(rows: Iterable[FoundRow]) -> list[list[FoundRow]]:
    """The rows of a document list by list; one that is printed as a table and again in sentences counts as two."""
    found: dict[tuple, list[FoundRow]] = defaultdict(list)
    for row in rows:
        in_table = any(each.passage.table for each in row.values.values())
        found[row.lists, in_table, () if in_table else tuple(sorted(row.values))].append(row)
    return list(found.values())


def _said_twice(document: Examined) -> Iterator[Finding]:
    """A field that is printed in several places says the same everywhere."""
    first: dict[str, FoundValue] = {}
    for value in document.read.values:
        earlier = first.setdefault(value.path, value)
        if squeezed(earlier.text) != squeezed(value.text) and not isinstance(document.declared.get(value.path), Rows):
            yield document.found("P-differs", value, value.text, where=earlier.passage.place, other=earlier.text)


def _counts(document: Examined) -> Iterator[Finding]:
    """How many there are, as the text says and as the list has them."""
    for value in document.read.values:
        rows = max(map(len, lists_of(document.read.rows_of(value.path))), default=0)
        if isinstance(document.declared.get(value.path), Rows) and rows and value.text.isdigit() and int(value.text) != rows:
            yield document.found("P-count", value, value.text, actual=rows)


def _rows(document: Examined) -> Iterator[Finding]:
    """No row twice, numbers from 1 on."""
    for rows in lists_of(document.read.rows):
        seen: dict[str, FoundValue] = {}
        for number, row in enumerate(rows, 1):
            whole = "|".join(squeezed(each.text) for key, each in row.values.items() if key != ORDINAL)
            where = head_of(row)
            if where is None:
                continue
            first = seen.setdefault(whole, where)
            if first is not where and name_of(row):
                yield document.found("P-twice", where, name_of(row), other=f"{first.passage.place}、{where.passage.place}")
            if (own := row.values.get(ORDINAL)) is not None and own.text.isdigit() and int(own.text) != number:
                yield document.found("P-order", own, own.text, wanted=number)


def _amounts(document: Examined) -> Iterator[Finding]:
    """R13-1: figures and words say the same amount."""
    for path in dict.fromkeys(each.path.rpartition(".")[0] for each in document.read.values if each.path.endswith(f".{FIGURES}")):
        figures, words = ([each for each in document.read.values if each.path == f"{path}.{key}"] for key in (FIGURES, WORDS))
        for one, other in zip(figures, words, strict=False):
            if yuan(one.text) is None or yuan(one.text) != yuan(other.text):
                yield document.found("P-words", one, one.text, wanted=other.text)


def _sums(document: Examined) -> Iterator[Finding]:
    """R13-1: the total is the sum of the list, or so many times the single amount."""
    totals = [each for each in document.read.values if each.path.endswith(f"合计.{FIGURES}")]
    rows = max(lists_of(document.read.rows_of("名单")), key=len, default=[])
    single = yuan(document.read.value(f"经费.单项.{FIGURES}"))
    own = [yuan(row.values["金额"].text) for row in rows if "金额" in row.values]
    amounts = own if len(own) == len(rows) else [single] * len(rows)
    known = [each for each in amounts if each is not None]
    if rows and len(known) == len(amounts):
        for total in totals:
            if yuan(total.text) != sum(known, Decimal(0)):
                yield document.found("P-sum", total, total.text, wanted=amount_in_figures(sum(known, Decimal(0))))


def _days(document: Examined) -> Iterator[Finding]:
    """Days that no calendar has; the day of printing is not before the day of the document."""
    for value in _all(document.read):
        for match in _DAY.finditer(value.text):
            if day_in(match[0]) is None:
                yield document.found("P-day", value, match[0], why="日历上没有这一天")
    signed, printed = (next((each for each in document.read.values if each.path == path), None) for path in ("发文.日期", "发文.印发日期"))
    if signed and printed and (first := day_in(signed.text)) and (last := day_in(printed.text)) and last < first:
        yield document.found("P-day", printed, printed.text, why=f"早于成文日期{signed.text}")


def _periods(document: Examined) -> Iterator[Finding]:
    """A period ends after it begins; that of publicity lasts as many days as are said, and naming comes after it."""
    values = {each.path: each for each in reversed(document.read.values)}
    for path, last in values.items():
        first = values.get(f"{path.rpartition('.')[0]}.起")
        if not path.endswith(".止") or first is None:
            continue
        begins, ends = day_in(first.text), day_in(last.text)
        if begins and ends and ends < begins:
            yield document.found("P-day", last, last.text, why=f"早于第一日{first.text}")
        days = document.read.value(f"{path.rpartition('.')[0]}.天数")
        if begins and ends and days.isdigit() and ends < begins + timedelta(days=int(days) - 1):
            yield document.found("P-day", last, last.text, why=f"到这天不满{days}天（自{first.text}起）")
    ended, named = values.get("公示.止"), values.get("发文.日期")
    if document.read.kind.move == "命名" and ended and named and (end := day_in(ended.text)) and (day := day_in(named.text)) and day <= end:
        yield document.found("P-day", named, named.text, why=f"还在公示期内（{ended.text}止），公示期满才能命名")


def _all(read: Reread) -> Iterator[FoundValue]:
    yield from read.values
    for row in read.rows:
        yield from row.values.values()


def day_in(text: str) -> date | None:
    """The day a text names, None where there is none or no calendar has it."""
    match = _DAY.search(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def yuan(text: str) -> Decimal | None:
    """An amount in 元, written in figures or in words; None where it is neither."""
    match = re.fullmatch(r"(\d+(?:\.\d{1,2})?)(万)?元", squeezed(text).replace(",", ""))
    if match:
        return Decimal(match[1]) * (10_000 if match[2] else 1)
    try:
        return None if not text or re.search(r"\d", text) else numerals.amount(squeezed(text))
    except ValueError:
        return None


def listed(read: Reread) -> Sequence[str]:
    """The studios a document lists, in order."""
    return [squeezed(row.values["工作室名称"].text) for row in read.rows if "工作室名称" in row.values and "名单" in row.lists[0]]
