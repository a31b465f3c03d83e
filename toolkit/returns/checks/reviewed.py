"""Rules on 评审表决: the four steps in order, three kinds of experts, every ballot there, recusal, a tally as the ballots give it.

Source: 乌人社规〔2023〕1号 第十一条 (R11)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from toolkit.forms.review import BALLOTS, STEPS, VOTING
from toolkit.regulation import Regulation, fold
from toolkit.regulation.voting import Tally, VotingRules, result, suggested, tally, voting_rules
from toolkit.returns.checks.case import Case
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.records import Record, Return
from toolkit.returns.values import shown

NAME, UNIT, DISTRICT, KIND, ATTENDS, TIE = "评委", "单位", "所在区县", "类别", "出席", "利害关系"
STUDIO, APPLICANT = "工作室名称", "申办单位"


def whole(source: Return, law: Regulation) -> Iterator[Finding]:
    """What concerns all ballots: the shares they count by, and that there are experts at all."""
    table = source.tables.get(source.sheets[0].name)
    place = Place(source.file, table.name if table else "")
    lacking = [label for label, name in VOTING.items() if law.lists[name].find(source.stated.get(label, "")) is None]
    if lacking:
        advice = "、".join(f"{label}“{value}”" for label, value in suggested(law).items() if label in lacking)
        yield finding("R11.rules", place, "、".join(lacking), law.clause("R11"), advice=advice)
    if not experts(source):
        yield finding("R11.experts", Place(source.file, BALLOTS), "", law.clause("R11"))


def experts(source: Return) -> Sequence[Record]:
    """The committee as 评委表决 lists it."""
    return [record for record in source.records(BALLOTS) if record[NAME]]


def rules_of(source: Return, law: Regulation) -> VotingRules | None:
    """How its ballots count; None while the bureau has not set it."""
    return voting_rules(law, [source.stated.get(label) for label in VOTING])


def tally_of(case: Case) -> Tally:
    """The ballots on an application, counted one by one."""
    return tally((expert[case[STUDIO]] for expert in experts(case.source)), case.law)


def outcome_of(case: Case) -> str | None:
    """What the ballots come to; None where they cannot be counted."""
    counted, by = tally_of(case), rules_of(case.source, case.law)
    return None if by is None else result(counted.due(by), counted.present, counted.ayes, by, case.law)


def voters(case: Case, flag: str) -> list[Record]:
    """The experts whose ballot carries a flag of the list of ballots: cast, aye, no, recused."""
    wanted = case.law.lists["ballots"].where(flag)
    return [expert for expert in experts(case.source) if expert[case[STUDIO]] in wanted]


def minority(expert: Record, cases: Sequence[Case]) -> int:
    """How often an expert voted against the greater number. Shown to the bureau; it counts for nothing."""
    ballots, against = cases[0].law.lists["ballots"] if cases else None, 0
    for case in cases:
        counted, own = tally_of(case), expert[case[STUDIO]]
        if ballots and own is not None:
            against += own in ballots.where("aye" if counted.ayes < counted.noes else "no" if counted.ayes > counted.noes else "")
    return against


# ---- 一件申报 ----

def rules(law: Regulation) -> tuple:
    """The rules on one application."""
    return steps_in_order, not_in_future, ballots_complete, kinds_present, recusals, tally_as_shown, ties


def steps_in_order(case: Case) -> Iterator[Finding]:
    """R11: 审阅材料, 现场考察, 集中评议, 实名表决; several may be on one day."""
    known = [(header, case[header]) for header in STEPS if case[header]]
    for (before, earlier), (header, day) in pairwise(known):
        if day < earlier:
            yield case.finding("R11.order", header, before=before, earlier=earlier)


def not_in_future(case: Case) -> Iterator[Finding]:
    """A review is returned when it is over."""
    filled = case.source.filled_on
    for header in STEPS:
        if filled and case[header] and case[header] > filled:
            yield case.finding("F-future", header, filled=filled)


def ballots_complete(case: Case) -> Iterator[Finding]:
    """R11: whoever attends votes on every application or stands aside; whoever is absent does not vote."""
    table = case.source.tables.get(BALLOTS)
    if table is None or case[STUDIO] not in table.layout.columns:
        yield case.finding("R11.column", STUDIO)
        return
    cast = case.law.lists["ballots"].where("cast")
    for expert in experts(case.source):
        ballot, header = expert[case[STUDIO]], case[STUDIO]
        if ballot is None and expert[ATTENDS] == "是" and header not in expert.problems:
            yield case.at(expert, "R11.missing", header, value=expert[NAME], studio=header)
        elif ballot in cast and expert[ATTENDS] == "否":
            yield case.at(expert, "R11.absent", header, value=expert[NAME], ballot=ballot)


def kinds_present(case: Case) -> Iterator[Finding]:
    """R11: 院校, 行业, 企业 each take part in the vote."""
    there = {expert[KIND] for expert in voters(case, "cast")}
    lacking = [kind for kind in case.law.lists["expert_kinds"].names if kind not in there]
    if lacking and experts(case.source):
        yield case.finding("R11.kinds", STUDIO, value="、".join(lacking))


def recusals(case: Case) -> Iterator[Finding]:
    """R11: an expert of the same unit, of the same district, or with a declared tie is asked to stand aside."""
    for expert in voters(case, "cast"):
        if why := _tie(expert, case):
            yield case.at(expert, "R11.recuse", case[STUDIO], value=expert[NAME], why=why, ballot=expert[case[STUDIO]])


def _tie(expert: Record, case: Case) -> str:
    unit, declared = fold(expert[UNIT] or ""), fold(expert[TIE] or "")
    if unit and unit == fold(case[APPLICANT] or ""):
        return f"单位就是申办单位“{case[APPLICANT]}”"
    named = next((case[header] for header in (STUDIO, "领办人", APPLICANT) if case[header] and fold(case[header]) in declared), "")
    if named:
        return f"申报了与“{named}”有利害关系"
    return f"代表的“{expert[DISTRICT]}”就是推荐的区（县）" if expert[DISTRICT] and expert[DISTRICT] == case["区县"] else ""


def tally_as_shown(case: Case) -> Iterator[Finding]:
    """The tally that the sheet shows is what the ballots give; a cell without a value is no contradiction."""
    counted, by = tally_of(case), rules_of(case.source, case.law)
    wanted: dict[str, object] = {"回避人数": counted.recused, "实到评委": counted.present, "同意票": counted.ayes, "不同意票": counted.noes,
              "弃权票": counted.abstentions}
    if by is not None:
        wanted |= {"应到评委": counted.due(by), "表决结果": outcome_of(case)}
    for header, value in wanted.items():
        if case[header] is not None and case[header] != value:
            yield case.finding("R11.tally", header, wanted=value)


def ties(case: Case) -> Iterator[Finding]:
    """R11: as many for as against decides nothing by itself."""
    counted = tally_of(case)
    if counted.tied:
        yield case.finding("R11.tie", "表决结果", value=counted.ayes, outcome=outcome_of(case) or "没有结果")


def among(cases: Sequence[Case]) -> Iterator[Finding]:
    """One application in two workbooks."""
    groups: dict[tuple, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.source.year, case[STUDIO], case[APPLICANT]].append(case)
    for (_, name, _unit), group in groups.items():
        files = sorted({case.source.file for case in group})
        if name and len(files) > 1:
            for case in group:
                yield case.finding("R11.twice", STUDIO, other="、".join(file for file in files if file != case.source.file))


def completed(case: Case) -> dict[str, object]:
    """What the ledger keeps: the tally counted anew, who voted how, by which shares."""
    counted, by = tally_of(case), rules_of(case.source, case.law)
    found: dict[str, object] = {
        "实到评委": counted.present, "同意票": counted.ayes, "不同意票": counted.noes, "弃权票": counted.abstentions,
        "回避人数": counted.recused, "表决结果": outcome_of(case)}
    if by is not None:
        found |= {"应到评委": counted.due(by), **dict(zip(VOTING, by.names, strict=True))}
    cast = voters(case, "cast")
    for kind in case.law.lists["expert_kinds"].names:
        found[f"{kind}专家"] = sum(expert[KIND] == kind for expert in cast)
    for ballot in case.law.lists["ballots"].names:
        names = [shown(expert[NAME]) for expert in experts(case.source) if expert[case[STUDIO]] == ballot]
        found[f"{ballot}评委"] = "、".join(names) or None
    return found
