"""What a job hands out: made aside while something may still go wrong, put in place when nothing can any more."""

from __future__ import annotations

import copy
import os
import weakref
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from toolkit.errors import UserError
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.sheets import disk

INDEX = "公文索引.xlsx"  # in a folder of documents
MARKED = "_校验"  # behind the name of a marked copy


@dataclass(frozen=True)
class _Prepared:
    """A finished file that waits aside for its place. `replaces`: also what says something else there."""

    aside: Path
    target: Path
    replaces: bool = False


@dataclass(frozen=True)
class FilledDocument:
    """A document of this run: the path it was to get, its kind, what fills it, the hash of its bytes."""

    target: Path
    kind: str
    context: Mapping
    sha256: str


class Outputs:
    """The files of one run for one folder, prepared beside their places.

    `with` tries the folder: UserError where it cannot be made or written. `add` makes a file aside, `release` puts all in
    place. Where the block is left without that, nothing of it remains.
    """

    def __init__(self, folder: Path, keeps: bool = False) -> None:
        """`keeps`: a file that says something else stays where it is, and the new one stands beside it."""
        self.folder, self._keeps = Path(folder), keeps
        self.findings: list[Finding] = []
        """Files that stand under another name than they should, because the old one could not be replaced."""
        self.documents: list[FilledDocument] = []
        """The documents that were filled, as `issuing.written` notes them."""
        self.left_out: list[Finding] = []
        """Who is not in them, and why."""
        self.last: Callable[[], None] | None = None
        """What is to be done once everything has its place: it may `add` more, which is then put in place too."""
        self._aside = self.folder / f".{os.getpid()}{disk.UNFINISHED}"
        self._prepared: list[_Prepared] = []
        self._placed: dict[Path, Path] = {}
        self._taken: set[str] = set()
        self._made: list[Path] = []
        self._discard = weakref.finalize(self, _discard, self._aside, self._made)  # also where Ctrl-C falls into leaving

    def __enter__(self) -> Outputs:
        self._made += [each for each in (self.folder, *self.folder.parents) if not each.exists()]
        refused = f"不能在文件夹“{self.folder}”里写文件。"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for folder in (self.folder, *(each for each in self.folder.iterdir() if each.is_dir())):
                disk.sweep(folder)
            disk.remove(self._aside)
            self._aside.mkdir()
        except (FileExistsError, NotADirectoryError) as cause:
            self._discard()
            raise UserError(f"{refused}它或它上面的一级是一个文件。请另给一个文件夹。") from cause
        except OSError as cause:
            self._discard()
            raise UserError(f"{refused}请确认有写入权限、磁盘没有满，或者另给一个文件夹。") from cause
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._discard()

    def spare(self, originals: Iterable[Path]) -> None:
        """These files are never written over."""
        self._taken.update(map(_key, originals))

    def below(self, folder: str) -> Outputs:
        """The same outputs, what is added going into a folder within."""
        inner = copy.copy(self)
        inner.folder = self.folder / folder
        return inner

    def room(self, suffix: str = ".xlsx") -> Path:
        """A place aside where a file may be written that `take` then takes."""
        return self._aside / f"{len(self._taken):05d}{suffix}"

    def add(self, name: str, content: bytes, keep: bool = False) -> Path:
        """Prepare a file; returns the path that it is to get.

        A name that this run has given already, or that an original has, is followed by (2). `keep`: so is that of any file
        that stands there. UserError where the disk refuses.
        """
        aside = self.room()
        with disk.disk_errors(self.folder / name):
            aside.write_bytes(content)
        return self.take(aside, name, keep)

    def take(self, aside: Path, name: str, keep: bool = False, replaces: bool = False) -> Path:
        """Prepare a file that was written at `room`; as `add`. `replaces`: what lies there goes, whatever it says."""
        (stem, suffix), number = os.path.splitext(name), 1
        target = self.folder / disk.fitting_name(stem, suffix)
        while _key(target) in self._taken or (keep and target.exists()):
            number += 1
            target = target.with_name(disk.fitting_name(stem, f"({number}){suffix}"))
        disk.refuse_too_long(target)
        self._taken.add(_key(target))
        waiting = aside.with_name(f"{len(self._taken):05d}_")
        os.replace(aside, waiting)
        self._prepared.append(_Prepared(waiting, target, replaces))
        return target

    def release(self, done: str = "") -> list[Path]:
        """Put everything in place; returns where it lies. `done`: what cannot be taken back any more, for the UserError that
        names what could not be put in place."""
        with disk.uninterrupted():
            lacking = self._place_all()
            if self._placed and self.last is not None:
                last, self.last = self.last, None
                last()
                lacking += self._place_all()
        if lacking:
            raise UserError(f"{done}没有写出“{'”“'.join(lacking)}”。请检查文件夹“{self.folder}”所在的磁盘，再运行一次。")
        return list(self._placed.values())

    def _place_all(self) -> list[str]:
        """Names of the files that could not be put in place."""
        lacking = []
        for prepared in self._prepared:
            try:
                self._placed.setdefault(prepared.target, self._place(prepared))
            except OSError:
                lacking.append(prepared.target.name)
        self._prepared.clear()
        return lacking

    def where(self, paths: Iterable[Path]) -> list[Path]:
        """Where files lie by the paths that they were to get; other paths as they are."""
        return [self._placed.get(path, path) for path in paths]

    def _place(self, prepared: _Prepared) -> Path:
        target = prepared.target
        target.parent.mkdir(parents=True, exist_ok=True)
        occupied = _occupied(target)
        kept = self._keeps and not prepared.replaces and target.is_file() and not _alike(prepared.aside, target)
        if not (occupied or kept):
            try:
                os.replace(prepared.aside, target)
            except PermissionError:
                if not target.exists():
                    raise
            else:
                return target
        number = 2
        while (beside := target.with_stem(f"{target.stem}({number})")).exists() and not (kept and _alike(prepared.aside, beside)):
            number += 1
        os.replace(prepared.aside, beside)
        code = "M-kept" if kept and not occupied else "M-beside"
        self.findings.append(finding(code, Place(target.name), target.name, beside=beside.name))
        return beside


def _discard(aside: Path, made: Iterable[Path]) -> None:
    """What waits aside goes, and the folders that were made for it, unless something lies in them."""
    with disk.uninterrupted():
        disk.remove(aside)
        for folder in made:
            try:
                folder.rmdir()
            except OSError:
                return


def _key(path: Path) -> str:
    """Windows and macOS do not tell letters of one name apart by case."""
    return str(path.resolve()).casefold()


def _alike(one: Path, other: Path) -> bool:
    """Whether two Office files say the same; when they were made does not count."""
    try:
        with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
            return _content(first) == _content(second)
    except (OSError, zipfile.BadZipFile):
        return False


def _content(package: zipfile.ZipFile) -> dict[str, tuple[int, int]]:
    return {info.filename: (info.CRC, info.file_size) for info in package.infolist() if info.filename != "docProps/core.xml"}


def _occupied(target: Path) -> bool:
    """Whether the file there must not be replaced: it is open, read-only, or a folder."""
    return target.exists() and (target.is_dir() or disk.is_read_only(target) or bool(disk.open_mark(target)))


def marked_name(stem: str, suffix: str) -> str:
    """What the marked copy of a file is called; a long name gives way to what says that it is marked."""
    return f"{disk.shortened(stem.removesuffix(MARKED), 180)}{MARKED}{suffix}"
