"""实名表决: what ballots come to by the shares the bureau set for the year, in Python and as live formulas.

The text gives no quorum and no majority, so none is assumed: without all four choices there are no `VotingRules` and no result.
Shares are compared as whole numbers, so that two thirds of nine is exactly six.
Source: 乌人社规〔2023〕1号 第十一条 (R11)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.regulation import Choices, ListItem, Regulation

CHOICES = ("attendance_shares", "passing_shares", "vote_bases", "recusal_counts")
"""The lists from which the bureau chooses each year, in the order of `VotingRules`."""
INQUORATE = "未达出席比例"


@dataclass(frozen=True)
class VotingRules:
    """How the ballots of a year count."""

    attendance: ListItem
    passing: ListItem
    base: ListItem
    recusal: ListItem

    @property
    def names(self) -> tuple[str, str, str, str]:
        """As they are chosen, in the order of `CHOICES`."""
        return self.attendance.name, self.passing.name, self.base.name, self.recusal.name


def voting_rules(law: Regulation, chosen: Iterable[str | None]) -> VotingRules | None:
    """The rules chosen, in the order of `CHOICES`; None while one of them is open."""
    found = [law.lists[name].find(text) if text else None for name, text in zip(CHOICES, chosen, strict=True)]
    attendance, passing, base, recusal = found
    if attendance is None or passing is None or base is None or recusal is None:
        return None
    return VotingRules(attendance, passing, base, recusal)


def suggested(law: Regulation) -> Mapping[str, str]:
    """Label → the value that is suggested and never filled in."""
    return {law.lists[name].label: next(iter(law.lists[name].where("suggested"))) for name in CHOICES}


@dataclass(frozen=True)
class Tally:
    """The ballots on one studio. experts: of the committee, those who are absent or recused included."""

    experts: int
    recused: int
    ayes: int
    noes: int
    abstentions: int

    @property
    def present(self) -> int:
        """Those who voted; whoever is recused does not take part."""
        return self.ayes + self.noes + self.abstentions

    @property
    def tied(self) -> bool:
        return self.ayes == self.noes and self.present > 0

    def due(self, rules: VotingRules) -> int:
        """How many were to vote."""
        return self.experts - self.recused if rules.recusal["excluded"] else self.experts


def tally(ballots: Iterable[str | None], law: Regulation) -> Tally:
    """Ballots (None: absent) counted."""
    cast, kinds = list(ballots), law.lists["ballots"]
    ayes, noes, recused = (sum(ballot in kinds.where(flag) for ballot in cast) for flag in ("aye", "no", "recused"))
    return Tally(len(cast), recused, ayes, noes, sum(ballot in kinds.where("cast") for ballot in cast) - ayes - noes)


def result(due: int, present: int, ayes: int, rules: VotingRules, law: Regulation) -> str:
    """通过, 不通过 or 未达出席比例."""
    passes, fails = (_word(law.lists["review_results"], flag) for flag in ("passes", "fails"))
    if not due or not _reaches(present, due, rules.attendance):
        return INQUORATE
    return passes if _reaches(ayes, due if rules.base["of_due"] else present, rules.passing) else fails


def _reaches(part: int, whole: int, share: ListItem) -> bool:
    left, right = part * share["denominator"], whole * share["numerator"]
    return left > right if share["strict"] else left >= right


def _word(choices: Choices, flag: str) -> str:
    return next(iter(choices.where(flag)))


# ---- 同样的算法写成公式 ----

def formulas(law: Regulation) -> Mapping[str, str]:
    """Templates over {应到评委}, {实到评委}, {同意票} of a row and the facts {@出席比例}, {@通过比例}, {@计票基数}, {@回避评委}:
    `due_less` what recused experts {回避人数} take off; `result` as `result` gives it, "" while a fact is open."""
    results, bases, recusal = (law.lists[name] for name in ("review_results", "vote_bases", "recusal_counts"))
    base = f'IF({{@{bases.label}}}="{_word(bases, "of_due")}",{{应到评委}},{{实到评委}})'
    attends = _chosen(law.lists["attendance_shares"], "{实到评委}", "{应到评委}")
    passes = _chosen(law.lists["passing_shares"], "{同意票}", base)
    opened = ",".join(f'{{@{law.lists[name].label}}}=""' for name in CHOICES)
    return {
        "due_less": f'IF({{@{recusal.label}}}="{_word(recusal, "excluded")}",N({{回避人数}}),0)',
        "vote_result": f'IF(OR(N({{实到评委}})=0,{opened}),"",IF(NOT({attends}),"{INQUORATE}",'
                       f'IF({passes},"{_word(results, "passes")}","{_word(results, "fails")}")))',
    }


def _chosen(shares: Choices, part: str, whole: str) -> str:
    """Whether `part` reaches the chosen share of `whole`."""
    expression = "FALSE"
    for share in reversed(shares.items):
        sign = ">" if share["strict"] else ">="
        reached = f"{part}*{share['denominator']}{sign}{whole}*{share['numerator']}"
        expression = f'IF({{@{shares.label}}}="{share.name}",{reached},{expression})'
    return expression
