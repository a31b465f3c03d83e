"""Taking in returns: every file given is read, refused or ignored, and none is passed over in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from toolkit.errors import UserError
from toolkit.jobs import crash_log, workers
from toolkit.jobs.report import IGNORED, READ, REFUSED, FileStatus
from toolkit.regulation import Regulation
from toolkit.returns.checks import Checked
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.records import Return
from toolkit.sheets import read
from toolkit.sheets.disk import legible

T = TypeVar("T")
Progress = Callable[[int, int, str], None]  # done, all, file name


def silent(done: int, total: int, name: str) -> None:
    """A progress that nobody watches."""


@dataclass
class Intake:
    """Files as they came: returns with their paths, refusals while reading, files left aside."""

    returns: list[Return] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)
    unreadable: list[tuple[Path, str]] = field(default_factory=list)
    ignored: list[tuple[Path, str]] = field(default_factory=list)

    def statuses(self, checked: Checked) -> list[FileStatus]:
        """One line a file, in the order of names."""
        lines = [_status(source, self.paths[source.file], checked) for source in self.returns]
        lines += [FileStatus(str(path), REFUSED, reason) for path, reason in self.unreadable]
        lines += [FileStatus(str(path), IGNORED, reason) for path, reason in self.ignored]
        return sorted(lines, key=lambda line: line.path)

    def unreadable_findings(self) -> list[Finding]:
        return [finding("F-unreadable", Place(legible(path.name)), reason) for path, reason in self.unreadable]


def _status(source: Return, path: Path, checked: Checked) -> FileStatus:
    refusal = checked.refusal(source)
    rows = len(source.records(source.form.sheets[0].name)) if source.form else 0
    return FileStatus(str(path), REFUSED if refusal else READ, refusal or "；".join(source.remarks),
                      source.form.name if source.form else "", source.district, source.year, rows)


def take_in(paths: Sequence[Path], law: Regulation, password: str | None = None, progress: Progress = silent) -> Intake:
    """Read and judge returns one by one. A single file that cannot be read raises its UserError; among several it is
    refused."""
    files, ignored = read.candidates(paths)
    intake = Intake(ignored=list(ignored))
    for done, (path, outcome) in enumerate(workers.judged(files, law, password), 1):
        if isinstance(outcome, UserError):
            if list(paths) == [path]:
                raise outcome
            intake.unreadable.append((path, str(outcome)))
        else:
            _name_apart(outcome, path, intake.paths)
            intake.paths[outcome.file] = path
            intake.returns.append(outcome)
        progress(done, len(files), legible(path.name))
    return intake


def _name_apart(source: Return, path: Path, taken: Iterable[str]) -> None:
    """Two folders may hold files of one name: the later one goes by its folder too."""
    if source.file not in taken:
        return
    folder, number = legible(path.parent.name), 1
    while (file := f"{folder}{'' if number == 1 else f'({number})'}/{legible(path.name)}") in taken:
        number += 1
    source.file = file
    for table in source.tables.values():
        table.file = source.file
    source.findings = [replace(found, place=replace(found.place, file=source.file)) for found in source.findings]
    source.normalised = [(replace(place, file=source.file), note) for place, note in source.normalised]


def isolated(intake: Intake, judge: Callable[[], T]) -> T:
    """What `judge` makes of `intake.returns`. Where that breaks off by a fault, the returns that bring it about are refused
    and the others judged; a fault of no single return is raised."""
    try:
        return judge()
    except UserError:
        raise
    except Exception as fault:
        everything = intake.returns
        faults = {source.file: own for source in everything if (own := _fault(intake, judge, [source]))}
        if not faults:  # it may take others to break
            faults = next(({source.file: fault} for source in everything
                           if not _fault(intake, judge, [other for other in everything if other is not source])), {})
        intake.returns = [source for source in everything if source.file not in faults]
        intake.unreadable += [(intake.paths[file], crash_log.sentence(own)) for file, own in faults.items()]
        if not faults:
            raise
        return judge()


def _fault(intake: Intake, judge: Callable[[], object], returns: list[Return]) -> Exception | None:
    intake.returns = returns
    try:
        judge()
    except UserError:
        return None
    except Exception as error:
        return error
    return None
