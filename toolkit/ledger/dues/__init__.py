"""What is overdue, due, coming, or ready to be done, from what the ledger says. Nothing is done or decided here.

Source: 乌人社规〔2023〕1号 第十二条至第二十条. Where the text gives no term, none is made up: the due has no date, or the
term is a parameter of the bureau with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from toolkit.ledger.dues import aftermath, naming, running
from toolkit.ledger.dues.watch import OPEN, OVERDUE, SOON, STATES, TODAY, Due, Watch
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import Holidays
from toolkit.returns.standing import Standing

__all__ = ["OPEN", "OVERDUE", "SOON", "STATES", "TODAY", "Due", "find", "summary"]


def find(standing: Standing, law: Regulation, on: date, holidays: Holidays) -> list[Due]:
    """Everything the ledger gives to do on a day, the longest overdue first, what has no term last.

    `law` with the bureau's parameters, `holidays` with its days off.
    """
    watch = Watch(standing, law, on, holidays)
    tasks = (task for part in (naming, running, aftermath) for task in part.tasks(watch))
    found = [due for task in tasks if (due := watch.due(task))]
    order = law.lists["districts"].names
    return sorted(found, key=lambda due: (STATES.index(due.state), due.date or date.max,
                                          order.index(due.district) if due.district in order else len(order), due.studio))


def summary(found: Sequence[Due]) -> str:
    """How many of each state, in one sentence."""
    counts = Counter(due.state for due in found)
    return "，".join(f"{state}{counts[state]}项" for state in STATES if counts[state]) + "。" if found else "没有到期的事项。"
