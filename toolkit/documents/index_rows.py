"""公文索引: what it says of each document, of each value in it, and of who was left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from toolkit.documents.declared import DocumentKind
from toolkit.documents.origins import trace
from toolkit.ledger.books import Books
from toolkit.regulation import Regulation
from toolkit.returns.findings import Finding, Place
from toolkit.returns.values import shown

DOCUMENTS = ("文件", "文书", "文号", "成文日期", "涉及", "办理", "年度", "生成时间", "台账", "校验码")
VALUES = ("文件", "项目", "内容", "台账表", "台账单元格", "台账栏目", "来源文件", "来源表", "来源行", "条款", "依据", "字段")
LEFT_OUT = ("文件", "内容", "原因", "条款", "台账表", "台账单元格")
SHEETS = {"公文": DOCUMENTS, "取值": VALUES, "未列入": LEFT_OUT}


class IndexedDocument(NamedTuple):
    """What the index says of a document, as texts. sha256: the beginning of the hash of its content."""

    file: str
    paper: str
    number: str
    dated: str
    about: str
    move: str
    ledger: str
    sha256: str


@dataclass
class DocumentIndex:
    """Sheet → its rows, header → what stands there."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in SHEETS})

    @property
    def documents(self) -> list[dict[str, Any]]:
        return self.rows["公文"]

    @property
    def values(self) -> list[dict[str, Any]]:
        return self.rows["取值"]

    @property
    def left_out(self) -> list[dict[str, Any]]:
        return self.rows["未列入"]

    @property
    def indexed(self) -> list[IndexedDocument]:
        """The documents, to be looked at."""
        return [IndexedDocument(*(shown(row.get(header)) for header in ("文件", "文书", "文号", "成文日期", "涉及", "办理", "台账", "校验码")))
                for row in self.documents]

    def telling(self, names: Collection[str]) -> set[str]:
        """The files of the documents in which one of these values stands."""
        return {shown(row["文件"]) for row in self.values if shown(row["内容"]) in names}

    def without(self, files: Iterable[str]) -> DocumentIndex:
        """The index without everything about some documents."""
        gone = set(files)
        return DocumentIndex({name: [row for row in rows if row["文件"] not in gone] for name, rows in self.rows.items()})


def document_row(name: str, kind: DocumentKind, context: Mapping, ledger: str, now: datetime) -> dict[str, Any]:
    """What stands of a document, its hash left out."""
    issued, rows, studio = context["发文"], context.get("名单"), context.get("工作室")
    about = f"{len(rows)}个" if isinstance(rows, list) else studio.get("名称", "") if isinstance(studio, Mapping) else ""
    return {"文件": name, "文书": kind.name, "文号": issued.get("字号", ""), "成文日期": issued.get("日期", ""), "涉及": about,
            "办理": kind.move, "年度": context.get("年度", ""), "生成时间": f"{now:%Y-%m-%d %H:%M:%S}", "台账": ledger}


def value_rows(name: str, kind: DocumentKind, context: Mapping, books: Books, law: Regulation) -> Iterator[dict[str, Any]]:
    """What stands of each value in a document. books: the ledger after the document was registered."""
    for value in trace(kind, context, books, law):
        file, sheet, row = value.source or ("", "", "")
        cell = value.cell or Place("")
        yield {"文件": name, "项目": value.meaning, "内容": value.text, "台账表": cell.sheet, "台账单元格": cell.cell, "台账栏目": cell.field,
               "来源文件": file, "来源表": sheet, "来源行": row, "条款": value.clause, "依据": value.how or "没有找到出处", "字段": value.path}


def left_out_row(name: str, found: Finding) -> dict[str, Any]:
    """What stands of a row of the ledger that is not in the document."""
    return {"文件": name, "内容": found.value, "原因": found.message, "条款": found.clause, "台账表": found.place.sheet,
            "台账单元格": found.place.cell}
