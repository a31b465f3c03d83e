"""个案办理 on an open ledger: what its three buttons do. What would be registered is what the command `act` registers.

Each returns what is said and the edits of the page; only `confirmed` writes registers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from toolkit.errors import UserError
from toolkit.forms.register_rows import row_field
from toolkit.forms.tasks import CASE_MOVE_LABEL
from toolkit.jobs import act
from toolkit.jobs.act import CaseStanding, Handling
from toolkit.jobs.case_answers import CODE, AskedFor, CaseLine, CasePage, band
from toolkit.jobs.issuing import IssuingContext, deciding
from toolkit.jobs.keeping import Keeper
from toolkit.ledger import subjects
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.subjects import Subject
from toolkit.pages import dropdowns
from toolkit.pages.case_page import BAD_LINE, FIELD_LINE, OPEN_LINE, PLAIN_LINE, QUERY_LINE
from toolkit.regulation.procedure import Move
from toolkit.returns.findings import Finding
from toolkit.returns.values import shown
from toolkit.sheets.edit import Edit

_FIELDS, _OPEN, _CLOSED, _WRITES = "要填的内容", "现在能办", "现在不能办", "会写入台账"
_NOBODY = "请在“工作室或申报”从下拉框选一件，或写编号、名称、领办人身份证号，再点一次。"


class CaseOutcome(NamedTuple):
    """What is said, what is written on the page, and whether registers were written."""

    said: str
    edits: Sequence[Edit]
    registered: bool = False


def looked(page: CasePage, kept: Keeper) -> CaseOutcome:
    """看能办什么: the state, the moves, and what the chosen one asks for."""
    issuing = act.opened_ledger(kept, page.on or date.today())
    if not page.subject:
        whom = _whom(issuing.watch)
        said = f"{_NOBODY}下拉框里现在有{len(whom)}件。"
        return CaseOutcome(said, [*page.shows(said, ()), *page.offers(whom, _moves(issuing))])
    with deciding(issuing.law):
        subject = act.meant(issuing, page.subject)
        found, move, refused = act.standing_of(subject), None, ""
        try:
            move = act.made_by_hand(subject, page.move) if page.move else None
        except UserError as error:
            refused = str(error)
    said = f"{_state(subject)}{refused or _next_step(found, move)}"
    lines = [*_fields(page, subject, move, issuing), *_options(found)]
    return CaseOutcome(said, [*page.shows(said, lines), *page.offers(_whom(issuing.watch), _moves(issuing, found))])


def previewed(page: CasePage, kept: Keeper) -> CaseOutcome:
    """预览办理: what would be written, or why it may not."""
    _refuse_unasked(page)
    issuing = act.opened_ledger(kept, page.on or date.today())
    with deciding(issuing.law):
        subject = act.meant(issuing, page.subject)
        move = act.made_by_hand(subject, page.move)
    if move.fills and page.asked != AskedFor(subject.label, move.name):
        said = f"“{move.name}”要填的内容列在下面。请填好白底格，再点一次“预览办理”。"
        return CaseOutcome(said, list(page.shows(said, [*_fields(page, subject, move, issuing), *_options(act.standing_of(subject))])))
    handling = act.handled(issuing, page.subject, page.move, page.given if move.fills else {})
    asked = list(_fields(page, subject, move, issuing))
    if not handling.allowed:
        said = f"不能办“{move.name}”，什么都没有写。请按下面说的改好，再点一次“预览办理”。"
        return CaseOutcome(said, list(page.shows(said, [*asked, band("不能办的原因"), *_reasons(handling, page)])))
    if handling.judged.plan.empty:
        said = f"“{move.name}”没有要写的，台账里已经是这样。"
        return CaseOutcome(said, list(page.shows(said, asked)))
    said = (f"{CODE}{handling.code}　还没有写入台账。{subject.label}：办“{move.name}”以后的状态是“{handling.judged.stage}”。"
            "核对下面的内容，再点“确认办理”；改过的，重新预览。")
    return CaseOutcome(said, list(page.shows(said, [*asked, *_writes(handling), *_reasons(handling, page)])))


def confirmed(page: CasePage, kept: Keeper, now: datetime) -> CaseOutcome:
    """确认办理: what was previewed is written, and nothing else. UserError where anything has changed since."""
    code = page.code
    _refuse_unasked(page)
    with kept.held():
        issuing = act.opened_ledger(kept, page.on or date.today())
        handling = act.handled(issuing, page.subject, page.move, page.given if page.asked.move == page.move else {})
        if not handling.allowed or handling.code != code:
            raise UserError("预览之后，填写的内容或台账有了变化，没有办理。请重新点“预览办理”，核对后再确认。")
        handling.write(now)
    after = handling.judged.after
    assert after is not None
    with deciding(issuing.law):
        found = act.standing_of(after)
        then = f"接下来：{handling.move.then}。" if handling.move.then else _next_step(found, None)
        said = f"已办“{handling.move.name}”，台账已保存，可以用“撤销上一步”退回。{_state(after)}{then}"
        edits = [*page.shows(said, list(_options(found))), *page.offers(_whom(after.watch), _moves(issuing, found)), page.cleared()]
    return CaseOutcome(said, edits, True)


def _refuse_unasked(page: CasePage) -> None:
    if not page.subject:
        raise UserError(_NOBODY)
    if not page.move:
        raise UserError("请在“事项”选要办的事项，再点一次；不知道能办什么的，先点“看能办什么”。")


def _whom(watch: Watch) -> list[str]:
    return list(dict.fromkeys(subject.label for subject in subjects.under_way(watch)))


def _moves(issuing: IssuingContext, found: CaseStanding | None = None) -> list[str]:
    """Every move that people make; those that can be made now first."""
    every = [move.name for move in issuing.law.procedure.moves.values() if move.by_hand]
    now = {option.move.name for option in found.options if option.allowed} if found else set()
    return sorted(every, key=lambda name: name not in now)


def _state(subject: Subject) -> str:
    stage = subject.watch.law.procedure.stages[subject.stage]
    return f"{subject.label}：{stage.name}（{stage.clause}，{stage.meaning}）。"


def _next_step(found: CaseStanding, move: Move | None) -> str:
    if move is not None:
        return "请填好下面的白底格，再点“预览办理”。" if move.fills else "这个事项不用填，请点“预览办理”。"
    able = sum(option.allowed and option.move.by_hand for option in found.options)
    return f"现在能在这里办{able}项，选好“事项”再点一次，就列出要填的内容。" if able else "现在没有要在这里办的事项。"


def _fields(page: CasePage, subject: Subject, move: Move | None, issuing: IssuingContext) -> Iterator[CaseLine]:
    """The cells that the move asks for; what stands in them stays while they are for the same."""
    if move is None or not move.fills:
        return
    asked = AskedFor(subject.label, move.name)
    kept = page.given if page.asked == asked else {}
    yield band(_FIELDS, asked.move, asked.subject)
    for path in move.fills:
        column = row_field(path)[1].column
        needed = "必填" if path in move.required else "可不填"
        yield CaseLine(column.header, shown(kept.get(column.header)), dropdowns.how_to_fill(column).rstrip("。"),
                       f"{needed}　{column.clause}".strip(), FIELD_LINE, dropdowns.list_name(column.choices) if column.choices else "")


def _options(found: CaseStanding) -> Iterator[CaseLine]:
    able = [option for option in found.options if option.allowed]
    if able:
        yield band(_OPEN, CASE_MOVE_LABEL, "怎样办")
    for option in able:
        move = option.move
        yield CaseLine("可以办", move.name, f"{move.who}。{act.how_to_make(move)}", move.clause, OPEN_LINE)
    if len(able) < len(found.options):
        yield band(_CLOSED, CASE_MOVE_LABEL, "差什么")
    for option in found.options:
        if not option.allowed:
            clauses = "、".join(dict.fromkeys(found.clause for found in option.against))
            yield CaseLine("不能办", option.move.name, "".join(found.message for found in option.against), clauses, PLAIN_LINE)


def _writes(handling: Handling) -> Iterator[CaseLine]:
    yield band(_WRITES, "表、格、列", "现在 → 办完")
    changed = {change.sheet for change in handling.judged.plan.changed}
    for each in handling.writes:
        yield CaseLine("更新" if each.sheet in changed else "新增", f"{each.sheet} {each.cell} {each.header}",
                       f"{shown(each.before) or '（空）'} → {shown(each.after) or '（空）'}", handling.move.clause, OPEN_LINE)


def _reasons(handling: Handling, page: CasePage) -> Iterator[CaseLine]:
    """What stands against it or is to be looked at, each with its cell: of what is filled in here, that of the page."""
    for found in (*handling.judged.against, *handling.unread.values()):
        yield CaseLine("不能办", _where(found, page), found.message, found.clause, BAD_LINE)
    for found in handling.judged.notes:
        yield CaseLine(found.level, _where(found, page), found.message, found.clause, QUERY_LINE)


def _where(found: Finding, page: CasePage) -> str:
    header = found.value if found.code == "D-fill" else "" if found.place.cell else found.place.field
    if header in page.fields:
        return f"{page.place(header)} {header}"
    return " ".join(filter(None, (found.place.sheet, found.place.cell, found.place.field)))
