"""What is overdue, due, coming, or ready to be done, from what the ledger says. Nothing is done or decided here.

Source: 乌人社规〔2023〕1号 第十二条至第二十条. Where the text gives no term, none is made up: the due has no date, or the
term is a parameter of the bureau with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from toolkit.forms.typed_rows import UnreadableCell
from toolkit.ledger.books import Books
from toolkit.ledger.dues import aftermath, leaving, naming, running, selecting
from toolkit.ledger.dues.charges import PARTIES
from toolkit.ledger.dues.watch import OPEN, OVERDUE, SOON, STATES, TODAY, Due, Obligation, Watch
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import Holidays

__all__ = ["OPEN", "OVERDUE", "PARTIES", "SOON", "STATES", "TODAY", "Due", "find", "summary", "summary_by_who"]


def find(books: Books, law: Regulation, on: date, holidays: Holidays) -> list[Due]:
    """Everything the ledger gives to do on a day, by who must act, then by state: the longest overdue first, what has no term last.

    `law` with the bureau's parameters, `holidays` with its days off. Where a cell cannot be read, nothing is told of its row:
    the cell is a finding of its own (`audit`).
    """
    watch = Watch(books, law, on, holidays)
    found = [due for part in (selecting, naming, running, leaving, aftermath) for row in part.tasks(watch) for task in _readable(row)
             if (due := watch.due(task))]
    order = law.lists["districts"].names
    return sorted(found, key=lambda due: (PARTIES.index(due.who), STATES.index(due.state), due.date or date.max,
                                          order.index(due.district) if due.district in order else len(order), due.studio))


def _readable(tasks: Iterator[Obligation]) -> list[Obligation]:
    try:
        return list(tasks)
    except UnreadableCell:
        return []


def summary(found: Sequence[Due]) -> str:
    """How many of each state, in one sentence."""
    counts = Counter(due.state for due in found)
    return "，".join(f"{state}{counts[state]}项" for state in STATES if counts[state]) + "。" if found else "没有到期的事项。"


def summary_by_who(found: Sequence[Due]) -> str:
    """How many for each who must act, and how many of them are overdue, in one sentence."""
    said = []
    for who in PARTIES:
        own = [due.state for due in found if due.who == who]
        if own:
            said.append(f"{who}{len(own)}项" + (f"（逾期{own.count(OVERDUE)}项）" if OVERDUE in own else ""))
    return "，".join(said) + "。" if said else ""
