"""Files are written whole or not at all: beside first, flushed, then in place. What a killed run leaves is swept away.

Everything that refuses to be written is told as a UserError that names the file.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from toolkit.errors import UserError

UNFINISHED = ".写入中"
_LONGEST_NAME = 200  # bytes: file systems end at 255, a process number and UNFINISHED are put behind it
_PID = re.compile(rf"\.(\d+)(?:\.\d+)?{re.escape(UNFINISHED)}$")
_NAME = re.compile(r"[^“”/\\\n]+")
_MISREAD = re.compile("[\ud800-\udfff]")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def put(path: Path, content: bytes) -> None:
    """Write a whole file or nothing. UserError where the disk refuses."""
    unfinished = unfinished_of(path)
    with disk_errors(path), uninterrupted():
        try:
            with open(unfinished, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, unfinished)
            os.replace(unfinished, path)
        finally:
            remove(unfinished)
    flush_folder(path.parent)


def unfinished_of(path: Path) -> Path:
    """Where this process writes the file beside."""
    return path.with_name(f".{shortened(path.name, _LONGEST_NAME)}.{os.getpid()}{UNFINISHED}")


def sweep(folder: Path, name: str = "") -> None:
    """Remove what killed runs left unfinished: of the file `name`, whose lock the caller holds, else of every process
    that is gone."""
    mine = f".{shortened(name, _LONGEST_NAME)}."
    for unfinished in folder.glob(f".*{UNFINISHED}"):
        if unfinished.name.startswith(mine) if name else not _alive(unfinished):
            remove(unfinished)


def remove(path: Path) -> None:
    """A file or a folder goes, also a read-only one, which Windows would keep for ever."""
    try:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            if os.name == "nt" and path.exists():
                path.chmod(stat.S_IWRITE)
            path.unlink(missing_ok=True)
    except OSError:
        return  # another process has it open: it is swept by the next run


def flush_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut."""
    if os.name == "posix":  # elsewhere a folder cannot be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_read_only(path: Path) -> bool:
    """Whether people set a file read-only; a superuser could write it all the same, and shall not."""
    return path.exists() and not path.stat().st_mode & stat.S_IWRITE


def open_mark(path: Path) -> str:
    """The name of the file beside it by which Excel, WPS or LibreOffice say that they have it open, or ""."""
    marks = (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")
    return next((mark for mark in marks if path.with_name(mark).exists()), "")


def longest_path() -> int:
    """How many characters of a path this computer takes. Source: learn.microsoft.com, Maximum Path Length Limitation.

    A Windows before 10 (1607) cannot be asked: it takes no long ones.
    """
    if sys.platform != "win32":
        return 4096
    import ctypes

    asked = getattr(ctypes.windll.ntdll, "RtlAreLongPathsEnabled", None)
    return 32767 if asked is not None and asked() else 259


def refuse_too_long(path: Path) -> None:
    """UserError where the path has more characters than this computer takes; Windows itself would only say that it is not there."""
    length, longest = len(str(path.absolute())), longest_path()
    if length > longest:
        raise UserError(f"“{path.name}”的完整路径有{length}个字，这台电脑只认{longest}个字。"
                        "请把文件夹移到浅一些的位置（如 D 盘下面），或把名字改短，再试一次。")


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """What the disk refuses, in a sentence about the file."""
    refuse_too_long(path)
    try:
        yield
    except PermissionError as cause:
        raise UserError(f"“{path.name}”不能写入，它可能正被别的程序打开，或者是只读的。"
                        "请关闭它或取消只读，再试一次。") from cause
    except OSError as cause:
        raise UserError(f"“{path.name}”没有写成（系统代码 {cause.errno}）。"
                        "请检查磁盘是否已满、是否断开，再试一次。") from cause


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until what is inside is done, and then counts. For the moment in which files get their places; may be
    nested."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    if came:
        signal.raise_signal(signal.SIGINT)


def legible(text: str) -> str:
    """A text with file names that are no UTF-8 (an old zip, a foreign disk) as people can read it: they are GBK."""
    if not _MISREAD.search(text):
        return text
    return _NAME.sub(lambda found: _as_gbk(found[0]) if _MISREAD.search(found[0]) else found[0], text)


def _as_gbk(misread: str) -> str:
    try:
        return misread.encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeError:
        return _MISREAD.sub("\ufffd", misread)


def fitting_name(name: str, suffix: str) -> str:
    """`name` + `suffix` as every system takes it: no reserved characters, not too long, the suffix kept whole."""
    plain = _FORBIDDEN.sub("_", legible(name)).strip(". ") or "未命名"
    if _DEVICES.match(plain):
        plain = f"_{plain}"
    return shortened(plain, _LONGEST_NAME - len(suffix.encode())) + suffix


def shortened(text: str, size: int) -> str:
    """The first characters that have room in `size` bytes."""
    return os.fsencode(text)[:size].decode(errors="ignore") if len(os.fsencode(text)) > size else text


def _alive(unfinished: Path) -> bool:
    """Whether the process that is writing it still runs."""
    found = _PID.search(unfinished.name)
    if found is None or int(found[1]) == os.getpid():
        return False
    if os.name == "nt":
        import ctypes

        kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - elsewhere there is none
        handle = kernel.OpenProcess(0x00100000, False, int(found[1]))  # SYNCHRONIZE
        if handle:
            kernel.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(int(found[1]), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
