"""公文索引.xlsx in the folder of documents: a row for each document, a row for each value in it with where it comes from, and who was left out.

A run adds its documents to what earlier runs wrote. A document that is made again under its name takes the place of its rows.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from toolkit.documents.index_rows import SHEETS, DocumentIndex, document_row, left_out_row, value_rows
from toolkit.errors import UserError
from toolkit.jobs import crash_log
from toolkit.jobs.keeping import Keeper
from toolkit.jobs.outputs import INDEX, Outputs
from toolkit.ledger.books import Books
from toolkit.regulation import in_force
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.values import shown
from toolkit.sheets import read
from toolkit.sheets.grid import Grid

HEADER_ROW = 2
_LEAVING_OUT = ("D-blank", "D-twice", "D-unreadable")
LINKED = ("文件", "台账单元格")


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
    from toolkit.documents.kinds import kind_named

    law = in_force(on)
    standing = kept.load(law).standing
    law = standing.parameters(law)
    ledger = Path(os.path.relpath(kept.path, outputs.folder)).as_posix()
    names = [outputs.where([each.target])[0].relative_to(outputs.folder).as_posix() for each in outputs.documents]
    index = read_index(outputs.folder).without(names)
    for name, document in zip(names, outputs.documents, strict=True):
        kind = kind_named(document.kind)
        index.documents.append(document_row(name, kind, document.context, ledger, now) | {"校验码": document.sha256[:16]})
        index.values.extend(value_rows(name, kind, document.context, Books(standing), law))
        index.left_out.extend(left_out_row(name, found) for found in outputs.left_out)
    return index


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
