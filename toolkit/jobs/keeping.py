"""Where a ledger is kept: a file on the disk, or a workbook that is open in Excel. Jobs read and write both alike.

Every write is preceded by a copy in 备份 and can be undone; see `store`. The check code of every operation is also left
in 归档, see `oplog`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import UserError
from toolkit.forms.ledger import LEDGER
from toolkit.forms.model import BUTTON_SHEETS
from toolkit.jobs.cell_changes import back, between
from toolkit.ledger import oplog
from toolkit.pages import register, upgrade
from toolkit.pages.register import Entry, Ledger
from toolkit.regulation import Regulation
from toolkit.resources import workbook_template
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.recognise import NOT_RETURNED
from toolkit.sheets import disk, read, store, written
from toolkit.sheets.edit import Edit, apply
from toolkit.sheets.ooxml.package import QUICK
from toolkit.sheets.ooxml.workbook import Workbook
from toolkit.sheets.recalculate import refresh
from toolkit.sheets.soundness import changed, unsound

if TYPE_CHECKING:
    from toolkit.sheets.live import OpenBook

BACKUPS, ARCHIVE = "备份", "归档"
WITNESS = "操作日志校验码.txt"  # in 归档


@dataclass(frozen=True)
class FileKeeper:
    """A ledger that lies on the disk, closed. Where there is none yet, the empty one that ships is read."""

    path: Path

    @property
    def exists(self) -> bool:
        return self.path.is_file()

    def held(self) -> AbstractContextManager[None]:
        """Nobody else writes it meanwhile. UserError as `store.locked`."""
        return store.locked(self.path)

    def load(self, law: Regulation) -> Ledger:
        """UserError where it is damaged, or where it is not here but its copies are."""
        if not self.path.exists():
            self._refuse_orphans()
            return register.open_ledger(self._empty(), self.path.name, law)
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise UserError(f"台账“{self.path.name}”打不开，它可能正被别的程序使用，或没有读取权限。请关闭它再试。") from error
        try:
            book = read.from_bytes(data, self.path.name)
        except UserError as error:
            recent = self._newest()
            if not recent:
                raise UserError(f"台账打不开：{error}") from error
            fact = str(error).partition("请")[0]
            raise UserError(f"台账{fact}{recent}请复制它，改名放回台账的位置；或者用“撤销上一步”，退回上次写入之前。") from error
        return register.of_book(book, law, data)

    def write(self, opened: Ledger, edits: Sequence[Edit], at: datetime) -> None:
        """Make the edits in what was loaded, and that the ledger. UserError where the outcome could not be read again:
        then nothing was written."""
        content = finished(opened.data, edits, self.path.name, at.date())
        with disk.uninterrupted():
            attest(self.path, register.logged(edits))
            store.write(self.path, content, backups=self.path.parent / BACKUPS, at=at, first=opened.data)

    def undo(self, entry: Entry, law: Regulation) -> str:
        """Back to before the last write, with `entry` in the log; the present ledger need not be readable. Returns where
        the state that was undone is kept, seen from the ledger. UserError where there is nothing to go back to.
        """
        def restore(before: bytes) -> None:
            edits = [register.log_line(_earlier(before, self.path.name, law), entry)]
            content = finished(before, edits, self.path.name, entry.time.date())
            attest(self.path, register.logged(edits))
            disk.put(self.path, content)

        with disk.uninterrupted():
            used = store.undo(self.path, backups=self.path.parent / BACKUPS, at=entry.time, restore=restore)
        return _kept_state(used)

    def typed(self) -> int | None:
        """How many cells were typed since the write that `undo` would undo; None where nobody can tell.

        UserError where there is nothing to undo.
        """
        left = store.left_by_last_write(self.path, self.path.parent / BACKUPS)
        try:
            return None if left is None else between(left, self.path.read_bytes())
        except UserError:  # one of the two is damaged
            return None

    def _empty(self) -> bytes:
        shipped = workbook_template(LEDGER.name)
        empty = shipped.read_bytes()
        if self.path.suffix.lower() != shipped.suffix:
            from toolkit.sheets import macro_free

            empty = macro_free.without_macros(empty, BUTTON_SHEETS)
        return empty

    def _refuse_orphans(self) -> None:
        """A ledger that was renamed or moved away must not be followed by an empty one in silence."""
        folder = self.path.parent
        copies = [copy for copy in (folder / BACKUPS).glob("*") if store.name_of(copy)]
        lost = {store.name_of(copy) for copy in copies if not (folder / store.name_of(copy)).exists()}
        originals = [each for each in (folder / ARCHIVE).glob("*") if each.name[:1] != "." and each.name != WITNESS]
        if (originals or len(copies) > 1) and (not copies or lost):
            raise UserError(f"“{folder}”里没有台账“{self.path.name}”，却有它的“{BACKUPS}”“{ARCHIVE}”，它可能被改名或移走了。{self._newest()}"
                            f"请把台账放回原处、改回原名，或者指明它现在的位置；确要另立一本新台账的，先把“{BACKUPS}”“{ARCHIVE}”移到别处。")

    def _newest(self) -> str:
        folder = self.path.parent
        copy = store.newest(self.path, folder / BACKUPS)
        if copy is None:
            return ""
        return f"最近的一份备份是“{copy.relative_to(folder).as_posix()}”。"


@dataclass(frozen=True)
class OpenKeeper:
    """A ledger that is open in Excel: what stands on the screen counts, and is saved before and after each write."""

    book: OpenBook

    exists = True

    @property
    def path(self) -> Path:
        """UserError where the workbook lies on no disk of this computer."""
        if self.book.path is None:
            raise UserError(f"“{self.book.name}”还没有存到本机的文件夹里。请另存到本机（不要放在云盘的网址里），再点一次。")
        return self.book.path

    def held(self) -> AbstractContextManager[None]:
        return store.locked(self.path, open_here=True)

    def load(self, law: Regulation) -> Ledger:
        return register.of_book(self.book.screen.read(NOT_RETURNED), law)

    def write(self, opened: Ledger, edits: Sequence[Edit], at: datetime) -> None:
        """UserError where Excel refuses: then closing the workbook without saving leaves it as it was."""
        self.book.save()
        kept = store.keep(self.path, backups=self.path.parent / BACKUPS, at=at)
        attest(self.path, register.logged(edits))
        self._applied(edits)
        store.leave(kept, self.path.read_bytes())

    def undo(self, entry: Entry, law: Regulation) -> str:
        """As `FileKeeper.undo`."""
        self.book.save()
        used = store.undo(self.path, backups=self.path.parent / BACKUPS, at=entry.time, open_here=True,
                          restore=partial(self._restore, entry, law))
        return _kept_state(used)

    def typed(self) -> int | None:
        """As `FileKeeper.typed`, of what is saved."""
        return FileKeeper(self.path).typed()

    def _restore(self, entry: Entry, law: Regulation, before: bytes) -> None:
        """Excel holds the file, so the cells go back to what they held."""
        earlier = _earlier(before, self.path.name, law)
        wanted = {(found.sheet, found.row, found.column): found.here() for found in written.formulas(Workbook(before))}
        standing = {(found.sheet, found.row, found.column): found.here() for found in self.book.screen.formulas(NOT_RETURNED)}
        edits: list[Edit] = [*back(self.book.screen.read(NOT_RETURNED), standing, earlier.book, wanted), register.log_line(earlier, entry)]
        attest(self.path, register.logged(edits))
        self._applied(edits)

    def _applied(self, edits: Sequence[Edit]) -> None:
        try:
            self.book.apply(edits)
            self.book.save()
        except UserError as error:
            raise UserError(f"台账没有写完，也没有保存：{error}请关闭台账，问到时选“不保存”，它还是原来的样子；重新打开后再试。") from error


Keeper = FileKeeper | OpenKeeper


def keeper(place: Path | Keeper) -> Keeper:
    """The keeper of a ledger, also where only its path is given."""
    return FileKeeper(place) if isinstance(place, Path) else place


def grown(opened: Ledger) -> list[Finding]:
    """What a ledger of an earlier version gets with its next write, told; nothing for one of today."""
    added = upgrade.lacking(opened.standing)
    return [finding("M-ledger-grown", Place(opened.book.file), "、".join(added))] if added else []


def finished(before: bytes, edits: Sequence[Edit], name: str, on: date, what: str = "台账") -> bytes:
    """The ledger (or `what` it is) with the edits made and every formula computed as of the day `on`, as it may be written: our own
    reader opens what was written, and every changed part is well formed.

    UserError where it is not.
    """
    edited = content = apply(before, edits, QUICK)
    faulty = unsound(before, edited)
    if not faulty:
        content = refresh(edited, name, on).data
        faulty = unsound(edited, content)
        try:
            read.from_bytes(content, name, skip=_read_before(before, content))
        except UserError:
            faulty = faulty or [name]
    if faulty:
        raise UserError(f"“{name}”写好以后会打不开（{'、'.join(faulty[:3])}），所以没有写，原来的{what}没有动。"
                        f"请用 Excel 打开{what}另存一份再试；仍不行的，把{what}发给维护人员。")
    return content


def _read_before(before: bytes, content: bytes) -> frozenset[str]:
    """Sheets that need not be read again, and twenty years of registers take a while: not written, nor what all sheets share."""
    written, book = set(changed(before, content)), Workbook(content)
    sheets = {entry.part: entry.name for entry in book.sheets()}
    return frozenset(name for part, name in sheets.items() if part not in written) if written <= {*sheets, book.part} else frozenset()


def _kept_state(used: Path) -> str:
    """Where the state that was undone is kept, seen from the ledger; `used`: the copy that was gone back to."""
    return f"{BACKUPS}/{store.UNDONE}/{store.state_undone(used).name}"


def _earlier(before: bytes, name: str, law: Regulation) -> Ledger:
    """The copy that an undo goes back to."""
    try:
        return register.open_ledger(before, name, law)
    except UserError as error:
        raise UserError(f"要退回的那份备份打不开，台账没有动：{error}请到“{BACKUPS}”文件夹另选一份，改名放回台账的位置。") from error


def witness(path: Path) -> list[oplog.WitnessLine]:
    """What 归档 beside a ledger says of operations, of all ledgers in the folder."""
    file = path.parent / ARCHIVE / WITNESS
    return oplog.witness_of(file.read_text("utf-8", "replace")) if file.is_file() else []


def attest(path: Path, entry: Sequence[object] | None) -> None:
    """Leave the codes of a line of the log in 归档, before it is written: what was announced and is not there shows."""
    if entry is None:
        return
    file = path.parent / ARCHIVE / WITNESS
    with disk.disk_errors(file):
        file.parent.mkdir(exist_ok=True)
        with file.open("ab+") as lines:
            cut_short = lines.tell() and not file.read_bytes().endswith(b"\n")
            lines.write(f"{chr(10) if cut_short else ''}{oplog.witness_line(path.name, entry)}\n".encode())
            lines.flush()
            os.fsync(lines.fileno())
