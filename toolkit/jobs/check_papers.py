"""Papers and registers held against each other: no document without its entry, no entry without its document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.documents.index_rows import IndexedDocument
from toolkit.errors import UserError
from toolkit.forms.papers import NUMBERED
from toolkit.forms.register_rows import LogRow
from toolkit.jobs.document_index import read_index
from toolkit.jobs.outputs import INDEX
from toolkit.ledger.books import Books
from toolkit.ledger.registered_acts import COVERED, RegisteredAct, registered_acts
from toolkit.regulation import Regulation
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.values import day
from toolkit.sheets.disk import legible

PAPERS = (".docx", ".doc", ".wps", ".pdf")
MOST_FOLDERS = 200


@dataclass(frozen=True)
class _Folder:
    """A folder with an index: its documents of this ledger, as the index has them, and the names of the papers that lie there."""

    path: Path
    documents: Sequence[IndexedDocument]
    indexed: frozenset[str]
    files: Sequence[str]


def check_papers(ledger: Path, books: Books, law: Regulation) -> list[Finding]:
    """What is wrong between the ledger and the documents in the folders beside it (and its own)."""
    folders, found = _folders(ledger)
    acts = registered_acts(books)
    for folder in folders:
        found += _documents(folder, acts, ledger)
    since = min((read for row in books.of(LogRow) for said in row.known(LogRow.time) if (read := day(said[:10]).value)), default=None)
    for act in acts:
        if since is not None and (act.day is None or act.day >= since) and not any(_written(act, folder) for folder in folders):
            found.append(finding("P-unwritten", act.place, act.label, law.clause("R12-2") if act.moves[0] in ("公示", "命名") else ""))
    return found


def _folders(ledger: Path) -> tuple[list[_Folder], list[Finding]]:
    """The folders that have an index; one that cannot be read is a finding."""
    near = sorted(each for each in ledger.parent.iterdir() if each.is_dir())[:MOST_FOLDERS]
    folders, found = [], []
    for path in (ledger.parent, *near):
        if not (path / INDEX).is_file():
            continue
        try:
            documents = read_index(path).indexed
        except UserError as error:
            found.append(finding("F-unreadable", Place(f"{legible(path.name)}/{INDEX}"), error))
            continue
        own = [each for each in documents if Path(each.ledger).name == ledger.name]
        files = sorted(each.name for each in path.iterdir() if each.suffix.lower() in PAPERS and each.name[:1] not in "~.")
        folders.append(_Folder(path, own, frozenset(each.file for each in documents), files))
    return folders, found


def _documents(folder: _Folder, acts: Sequence[RegisteredAct], ledger: Path) -> Iterator[Finding]:
    """Documents that are gone, that nobody entered, or whose act is no longer registered."""
    place = Place(f"{legible(folder.path.name)}/{INDEX}" if folder.path != ledger.parent else INDEX, "公文")
    for paper in folder.documents:
        name = paper.file
        if not (folder.path / name).is_file():
            yield finding("P-gone", place, name, other=name)
        elif (paper.move in COVERED or paper.paper in NUMBERED) and not any(_is(paper, act) for act in acts):
            act = f"{paper.move}，{paper.number or paper.dated}"
            yield finding("P-unregistered", place, name, other=name, why=act)
    for name in folder.files if folder.path != ledger.parent else ():  # 台账旁边可以有别的文件
        if name.endswith(".docx") and name not in folder.indexed:
            yield finding("P-unindexed", place, name, other=name)


def _is(paper: IndexedDocument, act: RegisteredAct) -> bool:
    """Whether a document of the index is the paper of an act."""
    if paper.move not in act.moves:
        return False
    return paper.number == act.number if act.number else day(paper.dated).value == act.day


def _written(act: RegisteredAct, folder: _Folder) -> bool:
    """Whether an act has its paper: one of the index that lies there or is told as gone, or one that was made otherwise and bears its number."""
    return any(_is(paper, act) for paper in folder.documents) or bool(act.number and any(act.number in name for name in folder.files))
