"""PDF copies of finished documents, made by Word or LibreOffice, whichever this computer has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from toolkit.errors import UserError
from toolkit.jobs import crash_log
from toolkit.jobs.report import Report
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.sheets import disk

_WAIT = 180  # 秒；第一次启动要建配置
_WORD_AS_PDF = 17  # wdFormatPDF
_SIDE = re.compile(rb"/Type\s*/Page\b")
_PLACES = (r"C:\Program Files\LibreOffice\program\soffice.exe", r"C:\Program Files (x86)\LibreOffice\program\soffice.exe")


@dataclass(frozen=True)
class PdfProgram:
    """A program that makes PDF: its name, and what writes the copies of some documents into a folder."""

    name: str
    convert: Callable[[Sequence[Path], Path], None]

    def sides(self, docx: bytes) -> int:
        """How many sides the document takes; 0 where the program could not say."""
        with TemporaryDirectory() as folder:
            written = Path(folder) / "页数.docx"
            written.write_bytes(docx)
            try:
                self.convert([written], Path(folder))
                return len(_SIDE.findall(written.with_suffix(".pdf").read_bytes()))
            except Exception:  # Word's own errors have no common class
                return 0


def pdf_program() -> PdfProgram:
    """Word where it is registered, else LibreOffice. UserError where there is neither."""
    if _has_word():
        return PdfProgram("Word", _by_word)
    program = shutil.which("soffice") or shutil.which("libreoffice") or next((place for place in _PLACES if Path(place).is_file()), "")
    if program:
        return PdfProgram("LibreOffice", lambda documents, out: _by_libreoffice(program, documents, out))
    raise UserError("这台电脑没有 Word，也没有 LibreOffice，做不了 PDF。请去掉 --pdf 先生成公文，再在装有 Word 或 WPS 的电脑上另存为 PDF。"
                    "公文还没有生成，台账没有动。")


def add_pdf_copies(report: Report, program: PdfProgram) -> None:
    """A PDF beside each Word document of a report. What could not be made is a finding: the documents stand all the same."""
    documents = [path for path in report.outputs if path.suffix.lower() == ".docx"]
    if not documents:
        return
    with TemporaryDirectory() as aside:
        failed = _converted(program, documents, Path(aside))
        for document in documents:
            made = Path(aside) / f"{document.stem}.pdf"
            problem = failed if not made.is_file() else _placed(made, document.with_suffix(".pdf"))
            if problem is None:
                report.outputs.append(document.with_suffix(".pdf"))
            else:
                report.findings.append(_lacking(document, problem))


def _lacking(document: Path, problem: str) -> Finding:
    return finding("P-pdf", Place(disk.legible(document.name)), document.name, why=problem)


def _converted(program: PdfProgram, documents: Sequence[Path], out: Path) -> str:
    """Why some were not made; a sentence in any case, for those that are missing."""
    try:
        program.convert(documents, out)
    except (OSError, subprocess.SubprocessError):
        return f"{program.name} 没有完成转换。"
    except Exception as error:  # Word's own errors have no common class
        return crash_log.sentence(error)
    return f"{program.name} 没有写出这一份。"


def _placed(made: Path, target: Path) -> str | None:
    """Put a copy in place; why it could not be, None where it is there."""
    if target.exists() and (disk.is_read_only(target) or disk.open_mark(target)):
        return f"“{target.name}”正打开着或是只读的。"
    try:
        disk.put(target, made.read_bytes())
    except UserError as error:
        return str(error)
    return None


def _by_libreoffice(program: str, documents: Sequence[Path], out: Path) -> None:
    """In a profile of its own, so that an open LibreOffice does not take the order."""
    with TemporaryDirectory() as profile:
        subprocess.run([program, "--headless", f"-env:UserInstallation={Path(profile).as_uri()}", "--convert-to", "pdf", "--outdir", str(out),
                        *map(str, documents)], check=True, capture_output=True, timeout=_WAIT, env=os.environ | {"SAL_USE_VCLPLUGIN": "svp"})


def _has_word() -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.QueryValue(winreg.HKEY_CLASSES_ROOT, "Word.Application\\CLSID")
    except OSError:
        return False
    return True


def _by_word(documents: Sequence[Path], out: Path) -> None:
    """By Word itself, unseen; documents that people have open stay as they are."""
    word = import_module("win32com.client").DispatchEx("Word.Application")
    try:
        word.Visible, word.DisplayAlerts = False, 0
        for path in documents:
            opened = word.Documents.Open(str(path.resolve()), ReadOnly=True, AddToRecentFiles=False)
            try:
                opened.SaveAs2(str(out / f"{path.stem}.pdf"), FileFormat=_WORD_AS_PDF)
            finally:
                opened.Close(SaveChanges=False)
    finally:
        word.Quit()
