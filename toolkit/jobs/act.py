"""One application or studio: its state, what may be done in it by which clause, what is missing; and doing it, with log and undo."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from toolkit.errors import UserError
from toolkit.forms.register_rows import row_field
from toolkit.jobs.issuing import IssuingContext, deciding, open_issuing
from toolkit.jobs.keeping import Keeper, grown, keeper
from toolkit.jobs.report import Report
from toolkit.ledger import moves, subjects
from toolkit.ledger.moves import Judgement, Option
from toolkit.ledger.plan import Plan
from toolkit.ledger.subjects import Subject
from toolkit.pages import register
from toolkit.pages.register import PlannedValue
from toolkit.regulation.procedure import Move
from toolkit.returns.findings import Finding, Place
from toolkit.returns.rows import cell_problem, reader_for
from toolkit.sheets.grid import Value


@dataclass(frozen=True)
class CaseStanding:
    """Where an application or a studio is, and every move there is for it."""

    label: str
    stage: str
    options: Sequence[Option]

    def lines(self) -> Iterator[str]:
        """As a terminal shows it: the state, what may be done now and what is to be filled in (* must be), why the rest may not."""
        yield f"{self.label}：{self.stage}"
        for option in self.options:
            move = option.move
            if option.allowed:
                yield f"可以办　{move.name}（{move.clause}，{move.who}）　{how_to_make(move)}"
            else:
                yield f"不能办　{move.name}：{why_not(option)}"

    def as_json(self) -> dict:
        """The object `--json` prints."""
        return {"subject": self.label, "stage": self.stage, "moves": [
            {"name": each.move.name, "clause": each.move.clause, "who": each.move.who, "by": each.move.by, "allowed": each.allowed,
             "fills": [path.partition(".")[2] for path in each.move.fills],
             "required": [path.partition(".")[2] for path in each.move.fills if path in each.move.required],
             "against": [found.message for found in each.against]} for each in self.options]}


def how_to_make(move: Move) -> str:
    """What is to be filled in (* must be), or what else makes the move."""
    how = "，".join(path.partition(".")[2] + ("*" if path in move.required else "") for path in move.fills)
    if not move.by_hand:
        return f"由“{move.by}”办"
    return f"要填：{how}" if how else "不用填"


def why_not(option: Option) -> str:
    """What stands against a move, each with its clause."""
    return "；".join(f"{each.message}（{each.clause}）" for each in option.against)


@dataclass(frozen=True)
class Handling:
    """A move that was filled in, judged and not written yet. unread: the columns whose values cannot be read."""

    issuing: IssuingContext
    subject: Subject
    move: Move
    answers: Mapping[str, Any]
    judged: Judgement
    unread: Mapping[str, Finding] = field(default_factory=dict)

    @property
    def findings(self) -> list[Finding]:
        return [*self.judged.against, *self.unread.values(), *self.judged.notes]

    @property
    def allowed(self) -> bool:
        return not self.judged.against and not self.unread

    @cached_property
    def writes(self) -> list[PlannedValue]:
        """Every cell that it writes."""
        return list(register.planned_values(self.issuing.ledger, self.judged.plan, self.issuing.law))

    @property
    def code(self) -> str:
        """Sixteen hexadecimal digits that change with whom and what it is about, the day, the answers and any cell it would write."""
        parts = (self.subject.label, self.subject.stage, self.move.name, self.issuing.on, sorted(self.answers.items()), self.writes,
                 self.judged.stage, self.findings)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16].upper()

    def write(self, now: datetime) -> None:
        """Register it, with log and undo."""
        entry = register.Entry(now, f"办理：{self.move.name}", getpass.getuser(), self.subject.name,
                               f"{self.subject.stage}→{self.judged.stage}，业务日期{self.issuing.on}")
        self.issuing.keeper.write(self.issuing.ledger, register.edits(self.issuing.ledger, self.judged.plan, entry, self.issuing.law), now)


def standing(place: Path | Keeper, called: str, on: date) -> CaseStanding:
    """The state on a day and its moves; nothing is written. UserError where nothing, or more than one, is called so."""
    issuing = opened_ledger(place, on)
    with deciding(issuing.law):
        return standing_of(meant(issuing, called))


def standing_of(subject: Subject) -> CaseStanding:
    """Raises UnreadableCell where a cell that decides cannot be read."""
    return CaseStanding(subject.label, subject.stage, moves.options(subject))


def act(place: Path | Keeper, called: str, name: str, given: Mapping[str, str], on: date, now: datetime, dry_run: bool = False) -> Report:
    """Make a move and register it. given: column → what was typed. Findings of level 错误 tell why not; then nothing was written."""
    kept = keeper(place)
    with kept.held():
        handling = handled(opened_ledger(kept, on), called, name, given)
        for header, found in handling.unread.items():
            raise UserError(f"“{header}”填的“{found.value}”不对：{found.message}台账没有动。")
        report = Report(findings=handling.findings, plan=handling.judged.plan if handling.allowed else Plan())
        if handling.allowed and not dry_run and not handling.judged.plan.empty:
            handling.write(now)
            report.outputs.append(kept.path)
            report.findings += grown(handling.issuing.ledger)
    return report


def handled(issuing: IssuingContext, called: str, name: str, given: Mapping[str, Value]) -> Handling:
    """The move judged as it was filled in; nothing is written. given: column → what was typed. UserError where it cannot be told who or
    what is meant."""
    with deciding(issuing.law):
        subject = meant(issuing, called)
        move = made_by_hand(subject, name)
        answers, unread = _answers(move, given, issuing)
        if unread:
            return Handling(issuing, subject, move, answers, Judgement(against=moves.option(move, subject).against), unread)
        return Handling(issuing, subject, move, answers, moves.judge(move, subject, answers))


def opened_ledger(place: Path | Keeper, on: date) -> IssuingContext:
    """The ledger as it is seen from a day. UserError where there is none."""
    kept = keeper(place)
    if not kept.exists:
        raise UserError(f"找不到台账“{kept.path}”。请核对文件位置，或先合并区县报表。")
    return open_issuing(kept, on, None, None)


def meant(issuing: IssuingContext, called: str) -> Subject:
    """The one that is called so. UserError where there is none, or more than one."""
    found = subjects.called(issuing.watch, called)
    if not found:
        raise UserError(f"台账“{issuing.name}”里没有“{called}”。请写工作室编号或名称；还没有命名的，写申报的工作室名称或领办人身份证号。")
    if len(found) > 1:
        every = "、".join(each.label for each in found)
        raise UserError(f"“{called}”有{len(found)}件：{every}。请写名称加区县，如“{found[0].name}（{found[0].district}）”，或领办人身份证号。")
    return found[0]


def made_by_hand(subject: Subject, name: str) -> Move:
    """UserError where there is no such move, or something else does it."""
    there = {move.name: move for move in subject.watch.law.procedure.of(subject.kind)}
    if name not in there:
        by_hand = "、".join(each for each, move in there.items() if move.by_hand)
        raise UserError(f"{subject.kind}没有“{name}”这个事项。可以写的有：{by_hand}。")
    if not there[name].by_hand:
        raise UserError(f"“{name}”不在这里办理，由“{there[name].by}”登记。台账没有动。")
    return there[name]


def _answers(move: Move, given: Mapping[str, Value], issuing: IssuingContext) -> tuple[dict[str, Any], dict[str, Finding]]:
    """表.列 → value, and column → why its value cannot be read. UserError names a column the move does not ask for."""
    paths = {path.partition(".")[2]: path for path in move.fills}
    answers: dict[str, Any] = {}
    unread: dict[str, Finding] = {}
    for header, typed in given.items():
        if header not in paths:
            wanted = f"要填的有：{'、'.join(paths)}" if paths else "它不用填"
            raise UserError(f"“{move.name}”没有“{header}”这一项，{wanted}。台账没有动。")
        column = row_field(paths[header])[1].column
        read = reader_for(column, issuing.law)(typed)
        if read.problem:
            unread[header] = cell_problem(Place(issuing.name, field=header), column, read, typed, issuing.law)
        else:
            answers[paths[header]] = read.value
    return answers, unread
