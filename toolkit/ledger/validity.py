"""R22: whether the regulation lets something be done on a day. Every act is judged by its own date.

Studios named within the term go on under it. Source: 乌人社规〔2023〕1号 第二十二条
"""

from __future__ import annotations

from datetime import date

from toolkit.ledger.decisions import Decision
from toolkit.regulation import Regulation, covers
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding


def may_begin(on: date, place: Place, law: Regulation) -> Decision:
    """Whether something new may be decided on the day: publicity, naming."""
    if covers(law, on):
        return Decision()
    return Decision((finding("R22.act", place, on, law.clause("R22"), first=law.in_force_from, last=law.in_force_to),))


def may_go_on(on: date, place: Place, law: Regulation) -> Decision:
    """Whether what follows from a naming may be decided on the day: not before there was a regulation."""
    return may_begin(on, place, law) if on < law.in_force_from else Decision()


def for_review(on: date, place: Place, law: Regulation) -> list[Finding]:
    """The note for 法制审核 on what goes on after the term."""
    return [finding("R22.continued", place, on, law.clause("R22"), last=law.in_force_to)] if on > law.in_force_to else []
