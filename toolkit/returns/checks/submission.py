"""Rules on what only 申报工作簿 holds: ages, awards, the fixed pledge, the report, three years of funds, the papers, who fills in what.

Source: 乌人社规〔2023〕1号 第九条（一）至（六）、第十五条、附件1
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from toolkit.forms import APPLICATION_BOOK, roles
from toolkit.forms.application_book import PAPERS, REPORT, SYSTEMS, TRAINING_FUNDS
from toolkit.forms.model import Sheet
from toolkit.regulation import Regulation, identity
from toolkit.regulation.calendar import age_on
from toolkit.returns import unfilled
from toolkit.returns.checks import application, leader
from toolkit.returns.checks.case import AWARDS, TEAM, Case, Team
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.records import Record, Return
from toolkit.sheets.grid import a1

_AROUND = 8  # characters shown on either side of the first difference


def cases(source: Return, law: Regulation) -> list[Case]:
    """The one application of a workbook, with every row of its tables; none where the page was not found."""
    main, *_ = source.sheets
    team = Team(source.records(TEAM))
    found = []
    for record in source.records(main.name)[:1]:
        team.asked_by.setdefault(record["身份证号"], record)
        found.append(Case(record, source, law, team, tuple(source.records(AWARDS)), None))
    return found


def member_ages(case: Case) -> Iterator[Finding]:
    """A1-3: ages are those on the day of filling in; a locked cell that says otherwise was changed."""
    filled = case.source.filled_on
    for member in case.team:
        number, shown = member["身份证号"], member["年龄"]
        born = identity.id_birth(number) if number and not identity.id_problem(number) else None
        if filled and born and shown is not None and shown != age_on(born, filled):
            yield case.at(member, "F-computed", "年龄", wanted=age_on(born, filled))


def award_years(case: Case) -> Iterator[Finding]:
    """A1-4: nobody was given an award after the application was filled in."""
    filled = case.source.filled_on
    for award in case.awards:
        if filled and award["年度"] and award["年度"] > filled.year:
            yield case.at(award, "A1-4", "年度", filled=filled)


def pledge_text(case: Case) -> Iterator[Finding]:
    """A1-5: the pledge is the regulation's, word for word; white space does not count."""
    typed, wanted = ("".join((text or "").split()) for text in (case["承诺文"], case.law.facts["pledge"]))
    if typed and typed != wanted:
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(typed, wanted, strict=False)))
        shown = slice(max(0, same - _AROUND), same + _AROUND)
        yield case.finding("A1-5", "承诺文", value=typed[shown], wanted=wanted[shown])


def others_columns(case: Case) -> Iterator[Finding]:
    """R15: what the district, the experts and the city sign stays empty in what the unit returns."""
    for header, role in roles.of_others(APPLICATION_BOOK).items():
        if case[header] is not None:
            yield case.finding("R15", header, other=role, own=APPLICATION_BOOK.role)


def papers(case: Case) -> Iterator[Finding]:
    """R09-2: six kinds of papers, what is lacking told in one go; of those handed in how many and on which pages."""
    listed = {record["材料"]: record for record in case.source.records(PAPERS.name)}
    kinds = case.law.lists["materials"].items
    lacking = [item for item in kinds if item.name not in listed or listed[item.name]["是否提交"] == "否"]
    if lacking and PAPERS.name in case.source.tables:
        record = next((listed[item.name] for item in lacking if item.name in listed), None)
        yield _told(case, PAPERS, record, "R09-2", "是否提交", "、".join(f"{item.name}（{item['clause']}）" for item in lacking))
    for item in kinds:
        record = listed.get(item.name)
        if record and record["是否提交"] == "是":
            open_ = [header for header in ("份数", "页码") if not record[header]]
            if open_:
                yield case.at(record, "R09-2.copies", open_[0], value=item.name, what="、".join(open_))


def systems(case: Case) -> Iterator[Finding]:
    """R07-4: seven systems, what is lacking told in one go, no bar; of those there are the document's name; the page says the same."""
    if SYSTEMS.name not in case.source.tables:
        return
    listed = {record["制度"]: record for record in case.source.records(SYSTEMS.name)}
    names, stated = case.law.lists["systems"].names, case["管理制度"]
    lacking = [name for name in names if name not in listed or listed[name]["是否建立"] == "否"]
    if lacking:
        record = next((listed[name] for name in lacking if name in listed), None)
        yield _told(case, SYSTEMS, record, "R07-4.lacking", "是否建立", "、".join(lacking))
    if stated and (stated == "否") != bool(lacking):
        yield case.finding("R07-4.differs", "管理制度", wanted=f"缺{len(lacking)}项" if lacking else "七项都有")
    for name in names:
        record = listed.get(name)
        if record and record["是否建立"] == "是" and not record["文件名称"]:
            yield case.at(record, "R07-4.document", "文件名称", value=name)


def report(case: Case) -> Iterator[Finding]:
    """R09-4: the six points, what is lacking told in one go. “见附件” is no point."""
    record = next(iter(case.source.records(REPORT.name)), None)
    if record is None:
        return
    points = dict(zip(REPORT.headers, case.law.lists["report_points"].names, strict=True))
    lacking = [header for header in points if not _says(record, header) and not REPORT.by_header[header].formula]
    if lacking:
        yield case.at(record, "R09-4", lacking[0], value="、".join(points[header] for header in lacking))


def _says(record: Record, header: str) -> bool:
    text = record[header]
    return bool(text) and not unfilled.kind(text)


def training_funds(case: Case) -> Iterator[Finding]:
    """R09-5: both sums for each complete year before the application's, and no more for skilled talents than in all."""
    if TRAINING_FUNDS.name not in case.source.tables or case.source.year is None:
        return
    years = range(case.source.year - case.law["training_fund_years"], case.source.year)
    span = {"first": years[0], "last": years[-1]}
    told: dict[int, Record] = {}
    for record in case.source.records(TRAINING_FUNDS.name):
        year = record["年度"] or years[0] + record.row - record.table.layout.row - 1
        if year not in years:
            yield case.at(record, "R09-5.year", "年度", **span)
        told.setdefault(year, record)
        whole, used = record["职工教育经费总额(元)"], record["用于高技能人才(元)"]
        if whole is not None and used is not None and used > whole:
            yield case.at(record, "R09-5.over", "用于高技能人才(元)", value=f"{used:,}", year=year, wanted=f"{whole:,}")
    lacking = [f"{year}年" for year in years if year not in told]
    if lacking:
        yield _told(case, TRAINING_FUNDS, None, "R09-5", "职工教育经费总额(元)", "、".join(lacking), **span)


def _told(case: Case, sheet: Sheet, record: Record | None, code: str, header: str, value: str, **facts: object) -> Finding:
    """A finding at a row; where there is none, at the header of its table."""
    if record is not None:
        return case.at(record, code, header, value=value, **facts)
    table = case.source.tables[sheet.name]
    column = table.layout.columns.get(header, 0)
    place = Place(table.file, table.name, a1(max(table.layout.row, 0), column), header)
    return finding(code, place, value, case.law.clause(code), **facts)


RULES = (*leader.RULES, *(rule for rule in application.RULES if rule not in (application.materials, application.systems)),
         member_ages, award_years, pledge_text, others_columns, papers, systems, report, training_funds)


def check(source: Return, law: Regulation) -> Iterable[Finding]:
    """Every rule on the workbook's application."""
    found: Sequence[Case] = cases(source, law)
    return [each for case in found for rule in RULES for each in rule(case)]
