"""The one way a workbook of record is written: lock, copy the old state, write beside it, replace.

A run that is killed at any moment leaves the old file or the new one, never a part of either. Every write leaves two
files in the backups: the state before it (`undo` goes back to it) and, in 写入后, the state it made, by which later
typing can be told and a damaged workbook replaced.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from toolkit.errors import UserError
from toolkit.sheets.disk import disk_errors, flush_folder, is_read_only, open_mark, put, remove, sweep

UNDONE = "已撤销"  # folder inside the backups for copies that were used, and for the states they replaced
LEFT = "写入后"  # folder inside the backups for what each write made, under the name of the copy made before it
_BEFORE_UNDO = "撤销前"
_NUMBER_WIDTH = 6


@contextmanager
def locked(path: Path, open_here: bool = False) -> Iterator[None]:
    """Hold the workbook for reading, planning and writing it. May be nested within one thread.

    `open_here`: it is the caller who has it open in Excel. UserError where another run holds it, where Excel or WPS has
    it open, where it is read-only, or where the folder cannot be written.
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
            _refuse_unwritable(path)
        yield
    finally:
        lock.release()


def write(path: Path, content: bytes, *, backups: Path, at: datetime, first: bytes | None = None) -> Path | None:
    """Make `content` the workbook at `path`; the state before goes to the folder `backups`, its name carrying `at`.

    `first`: the state before where there is no file yet; without it nothing is kept of that. Returns the copy of the
    old state; None where there is none, or where `content` is what stands there already. UserError as in `locked`, and
    where the disk refuses.
    """
    path = Path(path).resolve()
    with locked(path), disk_errors(path):
        sweep(path.parent, path.name)
        before = path.read_bytes() if path.exists() else first
        if before is None:
            put(path, content)
            return None
        if before == content and path.exists():
            return None
        kept = _kept(before, path.name, backups, at)
        leave(kept, content)
        put(path, content)
        return kept


def keep(path: Path, *, backups: Path, at: datetime) -> Path:
    """Copy the present state of a workbook that Excel is about to write; returns the copy, as `write` makes it."""
    path = Path(path).resolve()
    with disk_errors(path):
        return _kept(path.read_bytes(), path.name, backups, at)


def leave(kept: Path, content: bytes) -> None:
    """Remember `content` as what the write made whose old state is `kept`."""
    left = kept.parent / LEFT
    left.mkdir(exist_ok=True)
    put(left / kept.name, content)


def undo(path: Path, *, backups: Path, at: datetime, restore: Callable[[bytes], None] | None = None,
         open_here: bool = False) -> Path:
    """Bring back the state before the last write; returns the copy that was used, now in 已撤销.

    The state that is undone is always kept there too, its name carrying `at`: also when an undo that was cut short is
    done again. `restore` makes the bytes of that copy the workbook (None: as they are). UserError where there is nothing
    to go back to.
    """
    path = Path(path).resolve()
    with locked(path, open_here), disk_errors(path):
        sweep(path.parent, path.name)
        copy, idle = _last_change(path, backups)
        for unused in idle:
            remove(unused.parent / LEFT / unused.name)
            unused.unlink()
        undone = backups / UNDONE
        undone.mkdir(exist_ok=True)
        _sweep(backups)
        if path.exists():
            _keep_undone(path, copy, undone, at)
        (restore or partial(put, path))(copy.read_bytes())
        os.replace(copy, undone / copy.name)
        remove(copy.parent / LEFT / copy.name)
        flush_folder(undone)
        return undone / copy.name


def state_undone(used: Path) -> Path:
    """The state that stood before the undo which used this copy (now in 已撤销)."""
    number = f"{_number_of(used):0{_NUMBER_WIDTH}d}"
    return max(used.parent.glob(f"{number} {_BEFORE_UNDO}*"), key=lambda kept: kept.stat().st_mtime_ns, default=used)


def backups_of(path: Path, backups: Path) -> list[Path]:
    """The copies of this workbook that `undo` can go back to, oldest first."""
    return sorted((copy for copy in backups.glob("*") if name_of(copy) == Path(path).name), key=_number_of)


def name_of(copy: Path) -> str:
    """The name of the workbook that a file in the backups is a copy of, "" where it is none."""
    found = re.fullmatch(rf"\d{{{_NUMBER_WIDTH},}} \d{{4}}-\d\d-\d\d \d{{6}} (.+)", copy.name)
    return found[1] if found else ""


def newest(path: Path, backups: Path) -> Path | None:
    """The latest state of this workbook in the backups: what the last write made, else what stood before it."""
    copies = backups_of(path, backups)
    return next((each for copy in reversed(copies) for each in (backups / LEFT / copy.name, copy) if each.exists()), None)


def left_by_last_write(path: Path, backups: Path) -> bytes | None:
    """What the write made that `undo` would undo; None where it is not known. UserError where there is nothing to undo."""
    copy, _ = _last_change(Path(path).resolve(), backups)
    left = backups / LEFT / copy.name
    if left.exists():
        return left.read_bytes()
    following = f"{_number_of(copy) + 1:0{_NUMBER_WIDTH}d} "  # its copy was what this write had made, until it was undone
    return next((each.read_bytes() for each in (backups / UNDONE).glob(f"{following}*") if name_of(each)), None)


def _sweep(backups: Path) -> None:
    for folder in (backups, backups / LEFT, backups / UNDONE):
        sweep(folder)


def _refuse_unwritable(path: Path) -> None:
    if mark := open_mark(path):
        raise UserError(f"“{path.name}”正在 Excel 或 WPS 中打开。请保存并关闭它再试；"
                        f"如果确实没有打开，请删除同一文件夹里的“{mark}”。")
    if is_read_only(path):
        raise UserError(f"“{path.name}”是只读的。请右键点这个文件，在“属性”里去掉“只读”，再试一次。")


def _kept(content: bytes, name: str, backups: Path, at: datetime) -> Path:
    """A copy of the present state. The one a killed run made of the same state serves again, and where nobody typed since
    the last write, what that left becomes the copy."""
    backups.mkdir(parents=True, exist_ok=True)
    _sweep(backups)
    copies = backups_of(Path(name), backups)
    if copies and copies[-1].read_bytes() == content:
        return copies[-1]
    taken = [_number_of(copy) for copy in (*copies, *_undone_copies(backups))]
    copy = backups / f"{max(taken, default=0) + 1:0{_NUMBER_WIDTH}d} {_stamp(at)} {name}"
    left = backups / LEFT / copies[-1].name if copies else None
    if left and left.exists() and left.read_bytes() == content:
        os.replace(left, copy)
        flush_folder(backups)
    else:
        put(copy, content)
    return copy


def _keep_undone(path: Path, copy: Path, undone: Path, at: datetime) -> None:
    content, number = path.read_bytes(), f"{_number_of(copy):0{_NUMBER_WIDTH}d}"
    earlier = list(undone.glob(f"{number} {_BEFORE_UNDO}*"))
    if not any(each.read_bytes() == content for each in earlier):
        again = f"({len(earlier) + 1})" if earlier else ""
        put(undone / f"{number} {_BEFORE_UNDO}{again} {_stamp(at)} {path.name}", content)


def _last_change(path: Path, backups: Path) -> tuple[Path, list[Path]]:
    """The newest copy that differs from the present state, or whose undoing was cut short; and the copies behind it, made
    by runs that were killed before they wrote."""
    present = path.read_bytes() if path.exists() else None
    copies = backups_of(path, backups)
    idle: list[Path] = []
    while copies:
        copy = copies.pop()
        if copy.read_bytes() != present or _undone_before(copy, backups / UNDONE):
            return copy, idle
        idle.append(copy)
    raise UserError(f"“{path.name}”没有可以撤销的写入。请到“{backups.name}”文件夹查看还留有哪些备份。")


def _undone_copies(backups: Path) -> list[Path]:
    return [copy for copy in (backups / UNDONE).glob("*") if copy.name[:_NUMBER_WIDTH].isdecimal()]


def _undone_before(copy: Path, undone: Path) -> bool:
    return any(undone.glob(f"{_number_of(copy):0{_NUMBER_WIDTH}d} {_BEFORE_UNDO}*"))


def _number_of(copy: Path) -> int:
    return int(copy.name.partition(" ")[0])


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H%M%S}"
