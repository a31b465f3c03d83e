"""Taking in returns: every file given is read, refused or ignored, and none is passed over in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms import RECOMMENDATION
from toolkit.forms.model import MARKER_SHEET
from toolkit.jobs.report import IGNORED, READ, REFUSED, FileStatus
from toolkit.regulation import Regulation
from toolkit.returns.checks import Checked
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.parse import Parser
from toolkit.returns.recognise import NOT_RETURNED
from toolkit.returns.records import Return
from toolkit.workbooks import read

Progress = Callable[[int, int, str], None]  # done, all, file name
RETURN_FORMS = (RECOMMENDATION,)
UNREAD = NOT_RETURNED - {MARKER_SHEET}


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
        return [finding("F-unreadable", Place(path.name), reason) for path, reason in self.unreadable]


def _status(source: Return, path: Path, checked: Checked) -> FileStatus:
    refusal = checked.refusal(source)
    rows = len(source.records(source.form.sheets[0].name)) if source.form else 0
    return FileStatus(str(path), REFUSED if refusal else READ, refusal or "；".join(source.remarks),
                      source.form.name if source.form else "", source.district, source.year, rows)


def take_in(paths: Sequence[Path], law: Regulation, password: str | None = None, progress: Progress = silent) -> Intake:
    """Read returns. A single file that cannot be read raises its UserError; among several it is refused."""
    files, ignored = read.candidates(paths)
    intake = Intake(ignored=list(ignored))
    parser = Parser(law, RETURN_FORMS)
    for done, (path, book) in enumerate(read.workbooks(files, password, UNREAD), 1):
        if isinstance(book, UserError):
            if list(paths) == [path]:
                raise book
            intake.unreadable.append((path, str(book)))
        else:
            book = replace(book, file=_distinct(path, intake.paths))
            intake.paths[book.file] = path
            intake.returns.append(parser.read(book))
        progress(done, len(files), path.name)
    return intake


def _distinct(path: Path, taken: Iterable[str]) -> str:
    """The file's name; with its folder where two folders hold the same name."""
    return f"{path.parent.name}/{path.name}" if path.name in taken else path.name
