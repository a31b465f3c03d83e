"""Which 期满考核评分表 can be taken into the ledger, and which of their rows: whose it is must be certain, and every cell readable.

Source: 乌人社规〔2023〕1号 第十九条（二） (R19-2)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.forms.assessment import FACTS, ROSTER
from toolkit.forms.register_rows import TraineeRow
from toolkit.ledger.books import Books
from toolkit.ledger.evidence_plan import Filing
from toolkit.ledger.studio_ids import StudioIds, known_as
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation, identity
from toolkit.returns.findings import ERROR, Finding
from toolkit.returns.messages import finding
from toolkit.returns.records import Record
from toolkit.returns.rescoring import Assessment
from toolkit.returns.values import shown

_STOPPING = frozenset(("S-form", "F-sheet-missing"))
"""A sheet that is not there is not an empty one."""


@dataclass
class Filings:
    """`taken`: one for each studio; `refused`: file → why nothing of it is entered; `findings`: what is said besides scoring's own."""

    taken: list[Filing] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def filings(judged: Sequence[Assessment], year: int, books: Books, law: Regulation) -> Filings:
    """What can be taken of the assessments held in a year."""
    found, ids = Filings(), StudioIds(books, law)
    together: dict[str, list[tuple[Assessment, Studio]]] = defaultdict(list)
    for assessment in judged:
        studio = _whose(assessment, ids)
        said = [each for each in assessment.filed.findings if each.code in _STOPPING]
        said += _cover(assessment, studio, year, ids)
        errors = [each.message for each in said if each.level == ERROR]
        found.findings += [each for each in said if each not in assessment.filed.findings]
        if errors or studio is None:
            found.refused[assessment.filed.file] = "".join(errors[:2])
        else:
            together[known_as(studio)].append((assessment, studio))
    for same in together.values():
        if len({assessment.filed.book.sha256 for assessment, _ in same}) > 1:
            for assessment, studio in same:
                others = "、".join(each.filed.file for each, _ in same if each is not assessment)
                told = finding("S-twice", assessment.filed.place("fact_studio"), studio.name, law.clause("R19-2"), other=others)
                found.findings.append(told)
                found.refused[assessment.filed.file] = told.message
            continue
        assessment, studio = same[0]
        assert assessment.held_on is not None
        rows = list(_rows(assessment, found.findings))
        found.taken.append(Filing(studio, assessment.held_on, assessment.filed.file, assessment.filed.book.sha256, rows))
    return found


def _stated(assessment: Assessment) -> tuple[str, str]:
    return shown(assessment.filed.value("fact_studio_no")).strip(), assessment.studio


def _whose(assessment: Assessment, ids: StudioIds) -> Studio | None:
    return ids.find(*_stated(assessment))


def _cover(assessment: Assessment, studio: Studio | None, year: int, ids: StudioIds) -> Iterator[Finding]:
    """What the cover says of the studio, held against the ledger."""
    filed, clause = assessment.filed, assessment.law.clause("R19-2")
    labels = {fact.name: fact.label for fact in FACTS}

    def at(code: str, name: str, value: object, **facts: object) -> Finding:
        return finding(code, filed.place(name, labels[name]), shown(value), clause, **facts)

    if assessment.held_on is None:
        yield at("M-cover", "fact_date", filed.value("fact_date"), what=labels["fact_date"])
    elif assessment.held_on.year != year:
        yield at("F-year-other", "fact_date", assessment.held_on.year, wanted=year)
    number, name = _stated(assessment)
    if studio is None:
        several = not number and ids.namesakes(name) > 1
        if number or name:
            yield at("M-studio-which" if several else "M-studio", "fact_studio_no" if number else "fact_studio", number or name)
        else:
            yield at("M-cover", "fact_studio", "", what=labels["fact_studio"])
        return
    if name and name not in studio.names:
        yield at("M-studio-differs", "fact_studio", name, wanted=studio.name)
    if studio.district and assessment.district and assessment.district != studio.district:
        yield at("M-studio-differs", "fact_district", assessment.district, wanted=studio.district)
    leader = shown(filed.value("fact_leader")).strip()
    if studio.leader and leader and leader != studio.leader:
        yield at("M-leader-differs", "fact_leader", leader, wanted=studio.leader)


def _rows(assessment: Assessment, findings: list[Finding]) -> Iterator[Record]:
    """The rows in use that can stand in a register; those with a cell that is wrong or cannot be read are told and left out."""
    wrong = defaultdict(list)
    for each in assessment.filed.findings:
        if each.level == ERROR and each.place.cell:
            wrong[each.place.sheet, _row(each.place.cell)].append(each)
    for sheet, judged in assessment.counted.verdicts.items():
        clause = assessment.law.clause("R19-2")
        for record in (one.record for one in judged):
            header = next((each.place.field for each in wrong.get((record.table.name, record.row), ())), "") or next(iter(record.problems), "")
            number = TraineeRow.trainee_id.header
            if not header and sheet == ROSTER.name and identity.id_problem(shown(record[number]).upper()):
                header = number
            if header:
                findings.append(finding("M-row-out", record.place(header), shown(record.raw(header)), clause))
            else:
                yield record


def _row(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1
