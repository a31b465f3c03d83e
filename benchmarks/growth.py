"""How the time grows: rows in one return, all alike and all different; returns in a folder, with resubmissions.

Sheets are made in memory, so that what is measured is reading them into records, judging, comparing and planning; a ledger of the
largest return is written and its formulas are computed. Seconds are those of the processor: other programs on the machine do not count.
"""

from __future__ import annotations

import gc
import itertools
import math
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from benchmarks.corpus import SYLLABLES
from tests.returns import make
from toolkit.forms import LEDGER, RECOMMENDATION
from toolkit.ledger import plan, versions
from toolkit.pages import register
from toolkit.regulation import in_force
from toolkit.resources import workbook_template
from toolkit.returns import checks
from toolkit.returns.parse import Parser
from toolkit.sheets import edit
from toolkit.sheets.grid import Book
from toolkit.sheets.recalculate import refresh

NOW = datetime(2026, 11, 20, 9)
LAW = in_force(NOW.date())
ROWS, RETURNS = (100, 1_000, 10_000), (8, 80, 800, 8_000)
ALLOWED = 1.1
ROUNDS = 3  # of the sizes that take little time, the best of them counts


def alike(count: int) -> list[Book]:
    """One return whose applications all say the same, but for the number of the row."""
    rows = [make.application(序号=number) for number in range(count)]
    return [make.book(rows, team=[make.member(row["工作室名称"], 1) for row in rows], materials=[make.material(row["工作室名称"]) for row in rows])]


def one_unit(count: int) -> list[Book]:
    """One return in which one unit names different people for one occupation."""
    rows = [make.application(序号=number, **_person(number)) for number in range(count)]
    return [make.book(rows, team=_teams(rows))]


def different(count: int) -> list[Book]:
    """One return whose applications have nothing in common but the occupation."""
    rows = [make.application(序号=number, 统一社会信用代码=make.credit_code(number), 申办单位=f"第{number}机械有限公司", **_person(number))
            for number in range(count)]
    return [make.book(rows, team=_teams(rows))]


def folder(count: int) -> list[Book]:
    """Returns of three applications; from the ninth on they are resubmissions of the eight districts', each a day later."""
    districts = LAW.lists["districts"].names
    books = []
    for number in range(count):
        district = districts[number % len(districts)]
        rows = [make.application(序号=row, 推荐区县=district, 统一社会信用代码=make.credit_code(row), 申办单位=f"第{row}机械有限公司",
                                 备注=f"第{number}次报", **_person(number % len(districts) * 3 + row)) for row in range(3)]
        books.append(make.book(rows, team=_teams(rows), file=f"{district}{number}.xlsx", unit=f"{district}人力资源和社会保障局",
                               filled=date(2023, 1, 1) + timedelta(number // len(districts) % 1_400)))
    return books


def _person(number: int) -> dict[str, object]:
    born = date(1970, 1, 1) + timedelta(number % 5_000)
    name = "".join(SYLLABLES[number // 30 ** place % 30] for place in range(4))
    return {"领办人": name, "出生日期": born, "身份证号": make.id_number(born, serial=number // 5_000), "领办人手机": f"139{number:08d}",
            "工作室名称": f"{name}焊工技能大师工作室"}


def _teams(rows: Sequence[dict]) -> list[dict]:
    """Two people a studio whom nobody else has."""
    numbers = itertools.count()
    return [make.member(row["工作室名称"], 1, 姓名=f"成员{number}",
                        身份证号=make.id_number(date(1985, 1, 1) + timedelta(number % 5_000), "女", number // 5_000))
            for row in rows for number in itertools.islice(numbers, 2)]


def judged(books: Sequence[Book], opened: register.Ledger) -> plan.Plan:
    """The road of a merge up to the write."""
    parser = Parser(LAW, (RECOMMENDATION,))
    returns = [parser.read(book) for book in books]
    for source in returns:
        checks.alone(source, LAW)
    choices = versions.choose(returns)
    checked = checks.run(returns, LAW, opened.standing, [choice.chosen for choice in choices])
    return plan.build(choices, checked, opened.standing, LAW)


def _empty() -> register.Ledger:
    return register.load(workbook_template(LEDGER.name), LAW)


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The power of the size that the time grows with, between the first and the last size."""
    return math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])


def main() -> None:
    """Print seconds and exponents; end with an error where one is too large."""
    for name, made, sizes in (("一份报表，各行一样", alike, ROWS), ("一份报表，同一单位同一职业", one_unit, ROWS),
                              ("一份报表，各行不同", different, ROWS), ("报表份数，八个区（县）反复补报", folder, RETURNS)):
        seconds = [_timed(made, size) for size in sizes]
        found = exponent(sizes, seconds)
        shown = "，".join(f"{size}：{took:.3f} 秒" for size, took in zip(sizes, seconds, strict=True))
        print(f"{name}　{shown}　指数 {found:.2f}（要求不超过 {ALLOWED}）", flush=True)
        if found > ALLOWED:
            raise SystemExit(f"{name}：时间长得太快。")
    _written(ROWS[-1])


def _timed(made: Callable[[int], list[Book]], size: int) -> float:
    """The best of a few rounds; a large one is run once."""
    books, opened, taken = made(size), _empty(), []
    for _ in itertools.repeat(None, ROUNDS if size <= ROWS[1] else 1):
        gc.collect()
        began = time.process_time()
        judged(books, opened)
        taken.append(time.process_time() - began)
    return min(taken)


def _written(count: int) -> None:
    """Writing a large merge, and what computing the formulas of the ledger takes of it."""
    opened = _empty()
    done = judged(different(count), opened)
    began = time.process_time()
    data = edit.apply(opened.data, register.edits(opened, done, register.Entry(NOW, "合并区县报表", "测", "测", "测"), LAW))
    between = time.process_time()
    gaps = refresh(data, on=NOW.date()).gaps
    print(f"台账入账 {len(done.added)} 行：写 {between - began:.2f} 秒，算全部公式 {time.process_time() - between:.2f} 秒，没有算的 {len(gaps)} 个")


if __name__ == "__main__":
    main()
