"""What a merge leaves behind for people: findings about districts, the results workbook, a receipt per district."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import forms
from toolkit.errors import UserError
from toolkit.forms.register_rows import ApplicationRow, ReturnedRow
from toolkit.jobs import crash_log
from toolkit.jobs.issuing import deciding
from toolkit.jobs.keeping import Keeper, witness
from toolkit.jobs.outputs import Outputs
from toolkit.jobs.report import NIL, READ, REFUSED, REPORTED, UNREPORTED, FileStatus, Report
from toolkit.ledger import oplog
from toolkit.ledger.arrangements import days_off, mend_term
from toolkit.ledger.books import Books
from toolkit.ledger.disputes import Conflict
from toolkit.ledger.plan import Plan
from toolkit.ledger.studios import Studio, studios
from toolkit.ledger.versions import Choice, compare
from toolkit.ledger.yearly_duties import is_evaluated_in, is_under_goals_in
from toolkit.pages import register
from toolkit.returns import checks
from toolkit.returns.findings import ERROR, Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.records import Return
from toolkit.sheets.grid import Value

if TYPE_CHECKING:
    from toolkit.jobs.merge import Merge, MergeOrder
    from toolkit.pages.result_tables import ResultTable


def districts(done: Merge) -> dict[str, str]:
    """Every district that has something to return: 已报 | 无推荐 | 拒收 | 未报."""
    result = dict.fromkeys(_expected(done), UNREPORTED)
    for source in done.intake.returns:
        if source.district in result and result[source.district] == UNREPORTED and done.checked.refusal(source):
            result[source.district] = REFUSED
    for choice in done.choices:
        source = choice.chosen
        if source.district in result and not done.checked.refusal(source):
            result[source.district] = NIL if source.nil else REPORTED
    return result


def _expected(done: Merge) -> Sequence[str]:
    """Districts that owe this return, and those that sent one: of what is about studios only where there are such."""
    form, names = forms.find(done.order.form), done.law.lists["districts"].names
    if not form.of_district:
        return ()
    books, year = Books(done.ledger.standing), done.order.year
    if form is forms.RECOMMENDATION or not (books.studios or books.publicity):
        return names
    owing: dict[str, Callable[[Studio], bool]] = {
        forms.SUMMARY.id: lambda studio: studio.ends is not None and studio.ends.year == year,
        forms.GOALS.id: lambda studio: is_under_goals_in(studio, year),
        forms.EVALUATION.id: lambda studio: is_evaluated_in(studio, year, done.law)}
    with deciding(done.law):
        due = {studio.district for studio in studios(books, done.law) if owing[form.id](studio)}
    due |= {source.district for source in done.intake.returns}
    return [name for name in names if name in due]


def findings(done: Merge) -> list[Finding]:
    """What concerns the merge rather than one return: districts missing, versions, rows gone, conflicts."""
    folder, clause = Place(done.order.folder.name), done.law.clause("R10")
    found = [finding("M-district-missing", folder, name, clause)
             for name, status in districts(done).items() if status == UNREPORTED]
    for choice in done.choices:
        place, source = Place(choice.chosen.file), choice.chosen
        if choice.superseded:
            count = 1 + len(choice.superseded) + len(choice.rivals)
            found.append(finding("M-resubmitted", place, source.district, count=count, chosen=source.file))
        if choice.rivals:
            found.append(finding("M-resubmitted-same-day", place, source.district, count=1 + len(choice.rivals)))
    return found + of_plan(done.plan, done.ledger, done.order.ledger)


def of_plan(plan: Plan, ledger: register.Ledger, kept: Keeper) -> list[Finding]:
    """What a plan leaves to people: older returns, rows gone, conflicts; and what is wrong with 操作日志."""
    file = kept.path.name
    found = [finding("M-older", Place(source.file), source.filled_on) for source in plan.older]
    found += [finding("M-withdrawn", Place(file, row.sheet), row.label) for row in plan.withdrawn]
    found += [finding("M-missing-row", Place(file, record.table.name), record[ApplicationRow.studio.header] or "") for record in plan.missing]
    if kept.exists:
        found += log_findings(kept.path, register.log_rows(ledger))
    return found + [_conflict(conflict, file) for conflict in plan.conflicts]


def _conflict(conflict: Conflict, file: str) -> Finding:
    code, place = ("M-conflict-day" if conflict.of_one_day else "M-conflict"), Place(file, conflict.sheet, "", conflict.header)
    return finding(code, place, conflict.recorded, wanted=conflict.incoming, row=conflict.label, file=conflict.source)


def log_findings(ledger: Path, rows: Sequence[Sequence[Value]]) -> list[Finding]:
    """Where 操作日志 was changed or cut: by its own chain, and by the codes that 归档 keeps."""
    attested, place = oplog.of_ledger(ledger.name, rows, witness(ledger)), Place(ledger.name, register.LOG)
    lost = [f"{line.time}“{line.operation}”" for line in oplog.missing(rows, attested)]
    return [*(finding("M-log", place, position + 1) for position in oplog.verify(rows, attested)),
            *([finding("M-log-tail", place, "、".join(lost[:5]))] if lost else ())]


def summary(report: Report) -> str:
    """One line for the log."""
    plan, counted = report.plan or Plan(), Counter(report.districts.values())
    reported = "、".join(f"{status}{count}个" for status, count in counted.items())
    said = f"新增{len(plan.added)}行，更新{len(plan.changed)}行，未变{plan.unchanged}行，待选择冲突{len(plan.conflicts)}项"
    return f"{said}；区（县）{reported}" if reported else said


_SOURCE = tuple(field.header for field in (ReturnedRow.source_file, ReturnedRow.source_sheet, ReturnedRow.source_row))


def counts(done: Merge, source: Return) -> Mapping[str, int]:
    """Applications of a return by outcome."""
    counted = Counter(done.checked.outcome(case) for case in done.checked.cases if case.source is source)
    return {outcome: counted[outcome] for outcome in checks.OUTCOMES}


def prepare(done: Merge, report: Report, outputs: Outputs, logged: Sequence[object] | None) -> None:
    """The results workbook and the receipts. `logged`: the line of 操作日志 that this merge will add, None where it adds
    none."""
    _receipts(done, report, outputs, logged or next(reversed(register.log_rows(done.ledger)), None))
    write_results(done.order, done.now, tables(done, report), report, outputs)


def write_results(order: MergeOrder, now: datetime, written: Sequence[ResultTable], report: Report, outputs: Outputs) -> None:
    """The results workbook; every merge keeps its own."""
    from toolkit.pages import result_tables

    made = outputs.room()
    result_tables.write(made, written, f"{order.year}年度{order.form}合并结果", summary(report))
    outputs.take(made, f"合并结果_{order.year}_{now:%m%d-%H%M%S}.xlsx", keep=True)


def tables(done: Merge, report: Report) -> list[ResultTable]:
    """Sheet name, headers and rows of the results workbook."""
    from toolkit.pages import result_heads as heads

    status = districts(done)
    by_district = {choice.chosen.district: choice.chosen for choice in done.choices}
    overview = []
    for name, state in status.items():
        source = by_district.get(name)
        overview.append((name, state, source.file if source else "", *((counts(done, source).values()) if source
                                                                        else [""] * len(checks.OUTCOMES))))
    compared = [(choice.chosen.district, earlier.file, choice.chosen.file, *change) for choice in done.choices
                for earlier in (*choice.superseded, *choice.rivals) for change in compare(earlier, choice.chosen)]
    return [
        heads.OVERVIEW.over(overview),
        *lists(report, done.plan),
        heads.COMPARED.over(compared),
        heads.NORMALISED.over([(place.file, place.sheet, place.cell, place.field, note) for source in done.intake.returns
                               for place, note in source.normalised]),
    ]


def lists(report: Report, plan: Plan) -> list[ResultTable]:
    """What every merge lists: files, findings, what was entered, changed, and left to choose."""
    from toolkit.pages import result_heads as heads

    return [
        heads.FILES.over([(each.name, each.status, each.form, each.district, each.year, each.rows, each.reason) for each in report.files]),
        heads.PROBLEMS.over([
            (each.level, each.place.file, each.place.sheet, each.place.cell, each.place.field, each.value, each.message, each.clause, each.code,
             each.explained) for each in report.findings]),
        heads.ADDED.over([(row.sheet, row.label, *map(row.values.get, _SOURCE)) for row in plan.added]),
        heads.CHANGED.over([(change.sheet, change.label, header, old, new) for change in plan.changed
                            for header, (old, new) in change.fields.items()]),
        heads.CONFLICTS.over([(each.sheet, each.label, each.header, each.recorded, each.incoming, each.source) for each in plan.conflicts]),
    ]


def _receipts(done: Merge, report: Report, outputs: Outputs, logged: Sequence[object] | None) -> None:
    """One 回执 for every district that returned something. One that cannot be made is a finding."""
    from toolkit.documents.context import file_name
    from toolkit.documents.kinds import kind_named
    from toolkit.documents.render import render

    receipts = outputs.below("回执")
    for name in done.law.lists["districts"].names:
        files = [line for line in report.files if line.district == name]
        if not files:
            continue
        try:
            context = _receipt(done, report, name, files, logged)
            receipts.add(file_name(kind_named("回执"), context), render("回执", context))
        except UserError as error:
            report.findings.append(finding("M-receipt", Place(done.order.folder.name), name, why=error))
        except Exception as error:
            report.findings.append(finding("M-receipt", Place(done.order.folder.name), name, why=crash_log.sentence(error)))


def _receipt(done: Merge, report: Report, district: str, files: Sequence[FileStatus], logged: Sequence[object] | None) -> dict:
    from toolkit.documents.receipt_context import Received, receipt_context

    today, law = done.now.date(), done.law
    chosen = {choice.chosen.file for choice in done.choices}
    sources = {source.file: source for source in done.intake.returns if source.district == district}
    kept = [source for file, source in sources.items() if file in chosen]
    counted = Counter({outcome: sum(counts(done, source)[outcome] for source in kept) for outcome in checks.OUTCOMES})
    problems = [each for each in report.findings if each.place.file in sources and each.open
                and (each.place.file in chosen or done.checked.refusal(sources[each.place.file]))]
    books = Books(done.ledger.standing)
    hashes = {file: (source.sha256, _handling(done, file, files, chosen)) for file, source in sources.items()}
    received = Received(_verdict(done, kept, counted, problems), sum(counted.values()), counted[checks.ACCEPTED],
                        counted[checks.QUERIED] + counted[checks.AWAITED] + counted[checks.HELD], counted[checks.REFUSED],
                        str(logged[-1]) if logged else "", hashes, problems, _next_step(counted, problems))
    return receipt_context(law, today, (done.order.year, done.order.form, district), received, mend_term(today, law, days_off(books, law)))


def _verdict(done: Merge, kept: Sequence[Return], counted: Counter, problems: Sequence[Finding]) -> str:
    if not kept or all(done.checked.refusal(source) for source in kept):
        return "未受理，请改正后重新报送"
    if all(source.nil for source in kept):
        return "已收到本年度无推荐的声明"
    if counted[checks.REFUSED] == sum(counted.values()):
        return "全部退回补正"
    return "部分受理，其余待补正或说明" if problems else "全部受理"


def _next_step(counted: Counter, problems: Sequence[Finding]) -> str:
    if not problems:
        return "本次报送不需要补正，请等候评审通知。"
    if any(each.level == ERROR for each in problems):
        return ("请在标记副本上逐项改正（黄色提示也可在“备注”写明情况），更新填报日期后整表重新报送；"
                "已受理的行不用删除。")
    return "请在“备注”写明情况或改正，更新填报日期后整表重新报送。"


def _handling(done: Merge, file: str, files: Sequence[FileStatus], chosen: set[str]) -> str:
    line = next(each for each in files if done.intake.paths[file] == Path(each.path))
    if line.status != READ:
        return "拒收"
    if file in chosen:
        return "已读，采用"
    return "与采用的一份内容相同" if _is_copy(done.choices, file) else "已读，未采用"


def _is_copy(choices: Sequence[Choice], file: str) -> bool:
    return any(source.file == file for choice in choices for source in choice.same)
