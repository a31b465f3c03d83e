"""`lint`: Word templates and documents looked over, as a list and as comments in copies; the originals stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import UserError

if TYPE_CHECKING:
    from toolkit.documents.lint import LintFinding

READ, REFUSED = "已读", "拒收"


@dataclass
class LintReport:
    """What was found: (file, findings) in the order asked, (file, why) of what could not be read, copies written."""

    findings: list[tuple[Path, list[LintFinding]]] = field(default_factory=list)
    refused: list[tuple[Path, str]] = field(default_factory=list)
    outputs: list[Path] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """1 where something breaks a 规定, a template cannot be filled, or a file could not be read."""
        return int(bool(self.refused) or any(each.level == "错误" for _, found in self.findings for each in found))

    def as_json(self) -> dict:
        """The object `--json` prints."""
        files = [*((path, READ, "") for path, _ in self.findings), *((path, REFUSED, why) for path, why in self.refused)]
        return {
            "files": [{"path": str(path), "form": "", "district": "", "year": None, "rows": 0, "status": status, "reason": why}
                      for path, status, why in files],
            "findings": [{"code": each.rule, "level": each.level, "clause": each.clause, "file": str(path), "sheet": "", "cell": each.place,
                          "field": each.element, "value": each.value, "message": each.message, "strength": each.strength}
                         for path, found in self.findings for each in found],
            "outputs": [str(path) for path in self.outputs]}

    def lines(self) -> Iterator[str]:
        """As a terminal shows it."""
        for path, found in self.findings:
            yield f"{path.name}：" + (f"{sum(each.level == '错误' for each in found)}条错误，{sum(each.level != '错误' for each in found)}条提示"
                                     if found else "没有发现问题")
            for each in found:
                clause = f"（{each.clause}，{each.strength}）" if each.clause else ""
                yield f"　{each.level}　{each.place}{'　' if each.place else ''}{each.message}{clause}"
        yield from (why for _, why in self.refused)
        yield from (f"已写入 {path}" for path in self.outputs)


def lint_documents(paths: Sequence[Path], marked: Path | None = None) -> LintReport:
    """Look every file over; `marked`: the folder for copies with the findings as comments. UserError where there is nothing to look at."""
    from toolkit.documents.lint import lint, readable
    from toolkit.documents.lint_comments import commented

    report = LintReport()
    for path in _files(paths):
        try:
            docx = _read(path)
            found = lint(docx, path.name)
        except UserError as error:
            report.refused.append((path, str(error)))
            continue
        report.findings.append((path, found))
        if marked and found:
            report.outputs.append(_written(marked, path, commented(readable(docx, path.name), found)))
    return report


def _files(paths: Sequence[Path]) -> list[Path]:
    files = [file for path in paths for file in (sorted(path.glob("*.docx")) if path.is_dir() else [path]) if not file.name.startswith("~$")]
    if not files:
        raise UserError("没有可检查的 .docx 文件。请写明 Word 文件或存放它们的文件夹。")
    return files


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"“{path}”打不开。请核对文件位置，并关闭Word里打开的这个文件。") from error


def _written(folder: Path, source: Path, docx: bytes) -> Path:
    """The copy's path; a name that is taken gets a number, and the original is never written over."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = (f"{source.stem}_检查{number or ''}.docx" for number in range(1000))
        path = next(path for name in names if not (path := folder / name).exists())
        path.write_bytes(docx)
    except OSError as error:
        raise UserError(f"“{folder}”里写不了检查副本。请换一个能写入的文件夹。") from error
    return path
