"""The one way a workbook of record is written: lock, copy the old state, write beside it, replace.

A run that is killed at any moment leaves the old file or the new one, never a part of either.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from toolkit.errors import UserError

UNDONE = "已撤销"  # folder inside the backups for copies that were used, and for the states they replaced
_UNFINISHED = ".写入中"
_NUMBER_WIDTH = 6
_ARCHIVE_HASH = 16  # hexadecimal digits of the content hash in a file name
_ARCHIVE_NAME = 60  # characters of the original name kept


@contextmanager
def locked(path: Path, open_here: bool = False) -> Iterator[None]:
    """Hold the workbook for reading, planning and writing it. May be nested within one thread.

    `open_here`: it is the caller who has it open in Excel. UserError where another run holds it, where Excel or WPS has
    it open, or where the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    path = Path(path).resolve()
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0, is_singleton=True)
    try:
        lock.acquire()
    except Timeout as cause:
        raise UserError(f"“{path.name}”正由另一个窗口写入。请等它完成后再试。") from cause
    except OSError as cause:
        raise UserError(f"不能在文件夹“{path.parent}”里写文件。请确认文件夹存在并且有写入权限。") from cause
    try:
        if not open_here:
            _refuse_if_open(path)
        yield
    finally:
        lock.release()


def write(path: Path, content: bytes, *, backups: Path, at: datetime) -> Path | None:
    """Make `content` the workbook at `path`; the state before goes to the folder `backups`, its name carrying `at`.

    Returns the copy of the old state; None where there was none, or where `content` is what stands there already.
    UserError as in `locked`, and where the disk refuses.
    """
    path = Path(path).resolve()
    with locked(path), _disk_errors(path):
        _sweep(path.parent, path.name)
        if not path.exists():
            put(path, content)
            return None
        if path.read_bytes() == content:
            return None
        kept = _keep(path, backups, at)
        put(path, content)
        return kept


def keep(path: Path, *, backups: Path, at: datetime) -> Path:
    """Copy the present state of a workbook that Excel is about to write; returns the copy, as `write` makes it."""
    path = Path(path).resolve()
    with _disk_errors(path):
        return _keep(path, backups, at)


def undo(path: Path, *, backups: Path, at: datetime, restore: Callable[[bytes], None] | None = None,
         open_here: bool = False) -> Path:
    """Bring back the state before the last write; returns the copy that was used, now in 已撤销.

    The state that is undone is kept there too, its name carrying `at`. `restore` makes the bytes of that copy the
    workbook (None: as they are). UserError where there is nothing to go back to.
    """
    path = Path(path).resolve()
    with locked(path, open_here), _disk_errors(path):
        _sweep(path.parent, path.name)
        copy = _last_change(path, backups)
        undone = backups / UNDONE
        undone.mkdir(exist_ok=True)
        if path.exists() and not _undone_before(copy, undone):
            put(undone / f"{_number_of(copy):0{_NUMBER_WIDTH}d} 撤销前 {_stamp(at)} {path.name}", path.read_bytes())
        (restore or partial(put, path))(copy.read_bytes())
        os.replace(copy, undone / copy.name)
        _flush_folder(undone)
        return undone / copy.name


def backups_of(path: Path, backups: Path) -> list[Path]:
    """The copies of this workbook that `undo` can go back to, oldest first."""
    pattern = re.compile(rf"\d{{{_NUMBER_WIDTH},}} \d{{4}}-\d\d-\d\d \d{{6}} {re.escape(Path(path).name)}")
    return sorted((copy for copy in backups.glob("*") if pattern.fullmatch(copy.name)), key=_number_of)


def archive(source: Path, folder: Path) -> Path:
    """Keep an original under the hash of its content; the same content is kept once, whatever its name."""
    source = Path(source)
    with _disk_errors(source):
        content = source.read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:_ARCHIVE_HASH]
        folder.mkdir(parents=True, exist_ok=True)
        for kept in folder.glob(f"{digest} *"):
            if kept.read_bytes() == content:
                return kept
        kept = folder / f"{digest} {source.stem[:_ARCHIVE_NAME]}{source.suffix}"
        put(kept, content)
        return kept


def _refuse_if_open(path: Path) -> None:
    for mark in (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#"):
        if path.with_name(mark).exists():
            raise UserError(f"“{path.name}”正在 Excel 或 WPS 中打开。请保存并关闭它再试；"
                            f"如果确实没有打开，请删除同一文件夹里的“{mark}”。")


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as cause:
        raise UserError(f"“{path.name}”不能写入，它可能正被别的程序打开，或者是只读的。"
                        "请关闭它或取消只读，再试一次。") from cause
    except OSError as cause:
        raise UserError(f"“{path.name}”没有写成（系统代码 {cause.errno}）。"
                        "请检查磁盘是否已满、是否断开，再试一次。") from cause


def _keep(path: Path, backups: Path, at: datetime) -> Path:
    """A copy of the present state; the one a killed run made of the same state serves again."""
    backups.mkdir(parents=True, exist_ok=True)
    _sweep(backups, path.name)
    content, copies = path.read_bytes(), backups_of(path, backups)
    if copies and copies[-1].read_bytes() == content:
        return copies[-1]
    taken = [_number_of(copy) for copy in (*copies, *_undone_copies(backups))]
    copy = backups / f"{max(taken, default=0) + 1:0{_NUMBER_WIDTH}d} {_stamp(at)} {path.name}"
    put(copy, content)
    return copy


def _last_change(path: Path, backups: Path) -> Path:
    """The newest copy that differs from the present state, or whose undoing was cut short."""
    present = path.read_bytes() if path.exists() else None
    copies = backups_of(path, backups)
    while copies:
        copy = copies.pop()
        if copy.read_bytes() != present or _undone_before(copy, backups / UNDONE):
            return copy
        copy.unlink()  # made by a run that was killed before it wrote
    raise UserError(f"“{path.name}”没有可以撤销的写入。请到“{backups.name}”文件夹查看还留有哪些备份。")


def _undone_copies(backups: Path) -> list[Path]:
    return [copy for copy in (backups / UNDONE).glob("*") if copy.name[:_NUMBER_WIDTH].isdecimal()]


def _undone_before(copy: Path, undone: Path) -> bool:
    return any(undone.glob(f"{_number_of(copy):0{_NUMBER_WIDTH}d} 撤销前 *"))


def _number_of(copy: Path) -> int:
    return int(copy.name.partition(" ")[0])


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H%M%S}"


def put(path: Path, content: bytes) -> None:
    """Write a whole file or nothing. UserError where the disk refuses."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}{_UNFINISHED}")
    with _disk_errors(path):
        try:
            with open(unfinished, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, unfinished)
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    if os.name == "posix":  # elsewhere a folder cannot be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path, name: str) -> None:
    """Remove what killed runs left unfinished; the lock is held, so nobody is writing it."""
    for unfinished in folder.glob(f".*{_UNFINISHED}"):
        if name in unfinished.name:
            unfinished.unlink(missing_ok=True)
