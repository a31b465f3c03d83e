"""公文索引.xlsx in the folder of documents: a row for each document, a row for each value in it with where it comes from, and who was left out.

A run adds its documents to what earlier runs wrote. A document that is made again under its name takes the place of its rows.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from toolkit.errors import UserError
from toolkit.jobs import crash_log
from toolkit.jobs.keeping import Keeper
from toolkit.jobs.outputs import INDEX, FilledDocument, Outputs
from toolkit.ledger.books import Books
from toolkit.regulation import Regulation, in_force
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.values import shown
from toolkit.sheets import read
from toolkit.sheets.grid import Grid

HEADER_ROW = 2
DOCUMENTS = ("文件", "文书", "文号", "成文日期", "涉及", "办理", "年度", "生成时间", "台账", "校验码")
VALUES = ("文件", "项目", "内容", "台账表", "台账单元格", "台账栏目", "来源文件", "来源表", "来源行", "条款", "依据", "字段")
LEFT_OUT = ("文件", "内容", "原因", "条款", "台账表", "台账单元格")
SHEETS = {"公文": DOCUMENTS, "取值": VALUES, "未列入": LEFT_OUT}
_LEAVING_OUT = ("D-blank", "D-twice", "D-unreadable")
LINKED = ("文件", "台账单元格")


@dataclass
class DocumentIndex:
    """Sheet → its rows, header → what stands there."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in SHEETS})

    @property
    def documents(self) -> list[dict[str, Any]]:
        return self.rows["公文"]

    def without(self, files: Iterable[str]) -> DocumentIndex:
        """The index without everything about some documents."""
        gone = set(files)
        return DocumentIndex({name: [row for row in rows if row["文件"] not in gone] for name, rows in self.rows.items()})


def read_index(folder: Path) -> DocumentIndex:
    """The index of a folder; an empty one where there is none. UserError where it cannot be read.

    One that was open when the next was written has a number behind its name; all of them count.
    """
    index = DocumentIndex()
    for path in sorted(folder.glob(f"{Path(INDEX).stem}*.xlsx")):
        grids = {grid.name: grid for grid in read.workbook(path).grids}
        for name, headers in SHEETS.items():
            known = {row["文件"] for row in index.rows[name]}
            index.rows[name] += [row for row in _rows(grids.get(name), headers) if row["文件"] not in known]
    return index


def _rows(grid: Grid | None, headers: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of one sheet by its header row, whatever people did to the order of its columns."""
    if grid is None or len(grid.rows) <= HEADER_ROW:
        return
    columns = {shown(value): place for place, value in enumerate(grid.rows[HEADER_ROW])}
    if "文件" not in columns:
        return
    for number in range(HEADER_ROW + 1, len(grid.rows)):
        row = {header: grid.at(number, columns[header]) if header in columns else None for header in headers}
        if row["文件"] and any(value for header, value in row.items() if header != "文件"):
            yield row


def indexed(outputs: Outputs, kept: Keeper, on: date, now: datetime) -> None:
    """Have the documents of `outputs` entered in the index of their folder as soon as they lie in their places.

    What keeps the index from being written is a finding: the documents and the ledger are done by then.
    """
    outputs.last = partial(_enter, outputs, kept, on, now)


def left_out(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings of a run that say of a row of the ledger why it is not in the document."""
    return [found for found in findings if found.place.cell and (found.code.startswith("R") or found.code in _LEAVING_OUT)]


def _enter(outputs: Outputs, kept: Keeper, on: date, now: datetime) -> None:
    if not outputs.documents:
        return
    try:
        made = outputs.room()
        _write(made, _entered(outputs, kept, on, now))
        outputs.take(made, INDEX, replaces=True)
    except UserError as error:
        outputs.findings.append(finding("P-index", Place(INDEX), error))
    except Exception as error:
        outputs.findings.append(finding("P-index", Place(INDEX), crash_log.sentence(error)))


def _entered(outputs: Outputs, kept: Keeper, on: date, now: datetime) -> DocumentIndex:
    """The folder's index with the documents of this run."""
    law = in_force(on)
    standing = kept.load(law).standing
    law = standing.parameters(law)
    ledger = Path(os.path.relpath(kept.path, outputs.folder)).as_posix()
    names = [outputs.where([each.target])[0].relative_to(outputs.folder).as_posix() for each in outputs.documents]
    index = read_index(outputs.folder).without(names)
    for name, document in zip(names, outputs.documents, strict=True):
        index.documents.append(_document(name, document, ledger, now))
        index.rows["取值"] += _values(name, document, Books(standing), law)
        index.rows["未列入"] += [_left_out(name, found) for found in outputs.left_out]
    return index


def _document(name: str, document: FilledDocument, ledger: str, now: datetime) -> dict[str, Any]:
    from toolkit.documents.kinds import kind_named

    issued, rows = document.context["发文"], document.context.get("名单")
    studio = document.context.get("工作室")
    about = f"{len(rows)}个" if isinstance(rows, list) else studio.get("名称", "") if isinstance(studio, Mapping) else ""
    return {"文件": name, "文书": document.kind, "文号": issued.get("字号", ""), "成文日期": issued.get("日期", ""), "涉及": about,
            "办理": kind_named(document.kind).move, "年度": document.context.get("年度", ""), "生成时间": f"{now:%Y-%m-%d %H:%M:%S}", "台账": ledger,
            "校验码": document.sha256[:16]}


def _values(name: str, document: FilledDocument, books: Books, law: Regulation) -> Iterator[dict[str, Any]]:
    from toolkit.documents.kinds import kind_named
    from toolkit.documents.origins import trace

    for value in trace(kind_named(document.kind), document.context, books, law):
        file, sheet, row = value.source or ("", "", "")
        cell = value.cell or Place("")
        yield {"文件": name, "项目": value.meaning, "内容": value.text, "台账表": cell.sheet, "台账单元格": cell.cell, "台账栏目": cell.field,
               "来源文件": file, "来源表": sheet, "来源行": row, "条款": value.clause, "依据": value.how or "没有找到出处", "字段": value.path}


def _left_out(name: str, found: Finding) -> dict[str, Any]:
    return {"文件": name, "内容": found.value, "原因": found.message, "条款": found.clause, "台账表": found.place.sheet,
            "台账单元格": found.place.cell}


def _write(path: Path, index: DocumentIndex) -> None:
    from toolkit.pages import result_tables

    ledgers = {row["文件"]: shown(row["台账"]) for row in index.documents}
    tables = [(name, headers, [[_cell(row, header, ledgers) for header in headers] for row in index.rows[name]])
              for name, headers in SHEETS.items()]
    result_tables.write(path, tables, "公文索引", "每份公文、其中每个数字、姓名、日期的出处；点蓝色的字打开公文或台账的那一格")


def _cell(row: Mapping[str, Any], header: str, ledgers: Mapping[str, str]) -> object:
    from toolkit.pages.result_tables import FileLink

    value = row.get(header)
    if header not in LINKED or not value:
        return value
    if header == "文件":
        return FileLink(shown(value), shown(value))
    sheet = shown(row.get("台账表")).replace("'", "''")
    return FileLink(shown(value), ledgers.get(shown(row["文件"]), ""), f"'{sheet}'!{value}")
