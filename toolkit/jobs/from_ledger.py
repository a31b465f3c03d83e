"""`new … --ledger`: standard workbooks filled in with what the ledger knows: the year's applications to be reviewed, a district's studios.

Source: 乌人社规〔2023〕1号 第十一条、第十七条、第十九条
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from toolkit import forms
from toolkit.errors import UserError
from toolkit.forms.model import SERIAL, Form
from toolkit.forms.register_rows import ApplicationRow, ArrangementRow, GoalRow, YearlyRow
from toolkit.forms.review import VOTING
from toolkit.forms.vote_rows import VoteRow
from toolkit.jobs.assess import assess
from toolkit.jobs.bureau import asked_district, of_ledger
from toolkit.jobs.issuing import deciding
from toolkit.jobs.keeping import Keeper
from toolkit.jobs.outputs import Outputs
from toolkit.ledger import decisions
from toolkit.ledger.arrangements import voting_of, voting_unset
from toolkit.ledger.books import Books
from toolkit.ledger.studios import Studio, studios
from toolkit.ledger.yearly_duties import is_evaluated_in, is_under_goals_in
from toolkit.pages import templates
from toolkit.pages.layout import FIRST_ROW, Edition
from toolkit.regulation import Regulation
from toolkit.regulation.honours import priority
from toolkit.returns.findings import Place
from toolkit.sheets.grid import CellRef
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.recalculate import Filler

FilledRow = Mapping[str, CellValue]
"""Header, or the name of a fact → value."""


def from_ledger(form_name: str, ledger: Path | Keeper, on: date, out: Path, district: str | None = None, year: int | None = None) -> list[Path]:
    """Write the workbooks of a form that are made from the ledger; a district's form for each district that has something in it.

    year: that of `on` when None. UserError where there is nothing to fill in, and when a file of that name is there already.
    """
    form = forms.find(form_name)
    if form is forms.ASSESSMENT:
        return assess(form_name, ledger, on, out, district)
    law, books = of_ledger(ledger, on)
    made: dict[str, tuple[Edition, Sequence[FilledRow], FilledRow]] = {}
    with deciding(law):
        if form is forms.REVIEW:
            made[""] = _review(books, law, year or on.year, district)
        elif form in (forms.GOALS, forms.EVALUATION):
            made = _of_districts(form, books, law, year or on.year, district)
        else:
            raise UserError(f"“{form.name}”不按台账预填。请去掉台账，直接新建。")
    return _written(form, made, out, on)


def _written(form: Form, made: Mapping[str, tuple[Edition, Sequence[FilledRow], FilledRow]], out: Path, on: date) -> list[Path]:
    targets = {name: out / form.working_name.format(district=name, name=form.name, year=edition.year) for name, (edition, _, _) in made.items()}
    for target in targets.values():
        if target.exists():
            raise UserError(f"“{target}”已经存在，没有覆盖。请先移走或改名，或者换一个文件夹。")
    with Outputs(out) as outputs:
        for name, (edition, rows, facts) in made.items():
            outputs.add(targets[name].name, workbook(form, edition, rows, facts, on), keep=True)
        return outputs.release()


def workbook(form: Form, edition: Edition, rows: Sequence[FilledRow], facts: FilledRow, on: date) -> bytes:
    """The form's workbook with these rows in its first sheet and these facts above it."""
    main = form.sheets[0]
    drawn = templates.draw(form, edition, has_macros=True, names=[str(row[VoteRow.studio.header]) for row in rows])
    filler = Filler(drawn, form.name, on)
    values: dict[CellRef, CellValue] = {filler.spots[name]: value for name, value in facts.items()}
    values |= {CellRef(main.name, FIRST_ROW + number, main.headers.index(header)): value
               for number, row in enumerate(rows) for header, value in row.items() if value is not None}
    return filler.fill(values).data


# ---- 评审表决 ----

def _review(books: Books, law: Regulation, year: int, district: str | None) -> tuple[Edition, Sequence[FilledRow], FilledRow]:
    """R11: a row and a column of ballots for every application that was taken in and not reviewed to an end."""
    if district:
        raise UserError(f"“{forms.REVIEW.name}”全市只有一份，不分区（县）。请去掉“{district}”再试。")
    rules = voting_of(books, law, year)
    if rules is None:
        unset = voting_unset(books, law, year, Place(books.standing.file, ArrangementRow.sheet.name))
        raise UserError(f"{unset.place}：{unset.message}")
    selected = decisions.select(books.applications, lambda row: row.year == year, lambda row: decisions.may_be_reviewed(row, law),
                                (ApplicationRow.leader_id, ApplicationRow.studio), law)
    if selected.stopping:
        raise UserError("\n".join(f"{found.place}：{found.message}" for found in selected.stopping))
    if not selected.chosen:
        why = "".join(found.message for found in selected.left_out[:3]) or "请先合并区县推荐汇总表。"
        raise UserError(f"{year}年度没有可以评审的申报。{why}")
    _told_apart(selected.chosen)
    rows = [{SERIAL: number} | VoteRow.by_header(
        district=row.district, studio=row.studio, leader=row.leader, unit=row.unit, occupation=row.occupation, honours=_honours(row, law))
        for number, row in enumerate(selected.chosen, 1)]
    facts = {fact.name: value for fact in forms.REVIEW.sheets[0].facts
             for label, value in zip(VOTING, rules.names, strict=True) if fact.label == label}
    return Edition(law, "", year, from_ledger=True), rows, facts | {"fact_unit": law.issuer}


def _honours(row: ApplicationRow, law: Regulation) -> str | None:
    """R07-1d: the honours, with what they are found to be."""
    found = priority(row.honours, row.front_line, law, row.recognised)
    return f"{row.honours}（{found}）" if found else row.honours


def _told_apart(rows: Sequence[ApplicationRow]) -> None:
    """Ballots are cast on a name: two applications of one name could not be told apart."""
    seen: dict[object, ApplicationRow] = {}
    for row in rows:
        first = seen.setdefault(row.studio, row)
        if first is not row:
            raise UserError(f"“{row.studio}”有两件同名的申报（{first.unit}、{row.unit}），票分不开。"
                            "请先在台账“申报批次”表裁定，或在工作室名称后注明单位。")


# ---- 目标任务书、年度绩效评估表 ----

def _of_districts(form: Form, books: Books, law: Regulation, year: int,
                  district: str | None) -> dict[str, tuple[Edition, Sequence[FilledRow], FilledRow]]:
    """R17, R19-1: a workbook for each district, a row for each of its studios that owes it."""
    owes: Callable[[Studio], bool] = (lambda studio: is_under_goals_in(studio, year)) if form is forms.GOALS \
        else (lambda studio: is_evaluated_in(studio, year, law))
    kind = GoalRow if form is forms.GOALS else YearlyRow
    due = [studio for studio in studios(books, law) if owes(studio)]
    asked = asked_district(district, law)
    found: dict[str, tuple[Edition, Sequence[FilledRow], FilledRow]] = {}
    for name in law.lists["districts"].names:
        own = [studio for studio in due if studio.district == name]
        if own and asked in ("", name):
            rows = [{SERIAL: number} | kind.by_header(
                district=name, number=studio.number or None, studio=studio.name, leader=studio.leader, unit=studio.unit)
                for number, studio in enumerate(own, 1)]
            found[name] = Edition(law, name, year, from_ledger=True), rows, {}
    if not found:
        where = f"{asked}" if asked else "台账里"
        raise UserError(f"{where}{year}年没有要填“{form.name}”的工作室。请核对年度，以及台账“工作室”表的状态、建设周期。")
    return found
