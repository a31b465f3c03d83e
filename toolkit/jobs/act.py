"""One application or studio: its state, what may be done in it by which clause, what is missing; and doing it, with log and undo."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from toolkit.errors import UserError
from toolkit.forms.register_rows import row_field
from toolkit.jobs.issuing import IssuingContext, deciding, open_issuing
from toolkit.jobs.keeping import Keeper, keeper
from toolkit.jobs.report import Report
from toolkit.ledger import moves, subjects
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.moves import Option
from toolkit.ledger.subjects import Subject
from toolkit.pages import register
from toolkit.regulation.procedure import Move
from toolkit.returns.rows import reader_for


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
                how = "，".join(path.partition(".")[2] + ("*" if path in move.required else "") for path in move.fills)
                how = f"要填：{how}" if how else "不用填"
                yield f"可以办　{move.name}（{move.clause}，{move.who}）　{how if move.by_hand else f'由“{move.by}”办'}"
            else:
                yield f"不能办　{move.name}：{'；'.join(f'{each.message}（{each.clause}）' for each in option.against)}"

    def as_json(self) -> dict:
        """The object `--json` prints."""
        return {"subject": self.label, "stage": self.stage, "moves": [
            {"name": each.move.name, "clause": each.move.clause, "who": each.move.who, "by": each.move.by, "allowed": each.allowed,
             "fills": [path.partition(".")[2] for path in each.move.fills],
             "required": [path.partition(".")[2] for path in each.move.fills if path in each.move.required],
             "against": [found.message for found in each.against]} for each in self.options]}


def standing(place: Path | Keeper, called: str, on: date) -> CaseStanding:
    """The state on a day and its moves; nothing is written. UserError where nothing, or more than one, is called so."""
    issuing = ledger_on(place, on)
    with deciding(issuing.law):
        subject = subject_called(issuing, called)
        return CaseStanding(subject.label, subject.stage, moves.options(subject))


def act(place: Path | Keeper, called: str, name: str, given: Mapping[str, str], on: date, now: datetime, dry_run: bool = False) -> Report:
    """Make a move and register it. given: column → what was typed. Findings of level 错误 tell why not; then nothing was written."""
    kept = keeper(place)
    with kept.held():
        issuing = ledger_on(kept, on)
        with deciding(issuing.law):
            subject = subject_called(issuing, called)
            move = _move(subject, name)
            judged = moves.judge(move, subject, _answers(move, given, issuing))
        report = Report(findings=[*judged.against, *judged.notes], plan=judged.plan)
        if not judged.against and not dry_run and not judged.plan.empty:
            entry = register.Entry(now, f"办理：{move.name}", getpass.getuser(), subject.name, f"{subject.stage}→{judged.stage}，业务日期{on}")
            kept.write(issuing.ledger, register.edits(issuing.ledger, judged.plan, entry, issuing.law), now)
            report.outputs.append(kept.path)
    return report


def ledger_on(place: Path | Keeper, on: date) -> IssuingContext:
    kept = keeper(place)
    if not kept.exists:
        raise UserError(f"找不到台账“{kept.path}”。请核对文件位置，或先合并区县报表。")
    return open_issuing(kept, on, None, None)


def subject_called(issuing: IssuingContext, called: str) -> Subject:
    """The one that is meant. UserError where nothing, or more than one, is called so."""
    found = subjects.called(Watch(issuing.books, issuing.law, issuing.on, issuing.holidays), called)
    if not found:
        raise UserError(f"台账“{issuing.name}”里没有“{called}”。请写工作室编号或名称；还没有命名的，写申报的工作室名称或领办人身份证号。")
    if len(found) > 1:
        every = "、".join(each.label for each in found)
        raise UserError(f"“{called}”有{len(found)}件：{every}。请写名称加区县，如“{found[0].name}（{found[0].district}）”，或领办人身份证号。")
    return found[0]


def _move(subject: Subject, name: str) -> Move:
    """UserError where there is no such move, or something else does it."""
    there = {move.name: move for move in subject.watch.law.procedure.of(subject.kind)}
    if name not in there:
        by_hand = "、".join(each for each, move in there.items() if move.by_hand)
        raise UserError(f"{subject.kind}没有“{name}”这个事项。可以写的有：{by_hand}。")
    if not there[name].by_hand:
        raise UserError(f"“{name}”不在这里办理，由“{there[name].by}”登记。台账没有动。")
    return there[name]


def _answers(move: Move, given: Mapping[str, str], issuing: IssuingContext) -> dict[str, Any]:
    """表.列 → value. UserError names a column the move does not ask for, or a value that cannot be read."""
    paths = {path.partition(".")[2]: path for path in move.fills}
    answers: dict[str, Any] = {}
    for header, typed in given.items():
        if header not in paths:
            wanted = f"要填的有：{'、'.join(paths)}" if paths else "它不用填"
            raise UserError(f"“{move.name}”没有“{header}”这一项，{wanted}。台账没有动。")
        read = reader_for(row_field(paths[header])[1].column, issuing.law)(typed)
        if read.problem:
            raise UserError(f"“{header}”填的“{typed}”不对：{read.problem}。请改正后再办，台账没有动。")
        answers[paths[header]] = read.value
    return answers
